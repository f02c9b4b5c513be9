"""A sitting that has ended -> one line, or the few lines that say how it went."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from studytool.model import Mark
from studytool.quiz import Sitting
from studytool.views.question import framed


def line(sitting: Sitting) -> Text:
    """How it went, in one line."""
    if not sitting.answers:
        return Text("没有作答。")
    right, nearly = sitting.count(Mark.RIGHT), sitting.count(Mark.NEARLY)
    near = f"，差一点 {nearly} 题" if nearly else ""
    return Text(f"答了 {len(sitting.answers)} 题，对 {right} 题{near}；都已保存。")


def summary(sitting: Sitting) -> RenderableType:
    """How it went, and what was wrong: to read once more before closing the terminal."""
    parts: list[RenderableType] = [line(sitting)]
    missed = [given for given in sitting.answers if given.verdict.mark is Mark.WRONG]
    if missed:
        parts.append(Text("答错的："))
        parts += [
            Text.assemble(f"  {given.card.item.stem}　", ("；".join(given.card.item.key), "green"))
            for given in missed
        ]
    return framed(*parts)
