"""`studytool explain`: sentences on stdin -> the words an examiner would ask about, best first."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from studytool.cli import console
from studytool.cli.keys import as_text
from studytool.errors import StudyError
from studytool.limits import LONGEST_LINE


def explain(
    json: Annotated[bool, typer.Option("--json", help="每句输出一行 JSON 数组。")] = False,
) -> None:
    """逐行读入句子，指出每句值得考的词，最好的在前。

    例：echo 民主集中制是党的根本组织制度和领导制度。 | studytool explain
    """
    from studytool import ranker
    from studytool.views import explained

    if sys.stdin.isatty():
        console.tell("请输入句子，一行一句；Ctrl-D 结束。")
    while line := sys.stdin.readline(LONGEST_LINE + 1):
        text = as_text(line.rstrip("\r\n"))
        if len(text) > LONGEST_LINE:
            raise StudyError(f"有一行超过 {LONGEST_LINE} 字，不是句子：请一句一行")
        ranked = ranker.rank(text)
        if json:
            console.show_json(explained.as_json(text, ranked))
        else:
            console.show(explained.sentence(text, ranked))
