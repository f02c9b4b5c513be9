"""`--number cloze=10` and the like -> numbers by kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studytool.errors import StudyError
from studytool.limits import MOST
from studytool.model import ItemKind
from studytool.model.names import KIND_NAMES, KINDS, kind_named

SHOWN = 40  # characters of what is wrong


def by_kind(pairs: Iterable[str] | None, option: str) -> dict[ItemKind, int]:
    """The numbers that `option` gives, each as KIND=N. Raises StudyError."""
    counts: dict[ItemKind, int] = {}
    for pair in pairs or ():
        kind, _, number = pair.partition("=")
        named = kind_named(kind)
        if named is None or not _is_right(number):
            raise StudyError(
                f"{option} {pair[:SHOWN]} 不对：应当写成 题型=数目，如 cloze=10、填空=10，数目 1 到 {MOST}，"
                f"题型有 {'、'.join(f'{name}（{kind.value}）' for kind, name in KINDS.items())}"
            )
        if named in counts:
            raise StudyError(f"{option} {pair[:SHOWN]}：{KIND_NAMES[named]}写了两次，只要一次")
        counts[named] = int(number)
    return counts


def refuse_more(counts: Mapping[ItemKind, int], count: int | None) -> None:
    """Raises StudyError where the kinds together are more items than `count`, which is all of them."""
    wanted = sum(counts.values())
    if counts and count and wanted > count:
        raise StudyError(f"各题型一共要 {wanted} 题，--count 却只要 {count} 题：请改成一致，或去掉 --count")


def passed_over(counts: Mapping[ItemKind, int], count: int | None) -> tuple[str, ...]:
    """What to say where `count` has no effect, because the kinds say it."""
    wanted = sum(counts.values())
    if not counts or not count or wanted == count:
        return ()
    return (f"注意：按各题型的题数出卷，一共 {wanted} 题；--count {count} 没有用上。",)


def _is_right(number: str) -> bool:
    """Is it a number of items? The length goes first: Python refuses to read thousands of digits."""
    return number.isdecimal() and len(number) <= len(str(MOST)) and 1 <= int(number) <= MOST
