"""A planned sheet -> its files beside each other, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli import console
from studytool.cli.reading import bytes_of
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.exports.sheet.paper import Sheet, Shortage


def put(planned: Sheet, output: str, *, private: bool = False, inputs: Sequence[str] = ()) -> None:
    """Write the papers, their key and their manifest; the manifest of another paper is kept beside it."""
    from studytool.exports import files, sheet
    from studytool.exports.one_writer import alone_in
    from studytool.exports.sheet.paper import NAMES

    made = sheet.files(planned, Path(output).name)
    placed = {str(Path(output).with_name(name)): data for name, data in made.items()}
    handed_out = {str(path) for path in _without_answers(output)}
    with alone_in(Path(output).parent):  # else the manifest of a call at the same moment would not be seen
        kept = _of_another_paper(placed)
        answers = {*kept, *placed} - handed_out
        files.write_all({**kept, **placed}, private=private or answers, inputs=inputs)
    for place in placed:
        console.tell(f"已写好 {place}")
    for place in kept:
        console.tell(f"原来的答案清单是另一份卷的，已改存为 {place}：批改那份卷请用它。")
    if old := _left(output, placed):
        console.tell(f"注意：{'、'.join(old)} 是以前的卷，没有动：发卷时不要拿错。")
    if planned.versions == 1:
        console.tell(f"答案印在 {Path(output).name} 的最后：发卷前请把答案页留下。")
    for short in planned.shortages:
        counted = f"注意：{NAMES[short.kind]}要 {short.asked} 题，只选得出 {short.found} 题"
        console.tell(f"{counted}（{_why(short)}）。")


def _without_answers(output: str) -> list[Path]:
    """What papers are called that are handed out, 测验-A.pdf; a paper of one version has its key in it."""
    from studytool.exports.sheet.paper import LETTERS

    said = Path(output)
    return [said.with_stem(f"{said.stem}-{letter}") for letter in LETTERS]


def _left(output: str, placed: Mapping[str, bytes]) -> list[str]:
    """The papers and keys of the same name that an earlier call has left beside these."""
    said = Path(output)
    names = (said, *_without_answers(output), said.with_stem(f"{said.stem}-key"))
    return [name.name for name in names if str(name) not in placed and name.is_file()]


def _why(short: Shortage) -> str:
    """Why there are not more: there were too few, or they would have told each other's answers."""
    few = f"能印的只有 {short.printable} 题" if short.printable < short.asked else ""
    told = "会互相泄露答案的题不同卷" if short.found < short.printable else ""
    return "，".join(filter(None, (few, told)))


def _of_another_paper(placed: Mapping[str, bytes]) -> dict[str, bytes]:
    """The manifest that would be overwritten, under a name of its own: papers that were handed out are marked
    by it alone. Raises StudyError where something else has its name, which the person has not said."""
    from studytool.grading.papers import number_of

    found: dict[str, bytes] = {}
    for place, new in placed.items():
        path = Path(place)
        if path.suffix != ".json" or not path.is_file():
            continue
        old = bytes_of(path)
        number = number_of(old.decode("utf-8-sig", errors="replace"))
        if number is None:
            raise StudyError(f"{place} 不是试卷的答案清单，没有覆盖：请换一个文件名，或先移走它")
        if old != new:
            found[str(_free(path.with_stem(f"{path.stem}-卷号{number}"), old))] = old
    return found


def _free(place: Path, data: bytes) -> Path:
    """The place, or one beside it where another paper has it: two papers in 65,536 have one number."""
    names = (place.with_stem(f"{place.stem}-{again}") if again > 1 else place for again in count(1))
    return next(path for path in names if not path.exists() or (path.is_file() and bytes_of(path) == data))
