"""An item <-> a small readable text to edit, and back, with one clear line for what cannot be understood.

The surprising decision: for choices the right answer is a mark before the option (+ right, - wrong), so that
nobody can correct an option and forget to correct the answer. What the text cannot show as it is (a line
break within an option) comes back as it was wherever the person has left it as it was shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from studytool.errors import StudyError
from studytool.exports.deck import writable
from studytool.imports.answers import Unclear
from studytool.imports.soundness import check_sound
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind

CHOICES = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
LABELS = ("题干", "答案", "选项", "解析", "标签")
HELP = {
    ItemKind.CLOZE: f"题干里的空写作 {BLANK}；答案一行一个，依空的次序；| 后面是也可答的",
    ItemKind.SINGLE_CHOICE: "选项一行一个：+ 是对的（一个），- 是错的",
    ItemKind.MULTIPLE_RESPONSE: "选项一行一个：+ 是对的，- 是错的",
    ItemKind.TRUE_FALSE: f"答案是“{RIGHT}”或“{WRONG}”",
    ItemKind.SHORT_ANSWER: "答案一行一个要点；| 后面是也可答的",
    ItemKind.MATCHING: "答案一行一对：左=右",
    ItemKind.ORDERING: "答案一行一项，依正确的次序",
}
_LABEL = re.compile(rf"({'|'.join(LABELS)})[：:]\s?(.*)", re.DOTALL)
_SPECIAL = re.compile(rf"^(?=(?:{'|'.join(LABELS)})[：:]|[#\\])", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile("[_＿]{3,}")


def text_of(item: Item) -> str:
    """The text to edit."""
    lines = [f"# {HELP[item.kind]}。以 # 开头的行不算。", f"题干：{_escaped(item.stem)}"]
    if item.kind in CHOICES:
        lines.append("选项：")
        lines += [f"{'+' if text in item.key else '-'} {_bar(text)}" for text in item.options]
    elif item.kind is ItemKind.TRUE_FALSE:
        lines.append(f"答案：{item.key[0]}")
    else:
        lines.append("答案：")
        lines += [f"- {' | '.join(map(_bar, variants))}" for variants in _variants(item)]
    lines.append(f"解析：{_escaped(item.explanation or '')}")
    lines.append(f"标签：{' | '.join(map(_bar, item.tags))}")
    return "\n".join(lines) + "\n"


def with_message(text: str, message: str) -> str:
    """The text with what is wrong with it on top, in place of what was wrong before."""
    kept = [line for line in text.split("\n") if not line.startswith("#!")]
    return "\n".join([f"#! {' '.join(message.split())}", *kept])


def parse(text: str, item: Item) -> Item:
    """The item as the text says it is. Raises StudyError with what is expected where."""
    parts, shown = _parts(text), _parts(text_of(item))
    missing = [label for label in ("题干", _answer_label(item)) if not parts.get(label, "").strip()]
    if missing:
        raise StudyError(f"“{missing[0]}：”一项没有内容：请补上，或放弃修改")
    changed = {label for label in LABELS if parts.get(label, "").strip() != shown.get(label, "").strip()}
    new = _reworded(item, parts, changed)
    if _answer_label(item) in changed:
        new = _answered(new, parts[_answer_label(item)])
    new = _corrected(new) if changed else item
    check(new)
    return new


def _reworded(item: Item, parts: Mapping[str, str], changed: Collection[str]) -> Item:
    """The item with the changed parts that are no answers."""
    if "题干" in changed:
        item = replace(item, stem=_blanked(parts["题干"].strip(), item.kind))
    if "解析" in changed:
        item = replace(item, explanation=parts.get("解析", "").strip() or None)
    if "标签" in changed:
        known = _as_they_were(item.tags)
        tags = (_plain(tag) for tag in _BAR.split(parts.get("标签", "")))
        item = replace(item, tags=tuple(known.get(tag, tag) for tag in tags if tag))
    return item


def _blanked(stem: str, kind: ItemKind) -> str:
    """The stem with a rule of any length, as people draw it by hand, as one blank."""
    if kind is not ItemKind.CLOZE:
        return stem
    # One that is several of our blanks long may be so many, side by side.
    return _RULE.sub(lambda rule: BLANK if set(rule[0].replace(BLANK, "")) else rule[0], stem)


def _as_they_were(texts: Iterable[str]) -> dict[str, str]:
    """Texts by how they read when they come back unchanged."""
    return {_plain(_bar(text)): text for text in texts}


def _answer_label(item: Item) -> str:
    return "选项" if item.kind in CHOICES else "答案"


def _variants(item: Item) -> tuple[tuple[str, ...], ...]:
    """Of each part of the key: itself, then the other responses that count."""
    accepted = item.accepted or ((),) * len(item.key)
    return tuple(
        (part, *(text for text in others if text != part))
        for part, others in zip(item.key, accepted, strict=False)
    )


def _parts(text: str) -> dict[str, str]:
    """What stands under each label; lines without one go on with the one before."""
    found: dict[str, list[str]] = {}
    label = ""
    for number, line in enumerate(writable(text).split("\n"), 1):
        if line.startswith("#"):
            continue
        labelled = _LABEL.fullmatch(line)
        if labelled and labelled[1] in found:
            raise StudyError(f"第 {number} 行：“{labelled[1]}：”写了两次，只要一次")
        if labelled:
            label = labelled[1]
            found[label] = [labelled[2]]
        elif label:
            found[label].append(line.removeprefix("\\"))
        elif line.strip():
            raise StudyError(f"第 {number} 行“{line[:20]}”不知属于哪一项：应先写“题干：”")
    return {label: "\n".join(lines) for label, lines in found.items()}


def _answered(item: Item, text: str) -> Item:
    if item.kind is ItemKind.TRUE_FALSE:
        return replace(item, key=(text.strip(),), accepted=((text.strip(),),))
    rows = [line.strip() for line in text.split("\n") if line.strip()]
    if item.kind in CHOICES:
        return _with_options(item, rows)
    bare = [row[1:].strip() if row.startswith("-") else row for row in rows]
    written = [tuple(filter(None, map(_plain, _BAR.split(row)))) for row in bare]
    if not all(written):
        raise StudyError("答案里有一行是空的：请补上，或删去这一行")
    known = _as_they_were(chain(*item.accepted, item.key))
    parts = [tuple(known.get(text, text) for text in one) for one in written]
    key = tuple(variants[0] for variants in parts)
    return replace(_with_key(item, key), accepted=tuple(tuple(dict.fromkeys(one)) for one in parts))


def _with_options(item: Item, rows: list[str]) -> Item:
    unmarked = [row for row in rows if row[0] not in "+-＋－"]
    if unmarked:
        raise StudyError(f"选项“{unmarked[0][:20]}”前面没有 + 或 -：+ 是对的，- 是错的")
    known = _as_they_were((*item.distractors, *item.options))
    options = tuple(known.get(text, text) for text in (_plain(row[1:]) for row in rows))
    right = tuple(text for text, row in zip(options, rows, strict=True) if row[0] in "+＋")
    if tuple(sorted(right)) == tuple(sorted(item.key)):
        right = item.key
    accepted = item.accepted if right == item.key else tuple((text,) for text in right)
    wrong = tuple(text for text in options if text not in right)
    if sorted(wrong) == sorted(item.distractors):
        wrong = item.distractors
    return replace(item, options=options, key=right, distractors=wrong, accepted=accepted)


def _with_key(item: Item, key: tuple[str, ...]) -> Item:
    """The key changed, and with it what of it stands among the options."""
    if item.kind is ItemKind.ORDERING:
        return replace(item, key=key, options=_renamed(item.options, item.key, key))
    if item.kind is ItemKind.MATCHING:
        if not all(part.partition("=")[1] for part in key):
            raise StudyError("匹配题的答案要写成“左=右”，一行一对")
        old, new = (tuple(part.partition("=")[2] for part in one) for one in (item.key, key))
        return replace(item, key=key, options=_renamed(item.options, old, new))
    return replace(item, key=key)


def _renamed(options: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """The options with each old text replaced; where the same texts are in another order, as they were."""
    if sorted(old) == sorted(new):
        return options
    if len(old) != len(new):
        raise StudyError(f"答案原有 {len(old)} 项，现有 {len(new)} 项：这种题的项数不能改，请停用后另出")
    names = dict(zip(old, new, strict=True))
    return tuple(names.get(text, text) for text in options)


def _corrected(item: Item) -> Item:
    """A statement that no longer has the changed words in it has no correction to show."""
    if item.changed and (item.changed not in item.stem or item.key == (RIGHT,)):
        return replace(item, original=None, changed=None)
    return item


def check(item: Item) -> None:
    """Raises StudyError where nobody could answer the item."""
    blanks, answers = item.stem.count(BLANK), len(item.key)
    if item.kind is ItemKind.CLOZE and blanks != answers:
        raise StudyError(f"题干里有 {blanks} 个空（{BLANK}），答案有 {answers} 个：两者要一样多")
    if item.kind is ItemKind.TRUE_FALSE and item.key not in ((RIGHT,), (WRONG,)):
        said = " ".join(" ".join(item.key).split())[:20]
        raise StudyError(f"判断题的答案只能是“{RIGHT}”或“{WRONG}”，不能是“{said}”")
    if item.kind is ItemKind.SINGLE_CHOICE and answers != 1:
        raise StudyError(f"单选题要有一个对的选项（+），现有 {answers} 个")
    if item.kind in CHOICES and not item.key:
        raise StudyError("没有对的选项：在对的选项前写 +")
    if item.kind is ItemKind.SINGLE_CHOICE and not item.distractors:
        raise StudyError("没有错的选项：单选题至少要有一个（-）")
    try:
        check_sound(item)  # as for what is imported
    except Unclear as unclear:
        raise StudyError(f"{unclear}：请改正") from None


def _escaped(text: str) -> str:
    """Lines of a text that would be read as a label or a remark get a backslash in front."""
    first, *rest = writable(text).split("\n")
    return "\n".join([first, *(_SPECIAL.sub(r"\\", line) for line in rest)])


def _bar(text: str) -> str:
    return writable(text).replace("|", "\\|").replace("\n", " ")


def _plain(text: str) -> str:
    return text.strip().replace("\\|", "|")
