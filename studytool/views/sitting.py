"""A sitting that has ended -> one line, or the few lines that say how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from studytool.model import Mark, Memory
from studytool.quiz import Sitting
from studytool.views.clock import when
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
    return framed(line(sitting), *_missed(sitting))


def _missed(sitting: Sitting) -> list[Text]:
    missed = [given for given in sitting.answers if given.verdict.mark is Mark.WRONG]
    lines = [
        Text.assemble(f"  {given.card.item.stem}　", ("；".join(given.card.item.key), "green"))
        for given in missed
    ]
    return [Text("答错的："), *lines] if missed else []


def comes_back(memories: Sequence[Memory], now: datetime) -> str:
    """How many cards come back later today, and when the first does; nothing where none does."""
    if not memories:
        return ""
    first = min(memory.due_at for memory in memories)
    return f"今天还有 {len(memories)} 题要再来，最早 {when(first, now)}。"


def challenged(sitting: Sitting, best: int | None) -> RenderableType:
    """How far a challenge went, beside the best one before it."""
    right = sitting.count(Mark.RIGHT)
    text = Text(f"答对 {right} 题", style="bold")
    if not sitting.answers:
        return Text("没有作答。")
    if right and (best is None or right > best):
        text.append("，新的最好成绩！", style="bold green")
    elif best is not None:
        text.append(f"，最好成绩 {best} 题")
    if sitting.lives_left and not sitting.coming:
        text.append("；全部答完，闯关成功")
    return framed(text, *_missed(sitting))
