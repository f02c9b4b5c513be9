"""`studytool articles`, and `articles edit`: what was understood, and a person's corrections of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from studytool.cli import console
from studytool.cli.bank import AsJson
from studytool.cli.options import Sources, day_of_document
from studytool.cli.parameters import Command
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.model import ArticleNote, JointNote, Source
    from studytool.store.bank import Bank


class ArticlesCommand(Command):
    """`articles`, and `articles edit`: two commands of one name, told apart by the first word."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        if args[:1] == ["edit"]:
            return _edit_command().make_context(f"{info_name} edit", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def _edit_command() -> Any:
    alone = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
    alone.command(cls=Command)(edit)
    return typer.main.get_command(alone)


def articles(
    context: typer.Context,
    article_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="只看这一篇的全文。")] = None,
    source: Sources = None,
    json: AsJson = False,
) -> None:
    """列出还原出的文章；给出编号则显示全文和拼接；更正：studytool articles edit --help

    例：studytool articles        studytool articles 3f9a1c
    """
    from studytool.store import articles as store
    from studytool.views import articles as views

    with console.open_bank(context) as bank:
        lines = store.lines(bank, source or ())
        if article_id is not None:
            lines = (views.one(lines, article_id),)
        if json:
            console.show_json_list(views.as_json(store.read(bank, line)) for line in lines)
        elif article_id is not None:
            console.show(views.full(store.read(bank, lines[0])))
        else:
            console.show(views.listing(lines))


def edit(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="文章编号，见 studytool articles。")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="标题。")] = None,
    byline: Annotated[str | None, typer.Option(metavar="TEXT", help="署名。")] = None,
    issuer: Annotated[str | None, typer.Option(metavar="TEXT", help="发布机关。")] = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], callback=day_of_document, help="日期。")
    ] = None,
    genre: Annotated[str | None, typer.Option(metavar="TEXT", help="文种。")] = None,
    join: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="LEFT RIGHT", help="把以 LEFT 结尾的半句接到以 RIGHT 开头的半句上。"),
    ] = None,
    cut: Annotated[str | None, typer.Option(metavar="LEFT", help="以 LEFT 结尾的半句不接下文。")] = None,
) -> None:
    """更正一篇文章：写进文献旁边的 sources.toml，重建后仍然有效。

    例：studytool articles edit 3f9a1c --title 新标题 --date 2024-05-01
    """
    from studytool.model import ArticleNote, JointNote

    note = ArticleNote("", title, byline, issuer, date.date() if date else None, genre)
    joints = [JointNote(*join)] if join else []
    joints += [JointNote(cut)] if cut else []
    if note == ArticleNote("") and not joints:
        raise StudyError(
            "没有要更正的内容：请给出 --title、--date、--join 等，见 studytool articles edit --help"
        )
    with console.open_bank(context) as bank:
        _correct(bank, article_id, note, joints)


def _correct(bank: Bank, article_id: str, note: ArticleNote, joints: list[JointNote]) -> None:
    """Write the corrections beside the document, if they hold in it, and make its items anew."""
    from studytool import pipeline
    from studytool.exports import files
    from studytool.model import ArticleNote
    from studytool.sources import Discovery, correcting
    from studytool.store import articles as store
    from studytool.store import checks
    from studytool.views import articles as views

    line = views.one(store.lines(bank), article_id)
    row, path = store.read(bank, line), checks.path_of(bank, line.place[0])
    if line.withdrawn:  # to be made anew is to be asked again
        raise StudyError(f"{row.source} 已撤回：要更正，请先重新读入 studytool build {path}")
    place = correcting.place_of(path)
    text = before = correcting.text_of(place)
    if note != ArticleNote(""):
        text = correcting.with_article(text, row.source, replace(note, of=row.id), row.title, place)
    for joint in joints:
        text = correcting.with_joint(text, row.source, joint, place)
    source = _source(path)
    source = replace(source, note=correcting.noted(source.note, text, row.source, place))
    pipeline.check_joints(source, joints)
    if text != before:
        files.write(place, text.encode())
    report = pipeline.build(bank, Discovery((source,), ()), console.now())
    if report.skipped:
        raise StudyError("；".join(f"{path}：{reason}" for path, reason in report.skipped))
    console.tell(
        f"已写进 {place}；新增 {report.new} 题，修改 {report.changed} 题，停用 {report.retired} 题。"
    )


def _source(path: str) -> Source:
    """The document's source as it is now."""
    from studytool import pipeline
    from studytool.sources import content

    found = pipeline.discover([content.file_of(path)])
    source = next((one for one in found.sources if one.path == path), None)
    if source is None:
        reason = found.skipped[0].reason if found.skipped else "找不到这个文件"
        raise StudyError(f"{path}：{reason}")
    return source
