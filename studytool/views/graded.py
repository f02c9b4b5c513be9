"""A graded pile of papers -> the screen, JSON, or tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from studytool.exports.tables import Table
from studytool.grading import Absent, Answered, Grading, ItemReport, Result, Trouble
from studytool.grading.papers import Asked, Papers
from studytool.model import Mark
from studytool.views.names import KINDS

HARDEST = 5  # items shown on the screen beside those that look wrong
_SHOWN = 30  # characters of a stem on the screen


def as_json(grading: Grading, papers: Papers) -> dict[str, object]:
    """All of it as one document."""
    places = _places(papers)
    return {
        "results": [asdict(result) for result in grading.results],
        "items": [
            {**asdict(item), "drew": dict(item.drew), "places": dict(places[item.id])}
            for item in grading.items
        ],
        "troubles": [asdict(trouble) for trouble in grading.troubles],
        "absent": [asdict(one) for one in grading.absent],
    }


def trouble_lines(troubles: Sequence[Trouble]) -> Iterator[str]:
    """A line for each trouble; numbers in a row that one person left empty are one."""
    waiting = list(troubles)
    while waiting:
        first = last = waiting.pop(0)
        while waiting and _goes_on(last, waiting[0]):
            last = waiting.pop(0)
        line = trouble_line(first)
        yield (
            line
            if first is last
            else line.replace(f"第{first.number}题", f"第{first.number}—{last.number}题")
        )


def _goes_on(one: Trouble, other: Trouble) -> bool:
    same = (one.row, one.person, one.reason) == (other.row, other.person, other.reason)
    return same and one.number is not None and other.number == one.number + 1


def trouble_line(trouble: Trouble) -> str:
    """A trouble by row, person and number, for whoever mends it."""
    who = (f"第{trouble.row}行", trouble.person) if trouble.row else ()
    number = (f"第{trouble.number}题",) if trouble.number is not None else ()
    return f"{' '.join((*who, *number))}：{trouble.reason}"


def screen(grading: Grading, papers: Papers) -> RenderableType:
    """Scores, then the items that look wrong and those fewest knew."""
    scores = [result.score for result in grading.results]
    absent = [Text(absent_line(grading.absent), style="yellow")] if grading.absent else []
    if not scores:
        return Group(Text("没有可以计分的答卷。", style="yellow"), *absent)
    mean = sum(scores) / len(scores)
    head = f"{len(scores)} 份答卷，满分 {grading.results[0].total:g}，平均 {mean:.1f}，"
    head += f"最高 {max(scores):g}，最低 {min(scores):g}"
    parts = (Text(head, style="bold"), *absent, Text())
    return Group(*parts, _scores(grading.results), Text(), _items(grading, papers))


def absent_line(absent: Sequence[Absent]) -> str:
    """Who was absent, and what to do about a paper that was handed in empty."""
    names = "、".join(one.person for one in absent)
    return f"缺考 {len(absent)} 人，不计入平均分：{names}（交了白卷的，请在他的第一题写“白卷”）"


def _scores(results: Sequence[Result]) -> RenderableType:
    grid = Grid(box=None, pad_edge=False, header_style="dim")
    for name in ("姓名", "卷", "得分", "对", "错", "未答"):
        grid.add_column(name, justify="left" if name in ("姓名", "卷") else "right")
    for result in _ranked(results):
        right, wrong, empty = _counts(result)
        cells = (result.version, f"{result.score:g}", str(right), str(wrong), str(empty))
        grid.add_row(Text(result.person), *cells)
    return grid


def _ranked(results: Sequence[Result]) -> list[Result]:
    return sorted(results, key=lambda result: (-result.score, result.person))


def _counts(result: Result) -> tuple[int, int, int]:
    """Right, not quite right, left empty."""
    right = sum(answer.mark is Mark.RIGHT for answer in result.answers)
    empty = sum(not answer.response for answer in result.answers)
    return right, len(result.answers) - right - empty, empty


def _items(grading: Grading, papers: Papers) -> RenderableType:
    places = _places(papers)
    hardest = sorted(grading.items, key=lambda item: item.share_right)[:HARDEST]
    shown = [*(item for item in grading.items if item.flags), *(item for item in hardest if not item.flags)]
    grid = Grid(box=None, pad_edge=False, header_style="dim", title="要看一看的题", title_justify="left")
    for name in ("题号", "得分率", "区分度", "题干", "提示"):
        grid.add_column(name, justify="right" if name in ("得分率", "区分度") else "left", overflow="fold")
    for item in shown:
        grid.add_row(
            Text(_numbers(places[item.id])),
            f"{item.share_right:.1%}",
            "—" if item.discrimination is None else f"{item.discrimination:.2f}",
            Text(item.stem[:_SHOWN] + ("…" if len(item.stem) > _SHOWN else "")),
            Text("；".join(item.flags), style="yellow"),
        )
    return grid


def tables(grading: Grading, papers: Papers) -> tuple[Table, ...]:
    """Scores, items, every answer, troubles."""
    return (
        _score_table(grading),
        _item_table(grading, papers),
        _answer_table(grading, papers),
        Table(
            "要核对的作答",
            ("行", "姓名", "题号", "问题"),
            tuple((t.row or None, t.person, t.number, t.reason) for t in grading.troubles),
            {"问题": 50},
        ),
    )


def _score_table(grading: Grading) -> Table:
    rows = tuple(
        (r.person, r.version, r.score, r.total, round(r.score / (r.total or 1), 3), *_counts(r))
        for r in _ranked(grading.results)
    )
    absent = tuple((one.person, one.version, "缺考", *(None for _ in range(5))) for one in grading.absent)
    return Table("成绩", ("姓名", "卷别", "得分", "满分", "得分率", "对", "错", "未答"), (*rows, *absent))


def _item_table(grading: Grading, papers: Papers) -> Table:
    places, asked = _places(papers), _asked(papers)
    most = max((len(item.drew) for item in grading.items), default=0)
    header = (
        "题号",
        "题型",
        "题干",
        "答案",
        "人数",
        "得分率",
        "区分度",
        "提示",
        *(f"选项{n}" for n in range(1, most + 1)),
    )
    rows = tuple(
        (
            _numbers(places[item.id]),
            KINDS[asked[item.id].item.kind],
            item.stem,
            "；".join(asked[item.id].item.key),
            item.answered,
            item.share_right,
            item.discrimination,
            "；".join(item.flags),
            *_drew(item, asked[item.id]),
        )
        for item in grading.items
    )
    widths = {"题干": 50, "答案": 24, "提示": 36, **{f"选项{n}": 24 for n in range(1, most + 1)}}
    return Table("逐题统计", header, rows, widths)


def _drew(item: ItemReport, asked: Asked) -> tuple[str, ...]:
    """Each option with how many chose it; the right ones ticked."""
    return tuple(
        f"{'√ ' if option in asked.item.key else ''}{option}：{count} 人" for option, count in item.drew
    )


def _judged(answer: Answered, worth: float) -> str:
    """What an answer was worth, in a word: points decide, not how near it came."""
    if answer.points >= worth:
        return "√"
    if answer.points:
        return "部分得分"
    return "接近，不得分" if answer.mark is Mark.NEARLY else "×"


def _answer_table(grading: Grading, papers: Papers) -> Table:
    """A row an answer, so that a spreadsheet can filter by person, number or mark."""
    worth = {(name, one.number): one.points for name, paper in papers.items() for one in paper}
    rows = tuple(
        (
            result.person,
            result.version,
            answer.number,
            "；".join(answer.response),
            _judged(answer, worth[result.version, answer.number]),
            answer.points,
        )
        for result in grading.results
        for answer in result.answers
    )
    return Table("逐题作答", ("姓名", "卷别", "题号", "作答", "判定", "得分"), rows, {"作答": 40})


def _places(papers: Papers) -> dict[str, list[tuple[str, int]]]:
    """Where each item stands: version and number."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, paper in papers.items():
        for asked in paper:
            found.setdefault(asked.item.id, []).append((name, asked.number))
    return found


def _numbers(places: Sequence[tuple[str, int]]) -> str:
    """A3 B7; the number alone where there is one version."""
    if len(places) == 1:
        return str(places[0][1])
    return " ".join(f"{name}{number}" for name, number in places)


def _asked(papers: Papers) -> dict[str, Asked]:
    return {asked.item.id: asked for paper in reversed(list(papers.values())) for asked in paper}
