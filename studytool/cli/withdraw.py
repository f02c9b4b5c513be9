"""`studytool withdraw`: a document taken back or replaced -> its items are asked no more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.store.bank import Bank


def withdraw(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="撤回哪个文件（路径，或题库里的文件名）。")],
    replaced_by: Annotated[
        str | None, typer.Option("--replaced-by", metavar="FILE", help="由哪个文件取代；不在题库里的先读入。")
    ] = None,
) -> None:
    """撤回一个文件：它的题停用，下一次导出的 Anki 卡组会带上撤回的名单。

    例：studytool withdraw 旧办法.docx --replaced-by 新办法.docx
    """
    from studytool import pipeline
    from studytool.store import measures, withdrawal

    with console.open_bank(context) as bank:
        path = withdrawal.find(bank, _absolute(file))
        if path is None:
            raise StudyError(f"题库里没有 {file}：请用 studytool articles 查看有哪些文件")
        successor = _successor(bank, replaced_by) if replaced_by else None
        if successor == path:
            raise StudyError(f"{file} 不能由它自己取代：--replaced-by 请写新的文件")
        touched = measures.of_document(bank, path)
        done = withdrawal.withdraw(bank, path, successor, console.now())
        pipeline.weigh(bank, touched)
        left = pipeline.inherit(bank, console.now()).skipped
    console.tell(f"已撤回 {done.name}：停用 {done.retired} 题。")
    if done.kept:
        console.tell(f"另有 {done.kept} 题在别的文件里也有依据，保留。")
    for file_left, reason in left:
        console.complain(f"{file_left}：{reason}；只在其中的题先停用，能读了再运行 studytool build")
    if done.retired:
        console.tell("再导出一次 Anki 卡组，收到的人导入后就能找到并删除撤回的题。")


def _successor(bank: Bank, file: str) -> str:
    """The path of the document that takes the place of another; made a part of the bank if it is not yet.

    It has to be in the bank first: what stands in both documents goes on being asked, and remembered."""
    from studytool import pipeline
    from studytool.store import withdrawal

    known = withdrawal.find(bank, _absolute(file))
    if known:
        return known
    if Path(file).is_dir():
        raise StudyError(f"--replaced-by {file} 是文件夹：请写出取代它的那个文件")
    found = pipeline.discover([file])
    report = pipeline.build(bank, found, console.now())
    if report.skipped or len(found.sources) != 1:
        reason = report.skipped[0][1] if report.skipped else "不是一个文件"
        raise StudyError(f"{file}：{reason}")
    console.tell(f"已读入 {found.sources[0].name}：{report.items} 题。")
    return found.sources[0].path


def _absolute(file: str) -> str:
    return os.path.abspath(file)  # noqa: PTH100 - resolve() would rename what a link names
