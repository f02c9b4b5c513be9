"""`studytool sheet grade`: what came back from a printed sheet -> scores, statistics, troubles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, progress
from studytool.cli.bank import AsJson
from studytool.cli.reading import bytes_of
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.grading import Grading
    from studytool.grading.papers import Papers

SUFFIXES = (".xlsx", ".csv", ".json")
FIRST_DAY = date(2000, 1, 1)  # nothing was studied with this program before, and much breaks in the year 1
_LATE = 12  # o'clock: an answer given on paper has a day, but no time of day


def grade(
    context: typer.Context,
    manifest: Annotated[str, typer.Argument(metavar="OUT.json", help="与试卷一起写出的 .json 文件。")],
    answers: Annotated[
        str, typer.Argument(metavar="ANSWERS", help="作答表（.csv 或 .xlsx）：姓名、卷别、1、2……，每人一行。")
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="结果写到：.xlsx、.csv 或 .json。")
    ] = None,
    into_memory: Annotated[
        bool, typer.Option("--into-memory", help="作答记入学习记录，错题安排复习（姓名即学员名）。")
    ] = False,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="作答的日期；默认试卷上的，否则今天。")
    ] = None,
    json: AsJson = False,
) -> None:
    """批改收回的试卷：计分、逐题统计、干扰项、要核对的作答。

    例：studytool sheet grade 测验.json 作答.xlsx -o 成绩.xlsx
    """
    from studytool.exports import files
    from studytool.grading import grade as marked
    from studytool.grading import read_manifest
    from studytool.grading.papers import number_of, printed_for
    from studytool.imports import responses
    from studytool.views import graded as views

    _check_suffix(output)
    text = bytes_of(manifest).decode("utf-8-sig", errors="replace")  # some editors put a mark before it
    papers = read_manifest(text, manifest)
    on = _day(date.date() if date else None, printed_for(text)) if into_memory else None
    handed = responses.handed_in(bytes_of(answers), answers)
    for note in handed.notes:
        console.tell(f"{answers}：{note}。")
    with progress.shown("批改……") as watch:
        grading = marked(papers, handed.rows, watch)
    for line in views.trouble_lines(grading.troubles):
        console.tell(line)
    if output:
        suffix = Path(output).suffix.lower()
        made = _results(grading, papers, suffix)
        placed = {str(Path(output).with_stem(Path(output).stem + name)): data for name, data in made.items()}
        files.write_all(placed, private=True, inputs=(manifest, answers))
        for place in placed:
            console.tell(f"已写好 {place}")
    console.tell(f"按卷号 {number_of(text)} 的答案批改：请与卷上印的核对。")
    if into_memory:
        _remember(context, grading, papers, on)
    if json:
        console.show_json(views.as_json(grading, papers))
    else:
        console.show(views.screen(grading, papers))


def _check_suffix(output: str | None) -> None:
    if output and Path(output).suffix.lower() not in SUFFIXES:
        raise StudyError(f"{output}：不认识的格式；结果可以写成 {'、'.join(SUFFIXES)}")


def _day(said: date | None, printed: date | None) -> date | None:
    """The day of the answers: the one said, else the one on the paper; refused where it cannot be."""
    if said and said > console.now().date():
        raise StudyError(f"--date {said}：这一天还没有到，请写作答的日期")
    day = said or printed
    if day and day < FIRST_DAY:
        where = f"--date {day}" if said else f"试卷上的日期 {day}"
        raise StudyError(f"{where}：早于 {FIRST_DAY.year} 年，请用 --date 写明作答的日期")
    return day


def _results(grading: Grading, papers: Papers, suffix: str) -> dict[str, bytes]:
    """What is written, by what is added to the name: CSV holds one table a file."""
    from json import dumps

    from studytool.exports.tables import comma_separated, workbook
    from studytool.views import graded as views

    if suffix == ".json":
        return {"": (dumps(views.as_json(grading, papers), ensure_ascii=False, indent=1) + "\n").encode()}
    tables = views.tables(grading, papers)
    if suffix == ".xlsx":
        return {"": workbook(tables)}
    names = ("", "-items", "-answers", "-troubles")
    return {name: comma_separated(table) for name, table in zip(names, tables, strict=True)}


def _remember(context: typer.Context, grading: Grading, papers: Papers, on: date | None) -> None:
    """Put the answers into the study log of those who gave them; the same paper counts once."""
    from studytool.cli.remembering import remember

    now = console.now()
    at = now
    if on and on < now.date():
        at = datetime.combine(on, time(_LATE), now.tzinfo)
    with console.open_bank(context) as bank:
        told = remember(bank, grading, at, papers)
    recorded = f"已把 {told.learners} 人的 {told.answers} 次作答记入学习记录"
    console.tell(f"{recorded}，其中 {told.mistakes} 道错题会安排复习。")
    if told.known:
        console.tell(f"{told.known} 次作答此前已经记过，没有重复记。")
    if told.strange:
        console.tell(f"{told.strange} 道题不在这个题库里，没有记。")
    if told.changed:
        numbers = _numbers(papers, told.changed)
        console.tell(f"{numbers}印卷以后改过答案，没有记；分数仍按印卷时的答案，请核对。")
    if told.nameless:
        console.tell(f"{told.nameless} 份答卷没有写姓名，没有记。")


def _numbers(papers: Papers, items: Collection[str]) -> str:
    """Where items stand in the first version: A卷第1、8题."""
    version, paper = next(iter(papers.items()))
    numbers = "、".join(str(asked.number) for asked in paper if asked.item.id in items)
    return f"{version}卷第{numbers}题" if len(papers) > 1 else f"第{numbers}题"
