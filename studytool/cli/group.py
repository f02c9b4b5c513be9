"""`studytool report` and `studytool group`: what one learner hands in, and what a group knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.bank import AsJson
from studytool.cli.options import check_suffix, refuse_two
from studytool.cli.reading import bytes_of
from studytool.cli.settings import Learner, load
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.model import Report

Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="只算这一天以来的作答。")]


def report(
    context: typer.Context,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="写到哪个文件；- 为标准输出。")
    ] = "-",
    anonymous: Annotated[bool, typer.Option("--anonymous", help="不写姓名。")] = False,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="写在里面的姓名；默认学员名。")] = None,
    learner: Learner = None,
    since: Since = None,
) -> None:
    """把自己的学习情况写成文件，交给学习小组：次数和对错，不含作答的文字。

    例：studytool report -o me.json --name 张三        studytool report -o me.json --anonymous
    """
    from dataclasses import replace
    from json import dumps

    from studytool.cli.review import some_of
    from studytool.exports import files
    from studytool.grading.learning import written
    from studytool.store import groups, learners, study

    refuse_two(anonymous=anonymous, name=name)
    if name is not None and not name.strip():
        raise StudyError("--name 是空的：请写上姓名，或去掉它")
    who = learner or load().learner
    with console.open_bank(context) as bank:
        found = groups.reports(bank, who, _day(since))
        others = [one for one in learners.names(bank) if one != who]
        answered = bool(found or groups.reports(bank, who))
    if not found and answered:
        raise StudyError(f"{_day(since)} 以来 {who} 没有答过题：请把 --since 放早一些，或去掉它")
    if not found:
        hint = f"（题库里有 {some_of(others)}）" if others else ""
        raise StudyError(f"{who} 还没有答过题：先运行 studytool quiz，或用 --learner 指定学员{hint}")
    # “我” is nobody's name: two who hand it in would be taken for one.
    said = name.strip() if name else who if who != study.DEFAULT_LEARNER else None
    shown = None if anonymous else said
    made = written(replace(found[0], learner=shown))
    if output == "-":
        console.show_json(made)
        return
    files.write(output, (dumps(made, ensure_ascii=False, indent=1) + "\n").encode(), private=True)
    hint = "" if shown or anonymous else "里面没有姓名，要写上请加 --name。"
    console.tell(f"已写好 {output}：{made['answers']} 次作答。{hint}")


def group(
    context: typer.Context,
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILES…]", help="交来的学习情况文件；不给则看题库里的学员。"),
    ] = None,
    since: Since = None,
    xlsx: Annotated[str | None, typer.Option("--xlsx", metavar="FILE", help="另写成 Excel。")] = None,
    pdf: Annotated[str | None, typer.Option("--pdf", metavar="FILE", help="另写成一页 PDF，可打印。")] = None,
    json: AsJson = False,
) -> None:
    """学习小组：谁学了、各篇各类记住了多少、下次讨论什么。

    例：studytool group        studytool group 交来/*.json --pdf 小组.pdf
    """
    from studytool.exports import files
    from studytool.grading.group import group_of
    from studytool.views import group as views

    check_suffix(xlsx, ".xlsx")
    check_suffix(pdf, ".pdf")
    if reports and since:
        raise StudyError("--since 只用于题库里的学员：交来的文件请在 studytool report 时加 --since")
    found = tuple(map(_read, reports)) if reports else _reports_in_bank(context, _day(since))
    if not found:
        raise StudyError(_nobody(_day(since)))
    made = group_of(found)
    if len(made.members) < len(found):
        console.tell(f"注意：交来 {len(found)} 份，{len(made.members)} 人；同一人的只算最近的一份。")
    placed: dict[str, bytes] = {}
    if xlsx:
        from studytool.exports.tables import workbook

        placed[xlsx] = workbook(views.tables(made))
    if pdf:
        from studytool.exports.sheet.pdf import typeset

        placed[pdf] = typeset("group.typ", views.page(made))
    files.write_all(placed, private=True, inputs=reports or ())
    for place in placed:
        console.tell(f"已写好 {place}")
    if json:
        console.show_json(views.as_json(made))
    else:
        console.show(views.screen(made))


def _nobody(since: date | None) -> str:
    if since:
        return f"{since} 以来没有人答过题：请把 --since 放早一些"
    return "题库里还没有人答过题：先运行 studytool quiz，或给出交来的学习情况文件"


def _day(since: datetime | None) -> date | None:
    return since.date() if since else None


def _read(path: str) -> Report:
    from studytool.grading.learning import read_report

    try:
        text = bytes_of(path).decode("utf-8-sig")  # some editors put a mark before it
    except UnicodeDecodeError:
        text = ""
    return read_report(text, path)


def _reports_in_bank(context: typer.Context, since: date | None) -> tuple[Report, ...]:
    from studytool.store import groups

    with console.open_bank(context) as bank:
        return groups.reports(bank, since=since)
