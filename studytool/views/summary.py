"""What a build, and `studytool` alone, show: figures, sample questions, what to type next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from studytool.model import BuildReport, Item
from studytool.quiz.progress import streak
from studytool.store.figures import Today
from studytool.views.items import with_answer
from studytool.views.stats import due_words

NEXT_STEPS = (
    ("studytool quiz", "现在就答题，答几题都行，随时可停"),
    ("studytool export anki -o 卡组.apkg", "做成 Anki 卡组"),
    ("studytool sheet -o 测验.pdf", "打印一份带答案的试卷"),
)

MOST_NAMED = 3


def built(report: BuildReport, seconds: float) -> RenderableType:
    """What a build did, in two lines."""
    lines = [
        Text.assemble(
            ("完成", "bold green"),
            f"：{report.documents} 个文件，{report.articles} 篇文章，{report.sentences} 句，"
            f"{report.knowledge} 个知识点，",
            (f"{report.items} 题", "bold"),
            f"，用时 {seconds} 秒。",
        ),
        Text(f"新增 {report.new} 题，修改 {report.changed} 题，停用 {report.retired} 题。", style="dim"),
    ]
    if report.dropped:
        count = sum(number for _, number in report.dropped)
        lines.append(Text(f"另有 {count} 题没有通过质量检查，未收入题库。", style="dim"))
    return Group(*lines)


def undated(found: Sequence[tuple[str, int]]) -> RenderableType | None:
    """Which documents a person should date, so that their figures say of when they are."""
    if not found:
        return None
    named = "、".join(f"{name}（{count} 题）" for name, count in found[:MOST_NAMED])
    among = f"等 {len(found)} 个文件" if len(found) > MOST_NAMED else ""
    return Text(
        f"没有日期的文件：{named}{among}；这些数据题没有写明是哪一年的。"
        "知道日期的，请用 studytool build 文件 --date 2024-05-01 补上。",
        style="yellow",
    )


def samples(best: Sequence[Item], count: int) -> RenderableType:
    """A few of the best items, of different kinds and articles as far as possible."""
    chosen: list[Item] = []
    for item in best:
        if len(chosen) < count and all(
            item.kind != other.kind and item.article != other.article for other in chosen
        ):
            chosen.append(item)
    chosen += [item for item in best if item not in chosen][: count - len(chosen)]
    return Group(Text("\n例题"), *(with_answer(item, number) for number, item in enumerate(chosen, 1)))


def next_steps() -> RenderableType:
    """What to type next."""
    table = Table.grid(padding=(0, 3))
    for command, meaning in NEXT_STEPS:
        table.add_row(Text(f"  {command}", style="cyan"), Text(meaning, style="dim"))
    return Group(Text("接下来："), table)


def welcome() -> RenderableType:
    """What somebody without a bank sees."""
    return _start("还没有题库。先读入文献：")


def without_items() -> RenderableType:
    """What somebody sees whose documents have given no question."""
    return _start("题库里还没有题。再读入文献：")


def _start(said: str) -> RenderableType:
    return Group(
        Text(said),
        Text("  studytool build 文件或文件夹", style="cyan"),
        Text("全部命令：studytool --help", style="dim"),
    )


def greeting(items: int, learned: Today, today: date, *, waiting: bool) -> RenderableType:
    """What somebody with a bank sees: how they stand, what is due, and one key to start.

    `waiting`: somebody is at the terminal and may press it."""
    if not items:
        return without_items()
    run = streak(learned.days, today)
    some, new = ("有 ", "") if learned.due else ("", "，可以学新题" if learned.met < items else "")
    lines = [Text(f"今天{some}{due_words(learned.due, learned.ready)}{new}。", style="bold")]
    if learned.days:
        lines.append(
            Text(
                f"连续学习 {run.current} 天，今天答了 {learned.answers} 次；"
                f"题库 {items} 题，排入复习 {learned.met} 题。"
            )
        )
    else:
        lines.append(Text(f"题库 {items} 题，还没有学过。"))
    start = [Text("按回车开始答题；按其他键离开。", style="bold cyan")] if waiting else []
    return Group(*lines, next_steps(), Text("全部命令：studytool --help", style="dim"), *start)
