"""How each kind of question is answered: keys for options and statements, lines for what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from studytool.cli.asking import Asking, Command, Given, Pressed, command_of, pressed
from studytool.cli.keys import BACKSPACE, ENTER, SPACE, Prompt, narrow
from studytool.model import RIGHT, WRONG, Item, ItemKind
from studytool.views import question

_MARKS = re.compile(r"[、，,;；/|｜\s]")
# What people press or type for true and false; x and f are no commands here, and b may mean the second of
# two options, 错误: it is none either.
STATEMENTS = {
    **dict.fromkeys(("y", "t", "1", "对", "對", "是", "正", "真", "√", "✓", "✔", "✅", "☑"), RIGHT),
    **dict.fromkeys(("yes", "true", "right", "ok", "正确", "正確", "对的", "對的", "是的"), RIGHT),
    **dict.fromkeys(("没错", "沒錯", "没有错", "沒有錯", "属实", "成立"), RIGHT),
    **dict.fromkeys(("n", "f", "0", "2", "x", "错", "錯", "否", "假", "×", "✗", "✘"), WRONG),
    **dict.fromkeys(("✕", "✖", "╳", "❌"), WRONG),
    **dict.fromkeys(("no", "false", "wrong", "错误", "錯誤", "错的", "錯的", "有错", "有錯"), WRONG),
    **dict.fromkeys(("不对", "不對", "不是", "不正确", "不正確", "不属实", "不成立"), WRONG),
}
NOT_YET = ("不", "没", "沒")  # the beginning of a word, where an input method sends it in two
SENTENCE_END = "。．.，,！!？? \ufe0f"  # the last asks for the coloured form of a sign
STATE = "按 y 对，n 错"
GO_ON = "{}…？请接着输入，如 不对；或" + STATE
GIVE_UP, ANEW = "n", "r"  # where lines are typed


def ask(asking: Asking) -> Given:
    """Show the current question and wait for a response or a command."""
    return ASKERS[asking.item.kind](asking)


def _one_option(asking: Asking) -> Given:
    while True:
        asking.show()
        key = pressed(asking, len(asking.item.options))
        if len(key.options) == 1:
            return Given((asking.item.options[key.options[0]],))
        if key.options:
            asking.not_understood(key.stroke, "只能选一项")
        if key.command and (given := asking.obey(key.command)):
            return given


def _several_options(asking: Asking) -> Given:
    options, draft = asking.item.options, asking.draft
    while True:
        asking.show()
        key = pressed(asking, len(options))
        for place in key.options:
            text = options[place]
            draft.chosen = [one for one in options if (one in draft.chosen) != (one == text)]
        if key.stroke == ENTER and draft.chosen:
            return Given(tuple(draft.chosen))
        if key.stroke == ENTER:
            asking.notes = ("还没有选：按字母选择，再按回车",)
        if key.stroke == SPACE:
            asking.notes = ("空格不算：按字母选或不选，按回车才交",)
        if key.command and (given := asking.obey(key.command)):
            return given


def _true_or_false(asking: Asking) -> Given:
    begun, lost = "", ""  # the beginning of a word; one that other keys have cut off
    while True:
        asking.show()
        stroke = asking.keyboard.stroke()
        if said := "" if _ends(lost, stroke) else _said(asking, begun, stroke):
            return Given((said,))
        if begun and stroke == SPACE:
            asking.notes = (GO_ON.format(begun),)
            continue
        before = begun
        begun = next((word for word in (begun + stroke, stroke) if _begins(word)), "")
        if begun:
            lost, asking.notes = "", (GO_ON.format(begun),)
            continue
        command = None if stroke == Command.BURY else command_of(stroke, asking.policy)
        if command and (given := asking.obey(command)):
            return given
        if _ends(lost, stroke):
            asking.not_understood(f"{lost} {stroke}", STATE)
            lost = ""
        elif command is None and stroke.isprintable() and stroke != SPACE:
            asking.not_understood(stroke, STATE)
        if before:
            asking.notes = (*asking.notes, f"“{before}”没有说完，不算：{STATE}")
            lost = "" if stroke == BACKSPACE else before  # who takes it back knows what comes next


def _said(asking: Asking, begun: str, stroke: str) -> str:
    """Right or wrong, as a stroke says it together with what has begun; alone, it may admit a guess."""
    if not begun and not statement(stroke):
        said = statement(asking.admits_guess(stroke))
        asking.draft.guessed |= bool(said)
    else:  # 不, and then 不对 as a whole
        said = statement(begun + stroke) or (statement(stroke) if stroke.startswith(NOT_YET) else "")
    if said and len(stroke) > 1:
        asking.keyboard.drop_enter()
    return said


def _ends(lost: str, stroke: str) -> bool:
    """Is it the end of a word whose beginning was cut off? Alone it would say the opposite."""
    return bool(lost and not stroke.isascii() and statement(stroke) and not stroke.startswith(NOT_YET))


def statement(text: str) -> str:
    """Right or wrong, as somebody has said it; nothing, where that is not certain."""
    return STATEMENTS.get(text) or STATEMENTS.get(text.rstrip(SENTENCE_END), "")


def _begins(text: str) -> bool:
    """Could this be the beginning of 不对 or 没有错? Its end alone would say the opposite."""
    return text.startswith(NOT_YET) and any(word.startswith(text) for word in STATEMENTS)


def _in_turn(asking: Asking, options: tuple[str, ...], lefts: int = 0) -> Given:
    """Options picked one after the other until all places are filled, then confirmed."""
    draft, places = asking.draft, len(asking.item.key)
    while True:
        asking.show()
        key = pressed(asking, len(options), lefts)
        for place in key.options:
            _put(asking, options[place])
        if key.pairs:
            _pair(asking, key, options)
        elif key.stroke == BACKSPACE:
            draft.chosen = draft.chosen[:-1]
        elif key.stroke == ENTER and len(draft.chosen) == places:
            return Given(tuple(draft.chosen))
        elif key.stroke == ENTER:
            asking.notes = (f"还差 {places - len(draft.chosen)} 项：按字母选完，再按回车",)
        elif key.command and (given := asking.obey(key.command)):
            return given


def _put(asking: Asking, option: str) -> None:
    chosen = asking.draft.chosen
    if len(chosen) < len(asking.item.key) and option not in chosen:
        chosen.append(option)
    else:
        asking.notes = ("这一项用过了，或者已经填满：按退格可以改",)


def _pair(asking: Asking, key: Pressed, options: tuple[str, ...]) -> None:
    """Put options where keys have named their places; all of them, or none."""
    taken = dict(enumerate(asking.draft.chosen)) | {left: options[place] for left, place in key.pairs}
    chosen = [taken[left] for left in sorted(taken)]
    if sorted(taken) == list(range(len(chosen))) and len(set(chosen)) == len(chosen):
        asking.draft.chosen = chosen
    else:
        asking.not_understood(key.stroke, "从第 1 个起依次对，一项只用一次")


def _order(asking: Asking) -> Given:
    return _in_turn(asking, asking.item.options)


def _pairs(asking: Asking) -> Given:
    given = _in_turn(asking, question.rights_of(asking.item), len(asking.item.key))
    if given.command:
        return given
    lefts = (key.split("=", 1)[0] for key in asking.item.key)
    return Given(tuple(f"{left}={right}" for left, right in zip(lefts, given.response, strict=True)))


# ---- what is typed -------------------------------------------------------------------------------


def _blanks(asking: Asking) -> Given:
    return _lines(asking, "空", stops_at_empty=False)


def _points(asking: Asking) -> Given:
    return _lines(asking, "要点", stops_at_empty=True)


def _lines(asking: Asking, name: str, *, stops_at_empty: bool) -> Given:
    """One typed line for each member of the key; one line may give them all."""
    item, lines, empty_at = asking.item, asking.draft.lines, -1
    asking.show()
    while not _is_all(item, lines):
        line = asking.keyboard.line(_prompt(asking, name))
        letter = _letter(line, item)
        if letter == GIVE_UP:
            if asking.policy.tells:
                break
            return Given(command=Command.SKIP)  # it comes round, and stays open else
        if letter == ANEW and len(item.key) > 1:
            lines.clear()
            asking.show()
        elif command := command_of(letter, asking.policy):
            if given := asking.obey(command):
                return given
            asking.show()
        elif line or (empty_at == len(lines) and _may_stay_empty(item, lines)):
            lines.append(line)
        elif stops_at_empty and lines:
            break
        else:
            empty_at = len(lines)
            asking.show(_not_yet(asking))
    missing = 0 if stops_at_empty or _is_all(item, lines) else len(item.key) - len(lines)
    return Given((*lines, *[""] * missing))


def _prompt(asking: Asking, name: str) -> Prompt:
    """What stands before the line; with the time left, where it is limited: that goes on while one types."""
    count, number = len(asking.item.key), len(asking.draft.lines) + 1
    prompt = f"{name} {number}/{count} > " if count > 1 else "> "
    if asking.look().seconds_left is None:
        return prompt
    return lambda: f"剩 {question.clock(asking.look().seconds_left or 0)} {prompt}"


def _letter(line: str, item: Item) -> str:
    """The letter that stands alone on a line, unless it is what the question asks for; else nothing."""
    letter = narrow(line)
    answers = {narrow(text) for variants in (item.key, *item.accepted) for text in variants}
    return letter if len(letter) == 1 and letter not in answers else ""


def _not_yet(asking: Asking) -> str:
    """What to say to an empty line: it is no answer."""
    lines, item = asking.draft.lines, asking.item
    way = f"不会就单独输入 {GIVE_UP} 再回车" if asking.policy.tells else "不会就单独输入 s 再回车，先跳过"
    again = "；这一空不会，再按一次回车" if _may_stay_empty(item, lines) else ""
    return f"还没有答{again}；{way}" if again else f"还没有答：{way}"


def _may_stay_empty(item: Item, lines: list[str]) -> bool:
    """May this part be left out? Not if then nothing at all would be said."""
    if item.kind is not ItemKind.CLOZE or len(item.key) == 1:
        return False
    return any(lines) or len(lines) + 1 < len(item.key)


def _is_all(item: Item, lines: list[str]) -> bool:
    """Is there a line for each part, or does the first line, with marks between its parts, answer all?"""
    if len(lines) >= len(item.key):
        return True
    if len(lines) != 1 or any(_MARKS.search(key) for key in item.key):
        return False
    from studytool.marking.blanks import spread

    return bool(_MARKS.search(lines[0])) and "" not in spread(item, lines)


ASKERS: dict[ItemKind, Callable[[Asking], Given]] = {
    ItemKind.SINGLE_CHOICE: _one_option,
    ItemKind.MULTIPLE_RESPONSE: _several_options,
    ItemKind.TRUE_FALSE: _true_or_false,
    ItemKind.MATCHING: _pairs,
    ItemKind.ORDERING: _order,
    ItemKind.CLOZE: _blanks,
    ItemKind.SHORT_ANSWER: _points,
}
