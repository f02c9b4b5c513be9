"""What a group has done -> the screen, JSON, tables for a spreadsheet, the words of a printed page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from studytool.exports.sheet.fonts import drawable
from studytool.exports.tables import Table, Value
from studytool.grading.group import GroupReport, Member, Tally, ToDiscuss, Topic
from studytool.model import KnowledgeKind
from studytool.views.names import ASKS
from studytool.views.stats import percent

MEMBERS = ("学员", "学习天数", "最近", "答题", "答对", "保持", "掌握")
TOPICS = ("人数", "题数", "答题", "答对", "保持", "掌握")
_TOPICS_SHOWN = 10
LEGEND = "答对：各次作答中答对的；保持：隔天以后再答时答对的；掌握：最近一次答对的题。"


def as_json(group: GroupReport) -> dict[str, object]:
    """The figures behind the screen."""
    return {
        "since": group.since and group.since.isoformat(),
        "until": group.until and group.until.isoformat(),
        "members": [
            {
                "name": member.name,
                "days": member.days,
                "last_on": member.last_on and member.last_on.isoformat(),
                "seconds": member.seconds,
                **_tally_json(member.tally),
            }
            for member in group.members
        ],
        "articles": [_topic_json(topic) for topic in group.articles],
        "kinds": [_topic_json(topic) for topic in group.kinds],
        "discuss": [asdict(item) for item in group.to_discuss],
    }


def _topic_json(topic: Topic) -> dict[str, object]:
    counts = {"members": topic.members, "item_count": topic.item_count}
    return {"name": topic.name, **counts, **_tally_json(topic.tally)}


def _tally_json(tally: Tally) -> dict[str, object]:
    shares = {"right_share": tally.share, "retention": tally.retention, "known_share": tally.known_share}
    return {**asdict(tally), **shares}


def screen(group: GroupReport) -> RenderableType:
    """Who studied, what is least known, what to discuss."""
    return Group(
        Text(headline(group), style="bold"),
        Text(LEGEND + "\n", style="dim"),
        _grid("", MEMBERS, [_member_cells(member) for member in group.members]),
        Text(),
        _grid("文章", ("文章", *TOPICS), [_topic_cells(topic) for topic in group.articles[:_TOPICS_SHOWN]]),
        Text(),
        _grid("知识点", ("类别", *TOPICS), [_topic_cells(topic) for topic in _kinds(group)]),
        Text("\n下次讨论", style="bold"),
        _discussion(group),
    )


def _discussion(group: GroupReport) -> RenderableType:
    if not group.to_discuss:
        return Text("没有多人答错的题。", style="dim")
    grid = Grid.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    for number, item in enumerate(group.to_discuss, 1):
        grid.add_row(f"{number}.", Text(discussed(item)))
    return grid


def headline(group: GroupReport) -> str:
    """Who, and from when to when."""
    answers = sum(member.tally.answers for member in group.members)
    span = f"，{group.since}至{group.until}" if group.since else ""
    return f"{len(group.members)} 名学员{span}，答题 {answers} 次"


def discussed(item: ToDiscuss) -> str:
    """An item with its answer and how many missed it."""
    where = f"，《{item.article}》" if item.article else ""
    return f"{item.stem}　答案：{'；'.join(item.key)}（{item.met} 人答过，{item.missed} 人答错{where}）"


def _grid(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    grid = Grid(box=None, pad_edge=False, header_style="dim", title=title or None, title_justify="left")
    for at, name in enumerate(names):
        grid.add_column(name, justify="right" if at else "left", no_wrap=at > 0, overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))
    return grid


def _member_cells(member: Member) -> tuple[str, ...]:
    tally = member.tally
    last = member.last_on.isoformat() if member.last_on else "—"
    return (member.name, str(member.days), last, str(tally.answers), *_shares(tally))


def _topic_cells(topic: Topic) -> tuple[str, ...]:
    return (
        topic.name,
        str(topic.members),
        str(topic.item_count),
        str(topic.tally.answers),
        *_shares(topic.tally),
    )


def _shares(tally: Tally) -> tuple[str, str, str]:
    kept = percent(tally.repeats_right, tally.repeats)
    return percent(tally.right, tally.answers), kept, percent(tally.known, tally.items)


def _kinds(group: GroupReport) -> tuple[Topic, ...]:
    """The kinds of knowledge under the names people know."""
    return tuple(replace(one, name=ASKS[KnowledgeKind(one.name)]) for one in group.kinds)


def tables(group: GroupReport) -> tuple[Table, ...]:
    """A sheet each for members, articles, kinds of knowledge, and what to discuss."""
    return (
        Table(
            "学员",
            MEMBERS,
            tuple(
                (
                    one.name,
                    one.days,
                    one.last_on.isoformat() if one.last_on else None,
                    one.tally.answers,
                    *_values(one.tally),
                )
                for one in group.members
            ),
        ),
        Table("文章", ("文章", *TOPICS), tuple(map(_topic_row, group.articles)), {"文章": 50}),
        Table("知识点", ("类别", *TOPICS), tuple(map(_topic_row, _kinds(group)))),
        Table(
            "下次讨论",
            ("题干", "答案", "文章", "答过", "答错"),
            tuple(
                (one.stem, "；".join(one.key), one.article, one.met, one.missed) for one in group.to_discuss
            ),
            {"题干": 60, "答案": 24, "文章": 30},
        ),
    )


def _topic_row(topic: Topic) -> tuple[Value, ...]:
    return (topic.name, topic.members, topic.item_count, topic.tally.answers, *_values(topic.tally))


def _values(tally: Tally) -> tuple[float | None, float | None, float | None]:
    return tally.share, tally.retention, tally.known_share


def page(group: GroupReport) -> dict[str, object]:
    """The printed page: all members, the least known topics, what to discuss."""
    topics = [_topic_cells(topic) for topic in group.articles[:_TOPICS_SHOWN]]
    kinds = [_topic_cells(topic) for topic in _kinds(group)]
    return {
        "title": "学习小组情况",
        "subtitle": headline(group),
        "legend": LEGEND,
        "members": _printed(MEMBERS, [_member_cells(member) for member in group.members]),
        "topics": [_printed(("文章", *TOPICS), topics), _printed(("知识点", *TOPICS), kinds)],
        "discuss": [drawable(discussed(item)) for item in group.to_discuss],
    }


def _printed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, object]:
    return {"header": header, "rows": [[drawable(cell) for cell in row] for row in rows]}
