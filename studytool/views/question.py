"""A sitting's question -> its screen: how far along, the stem, the options, where it is from, the keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from studytool.model import BLANK, Card, Item, ItemKind
from studytool.quiz import Policy, Sitting
from studytool.views.fitted import Summed, in_a_line
from studytool.views.names import KINDS, LETTERS
from studytool.views.prose import Prose

WIDEST = 100  # columns; longer lines are hard to read

BOX, CHECKED = "[ ]", "[x]"
BOX_EACH = "□"

ALONE = "单独输入一个字母再回车："
HOW: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.SINGLE_CHOICE: ("按字母选择",),
    ItemKind.MULTIPLE_RESPONSE: ("按字母选或不选", "回车确认"),
    ItemKind.TRUE_FALSE: ("y 对", "n 错"),
    ItemKind.MATCHING: ("依次按右边的字母", "退格 改", "回车 确认"),
    ItemKind.ORDERING: ("按先后按字母", "退格 改", "回车 确认"),
    ItemKind.CLOZE: (ALONE,),
    ItemKind.SHORT_ANSWER: ("一行一个要点，空行结束。", ALONE),
}
TYPED = (ItemKind.CLOZE, ItemKind.SHORT_ANSWER)
HINTED = (*TYPED, ItemKind.MULTIPLE_RESPONSE)


@dataclass(frozen=True, slots=True)
class Look:
    """How a question is shown: `boxes`, one for each character of a blank; the time left, if it is short;
    its `place` among how many, where that is not the number of answers so far."""

    boxes: bool = False
    seconds_left: float | None = None
    place: tuple[int, int] | None = None


def keys(item: Item, policy: Policy) -> tuple[str, ...]:
    """What can be pressed; where letters are options, b, f and j have signs of the same meaning."""
    typed = item.kind in TYPED
    anew = ("r 重填",) if typed and len(item.key) > 1 else ()
    return (
        *HOW[item.kind],
        *(("n 不会",) if typed and policy.tells else ()),
        *anew,
        *(_helping(item.kind) if policy.helps else ()),
        "f 报错" if typed else "! 报错",
        *(_moving(item, policy) if policy.returns else ()),
        "q 结束",
    )


def _helping(kind: ItemKind) -> tuple[str, ...]:
    typed = kind in TYPED
    hint = (("h 提示" if typed else "? 提示"),) if kind in HINTED else ()
    never = () if kind is ItemKind.TRUE_FALSE else ("x 不再出",)  # there x is the cross
    return (*hint, "g 我猜的", "b 今天不再出" if typed else "- 今天不再出", *never)


def _moving(item: Item, policy: Policy) -> tuple[str, ...]:
    if policy.tells:
        return ("s 跳过", "u 撤销")
    return ("s 跳过", "u 上一题", "= 交卷" if LETTERS.index("J") < len(item.options) else "j 交卷")


@dataclass(frozen=True, slots=True)
class Hints:
    """Hints side by side, as many to a line as fit; none is broken in two."""

    hints: Sequence[str]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = ""
        for hint in self.hints:
            if line and cell_len(line) + 2 + cell_len(hint) > options.max_width:
                yield Text(line, style="dim")
                line = hint
            else:
                line = f"{line}  {hint}" if line else hint
        yield Text(line, style="dim")


def framed(*parts: RenderableType) -> RenderableType:
    """A screen: never wider than one can read."""
    return Constrain(Group(*parts), WIDEST)


def two_sides(left: Text, right: Text) -> RenderableType:
    """One line with something at either end."""
    table = Table.grid(expand=True)
    table.add_column(ratio=1)
    table.add_column(justify="right")
    table.add_row(left, right)
    return table


PLAIN = Look()


def screen(
    sitting: Sitting, chosen: Sequence[str] = (), notes: Sequence[str] = (), look: Look = PLAIN
) -> RenderableType:
    """The current question; `chosen` are the options picked so far, `notes` what was said meanwhile."""
    card = sitting.coming[0]
    parts: list[RenderableType] = [
        _head(sitting, card, look),
        Rule(style="dim"),
        Prose(stem(card.item, boxes=look.boxes)),
        Text(),
        *_choices(card.item, chosen),
        Text(origin(card.item), style="dim"),
        Rule(style="dim"),
        Hints(keys(card.item, sitting.policy)),
        *(Text(note, style="yellow") for note in notes),
    ]
    return Summed(framed(*parts), in_a_line(card.item.stem))


def _head(sitting: Sitting, card: Card, look: Look) -> RenderableType:
    number, total = look.place or (sitting.number, sitting.total)
    left = Text(f"第 {number} 题 / 共 {total} 题", style="bold")
    if sitting.lives_left is not None:
        left.append(f"  剩 {sitting.lives_left} 次机会", style="red")
    if look.seconds_left is not None and card.item.kind not in TYPED:  # there the prompt tells it
        left.append(f"  剩 {clock(look.seconds_left)}", style="yellow")
    about = KINDS[card.item.kind]
    if sitting.policy.schedules:
        about += " · 新题" if card.memory is None else " · 复习"
    return two_sides(left, Text(about, style="cyan"))


def clock(seconds: float) -> str:
    """A length of time as a clock shows it."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"


def stem(item: Item, *, boxes: bool = False) -> Text:
    """The stem, its blanks standing out; with `boxes`, each blank as long as its answer."""
    words = item.stem
    if boxes and item.kind is ItemKind.CLOZE and words.count(BLANK) == len(item.key):
        for key in item.key:
            words = words.replace(BLANK, BOX_EACH * len(key), 1)
    text = Text(words)
    text.highlight_regex(f"{BLANK}+|{BOX_EACH}+", "bold cyan")
    return text


def _choices(item: Item, chosen: Sequence[str]) -> list[RenderableType]:
    if item.kind is ItemKind.MATCHING:
        return [*_pairs(item, chosen), Text()]
    if item.kind is ItemKind.ORDERING:
        order = " → ".join(chosen) or "还没有排"
        return [*_options(item, chosen), Text(f"顺序：{order}", style="cyan"), Text()]
    if item.kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE):
        return [*_options(item, chosen), Text()]
    return []


def _rows() -> Table:
    """A letter and a text on each row; a long text goes on below itself."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _options(item: Item, chosen: Collection[str]) -> list[RenderableType]:
    boxes = item.kind is ItemKind.MULTIPLE_RESPONSE
    table = _rows()
    for letter, option in zip(LETTERS, item.options, strict=False):
        picked = option in chosen
        box = f"{CHECKED if picked else BOX} " if boxes else ""
        table.add_row(
            Text(f"  {box}{letter}.", style="bold"), Text(option, style="bold cyan" if picked else "")
        )
    return [table]


def _pairs(item: Item, chosen: Sequence[str]) -> list[RenderableType]:
    table = _rows()
    taken = (*chosen, *[""] * len(item.key))
    for number, (key, right) in enumerate(zip(item.key, taken, strict=False), 1):
        arrow = f"= {right}" if right else "= ？"
        table.add_row(
            Text(f"  {number}.", style="bold"), Text(key.split("=", 1)[0]), Text(arrow, style="cyan")
        )
    rights = _rows()
    for letter, option in zip(LETTERS, rights_of(item), strict=False):
        rights.add_row(Text(f"  {letter}.", style="bold"), Text(option))
    return [table, Text(), rights]


def rights_of(item: Item) -> tuple[str, ...]:
    """What can be matched to the left sides, in the order shown."""
    rights = {key.split("=", 1)[1] for key in item.key if "=" in key}
    shown = tuple(option for option in item.options if option in rights or "=" not in option)
    return shown if rights <= set(shown) else tuple(sorted(rights))


def origin(item: Item) -> str:
    """Where the question is from; a title that would tell the answer is left out."""
    tells = any(key in item.article for key in item.key)
    title = f"《{item.article}》" if item.article and not tells else ""
    return " ".join(part for part in (title, item.source) if part)


def hint(item: Item, step: int) -> str:
    """A little more help with each step: how long the answer is, then how it begins, at most half of it."""
    if item.kind is ItemKind.MULTIPLE_RESPONSE:
        return f"提示：有 {len(item.key)} 项是对的"
    if item.kind not in (ItemKind.CLOZE, ItemKind.SHORT_ANSWER):
        return "这种题没有提示"
    lengths = "、".join(str(len(key)) for key in item.key)
    if step == 1:
        return f"提示：答案有 {lengths} 个字"
    beginnings = "、".join(f"{key[: min(step - 1, len(key) // 2)]}…" for key in item.key)
    return f"提示：答案有 {lengths} 个字，开头是 {beginnings}"
