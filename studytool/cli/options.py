"""Options that several commands share, and the filter they mean."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli.counts import SHOWN
from studytool.errors import StudyError
from studytool.limits import FIRST_YEAR, LAST_YEAR
from studytool.model import ItemKind

if TYPE_CHECKING:
    from studytool.model import ItemFilter


def _kind(text: str) -> ItemKind:
    """The kind of items somebody names, in English or Chinese."""
    from studytool.model.names import KINDS, kind_named

    kind = kind_named(text)
    if kind is None:
        known = "、".join(f"{name}（{one.value}）" for one, name in KINDS.items())
        raise StudyError(f"--kind {text[:SHOWN]}：没有这种题型；题型有 {known}")
    return kind


ARGUMENTS = ("recipe",)  # what is given without a name

Kinds = Annotated[
    list[ItemKind] | None,
    typer.Option("--kind", metavar="KIND", parser=_kind, help="题型，如 填空 或 cloze，可多次给出。"),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", metavar="FILE", help="来源文件名（或其一部分）。")
]
Articles = Annotated[
    list[str] | None, typer.Option("--article", metavar="TITLE", help="文章标题（或其一部分）。")
]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="标签。")]
Finds = Annotated[str | None, typer.Option("--find", metavar="TEXT", help="题干、答案或依据中含有的文字。")]


def refuse_two(**given: object) -> None:
    """Raises StudyError where two of these options are given: each says by itself what the call gives, and
    one would be passed over in silence."""
    said = [_as_typed(name) for name, value in given.items() if value]
    if len(said) > 1:
        raise StudyError(f"{said[0]} 和 {said[1]} 只能用一个：请去掉其中一个")


def check_suffix(place: str | None, suffix: str) -> None:
    """Raises StudyError where the file that the option of this name writes would look like another kind of
    file; standard output (-) looks like none."""
    if place and place != "-" and not place.lower().endswith(suffix):
        raise StudyError(f"--{suffix[1:]} {place}：文件名应当以 {suffix} 结尾")


def refuse_beside(chief: str, **given: object) -> None:
    """Raises StudyError where any of these is given beside the option `chief`, which has no use for it."""
    for name, value in given.items():
        if value is not None and value is not False and value != []:
            raise StudyError(f"{chief} 用不上 {_as_typed(name)}：请去掉其中一个")


def _as_typed(name: str) -> str:
    """The option, or the argument, of a parameter's name."""
    return name.upper() if name in ARGUMENTS else f"--{name.replace('_', '-')}"


def day_of_document(day: datetime | None) -> datetime | None:
    """The day somebody gives a document, which no reader of the bank may be unable to understand."""
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise StudyError(
            f"--date {day.date().isoformat()}：年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，请改正"
        )
    return day


def item_filter(
    kind: list[ItemKind] | None,
    source: list[str] | None,
    article: list[str] | None,
    tag: list[str] | None,
    find: str | None,
) -> ItemFilter:
    """The filter that these options mean."""
    from studytool.model import ItemFilter

    return ItemFilter(
        kinds=tuple(kind or ()),
        sources=tuple(source or ()),
        articles=tuple(article or ()),
        tags=tuple(tag or ()),
        find=find,
    )
