"""Doubts, conflicts and counts of dropped items -> a screen, or JSON.

Times that nothing resolves are one line an article: one date settles them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.conflicts import Conflict
from studytool.model import DoubtKind
from studytool.store.checks import DoubtRow
from studytool.views.gates import named

KINDS = {
    DoubtKind.RECOGNITION: "识别",
    DoubtKind.QUOTES: "引号",
    DoubtKind.OPEN_JOINT: "断句",
    DoubtKind.DATE: "时间",
    DoubtKind.CONFLICT: "矛盾",
}
AROUND = 24  # characters shown on each side of a doubt
Counts = Mapping[str, Mapping[str, int]]


def as_json(
    doubts: Sequence[DoubtRow], conflicts: Sequence[Conflict], dropped: Counts | None
) -> dict[str, object]:
    """All that a person should look at; `held` says that no question rests on it, or none should."""
    listed: list[dict[str, object]] = [
        {**asdict(one), "items": [], "held": one.kind != DoubtKind.DATE} for one in doubts
    ]
    listed += [_conflict_json(one) for one in conflicts]
    counts = {} if dropped is None else {"dropped": {name: dict(gates) for name, gates in dropped.items()}}
    return {"doubts": listed, **counts}


def _conflict_json(conflict: Conflict) -> dict[str, object]:
    first = conflict.items[0]
    return {
        "kind": DoubtKind.CONFLICT,
        "text": "、".join(conflict.values),
        "reason": conflict.measure,
        "sentence": first.evidence,
        "article_id": first.article_id,
        "article": first.article,
        "source": first.source,
        "items": [item.id for item in conflict.items],
        "held": True,
    }


def screen(doubts: Sequence[DoubtRow], conflicts: Sequence[Conflict], dropped: Counts) -> RenderableType:
    """The doubts article by article, the conflicts, the counts."""
    parts: list[RenderableType] = []
    for (name, title, article_id), group in groupby(doubts, lambda d: (d.source, d.article, d.article_id)):
        parts.append(Text.assemble((title, "bold"), (f"　{name}　{article_id}", "dim")))
        parts += [*_lines(tuple(group)), Text()]
    parts += _conflict_lines(conflicts)
    parts += [_dropped(name, gates) for name, gates in dropped.items() if gates]
    return Group(*parts, Text(_summary(doubts, conflicts), style="dim"))


def _lines(doubts: Sequence[DoubtRow]) -> Iterator[Text]:
    others = (doubt for doubt in doubts if doubt.kind != DoubtKind.DATE)
    for (kind, reason, _), same in groupby(others, lambda d: (d.kind, d.reason, d.text)):
        first, *more = same  # one doubt may cover several sentences
        count = (f"（共 {1 + len(more)} 句）", "dim") if more else ""
        name = KINDS[DoubtKind(kind)]
        yield Text.assemble((f"  {name}　", "yellow"), reason, "：", _excerpt(first), count)
    times = [doubt.text for doubt in doubts if doubt.kind == DoubtKind.DATE]
    if times:
        words = "、".join(dict.fromkeys(times))
        yield Text.assemble(
            ("  时间　", "yellow"),
            f"{len(times)} 处所指的时间不明：{words}",
            (_dating(doubts[0]), "dim"),
        )


def _dating(doubt: DoubtRow) -> str:
    """How a person dates an article without a date; one that has its own is told of another time."""
    if doubt.published_on:
        return "　文章另有日期，不必补；这样的句子不出要看时间的题"
    return f"　补日期：studytool articles edit {doubt.article_id} --date 年-月-日"


def _excerpt(doubt: DoubtRow) -> Text:
    """The doubtful words with what stands around them."""
    at = doubt.sentence.find(doubt.text)
    if at < 0:
        return Text(doubt.text)
    end = at + len(doubt.text)
    before, after = doubt.sentence[max(0, at - AROUND) : at], doubt.sentence[end : end + AROUND]
    return Text.assemble(before, (doubt.text, "bold yellow"), after)


def _conflict_lines(conflicts: Sequence[Conflict]) -> Iterator[RenderableType]:
    for one in conflicts:
        yield Text.assemble(("矛盾　", "yellow"), f"{one.measure}：{'、'.join(one.values)}")
        for item in one.items:
            yield Text(f"  {item.id}　《{item.article}》{item.source}：{item.evidence[:60]}", style="dim")


def _dropped(name: str, gates: Mapping[str, int]) -> RenderableType:
    """A title above the table, not in it: rich breaks a table's title to the table's width."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", min_width=6)
    for gate, count in sorted(gates.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row(str(count), Text.assemble(named(gate), (f"（{gate}）", "dim")))
    title = Text.assemble((f"{name}：", "bold"), f"{sum(gates.values())} 道没有收入题库")
    return Group(title, table, Text())


def _summary(doubts: Sequence[DoubtRow], conflicts: Sequence[Conflict]) -> str:
    counts = {kind: sum(doubt.kind == kind for doubt in doubts) for kind in KINDS}
    counts[DoubtKind.CONFLICT] += len(conflicts)
    said = "，".join(f"{name} {counts[kind]}" for kind, name in KINDS.items() if counts[kind])
    return f"存疑：{said}。" if said else "没有存疑之处。"
