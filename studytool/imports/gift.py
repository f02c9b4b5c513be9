"""Moodle GIFT -> items, split the way Moodle splits it; a question we cannot hold is named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studytool.imports.answers import Unclear
from studytool.imports.decoding import decoded
from studytool.imports.entry import Entry, Imported, Problem, excerpt, imported
from studytool.imports.marked import FULL, check_files, filled, gapped, literal, only, pairs, several
from studytool.imports.markup import plain
from studytool.imports.remarks import Corrected, Remarks, of_markup, of_text
from studytool.model import BLANK, RIGHT, WRONG, ItemKind

_QUESTION = re.compile(
    r"(?:::(?P<name>(?:(?!::).)*+)::)?+(?P<stem>[^{}]*+)(?:\{(?P<answers>[^}]*+)\}(?P<after>.*))?", re.DOTALL
)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_SIGNED = re.compile(r"([=~])([^=~]*+)")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d*)?)%")
_TRUTHS = {**dict.fromkeys(("T", "TRUE"), RIGHT), **dict.fromkeys(("F", "FALSE"), WRONG)}
_MARK = re.compile(r"(?<!\\)\{\s*(?:[=~#}]|(?:T|F|TRUE|FALSE)\s*[#}])")
_ASIDE = ("//", "$CATEGORY:")  # rows that are no part of a question
_NAMED_ID = re.compile(r"\[id:((?:\\\]|[^\]\n])*+)\]")
_OWN_ID = re.compile(r"//\s*(\S+)\s*")  # as we wrote it once: the name of the question ends with it, too
_PICTURE = re.compile(r"<img\s|!\[[^\[\]\n]*+\]\(")

# While a question is split, its escaped characters are hidden in halves of surrogate pairs: no text has any.
_ESCAPED, _HIDDEN, _HIDING = re.compile(r"\\([\\~=#{}:n])"), re.compile("[\ud800-\ud87f]"), 0xD800


def read(data: bytes, bank: str) -> Imported:
    """The items of a GIFT file. Raises StudyError for bytes that are no text."""
    return read_text(decoded(data, bank), bank)


def is_gift(text: str) -> bool:
    """Do most of its questions have their answers in braces? Moodle names its files .txt."""
    blocks = [block for _, block in _blocks(text)]
    return 2 * sum(_MARK.search(block) is not None for block in blocks) > len(blocks)


def read_text(text: str, bank: str) -> Imported:
    """The items of the text of a GIFT file."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for line, block in _blocks(text):
        rows = (row for row in block.split("\n") if not row.lstrip().startswith(_ASIDE))
        found = _QUESTION.fullmatch(_hidden("\n".join(rows).strip()))
        if not found or found["answers"] is None:
            problems.append(Problem(line, excerpt(block), "应为“题干{答案}”，括号要成对"))
            continue
        try:
            entries.append(_entry(line, block, found))
        except Unclear as unclear:
            problems.append(
                Problem(line, excerpt(_shown(_FORMAT.sub("", found["stem"], count=1))), str(unclear))
            )
    return imported(entries, bank, problems)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The questions with the numbers of their first lines: what stands between empty lines."""
    at = 1
    for block in re.split(r"(\n[ \t]*(?:\n[ \t]*)+)", text.replace("\r\n", "\n")):
        rows = [row for row in block.split("\n") if row.strip()]
        if any(not row.lstrip().startswith(_ASIDE) for row in rows):
            yield at + len(block) - len(block.lstrip("\n")), block.strip("\n")
        at += block.count("\n")


class Asked(NamedTuple):
    """What stands between the braces of a question."""

    kind: ItemKind
    key: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()


def _entry(line: int, block: str, found: re.Match[str]) -> Entry:
    if "{" in found["answers"]:
        raise Unclear("前一个“{”没有用“}”结束")
    if "{" in found["after"]:
        raise Unclear("一题里有两处 {…}，GIFT 只认第一处，请拆成两题，题与题之间空一行")
    stem, form = _formatted(found["stem"], "")
    inside, said = _remarks(found["answers"], form)
    asked = _asked(inside.strip(), form)
    after = _formatted(found["after"], form)[0]
    told, key = Corrected(said.explanation), asked.key
    if asked.kind is ItemKind.SHORT_ANSWER:
        told, key = Corrected(said.explanation if said.points else None), said.answer
    stem = _gapped(asked.kind, stem, after)
    if key == (WRONG,):
        told = said.of_false(stem)
    return Entry(
        line=line,
        stem=stem,
        kind=asked.kind,
        options=asked.options,
        key=key,
        accepted=asked.accepted,
        id=_id(block, found["name"] or ""),
        evidence=said.evidence,
        **said.place._asdict(),
        **told._asdict(),
    )


def _gapped(kind: ItemKind, stem: str, after: str) -> str:
    """The stem with the gap where the braces stood, if a text goes on behind them."""
    if kind is ItemKind.CLOZE and not after:
        return gapped(stem)
    has_gap = kind in (ItemKind.CLOZE, ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
    return f"{stem}{BLANK if has_gap and after else ''}{after}"


def _id(block: str, name: str) -> str | None:
    """The id a remark gives to the question."""
    for row in (row for row in block.split("\n") if row.lstrip().startswith("//")):
        # What opens and never closes is looked through once.
        named, own = _NAMED_ID.match(row, max(row.find("[id:"), 0)), _OWN_ID.fullmatch(row.strip())
        if named:
            return named[1].replace("\\]", "]")
        if own and _shown(name).endswith(f" {own[1]}"):
            return own[1]
    return None


def _remarks(answers: str, form: str) -> tuple[str, Remarks]:
    """What stands before the remarks on the whole question, and the remarks."""
    inside, found, feedback = answers.rpartition("####")
    if not found:
        return answers, Remarks()
    marked = _FORMAT.match(feedback)
    text = _shown(feedback[marked.end() :] if marked else feedback).strip()
    check_files(text)
    return inside, of_markup(text) if (marked[1] if marked else form) == "html" else of_text(text)


def _asked(inside: str, form: str) -> Asked:
    truth = inside.partition("#")[0].strip().upper()
    if truth in _TRUTHS:
        return Asked(ItemKind.TRUE_FALSE, (_TRUTHS[truth],))
    if not inside:
        return Asked(ItemKind.SHORT_ANSWER)
    if inside.startswith("#"):
        raise Unclear("数字题不能导入")
    if inside[0] not in "=~":
        raise Unclear("答案应以 = 或 ~ 开头")
    answers = [(sign, text.partition("#")[0].strip()) for sign, text in _SIGNED.findall(inside)]
    if any(sign == "~" for sign, _ in answers):
        return _choice(answers, form)
    arrows = ["->" in text for _, text in answers]
    if not any(arrows):
        return _typed([text for _, text in answers], form)
    if not all(arrows):
        raise Unclear("有的答案有“->”，有的没有：匹配题每行都应是“=左 -> 右”")
    return _matching([text.partition("->") for _, text in answers], form)


def _choice(answers: list[tuple[str, str]], form: str) -> Asked:
    weighed = [_weighed(text, FULL if sign == "=" else 0.0) for sign, text in answers]
    options = filled(_formatted(text, form)[0] for _, text in weighed)
    worth = [(weight, option) for (weight, _), option in zip(weighed, options, strict=True)]
    if not any(sign == "=" for sign, _ in answers):
        return Asked(ItemKind.MULTIPLE_RESPONSE, several([pair for pair in worth if pair[0] > 0]), options)
    return Asked(
        ItemKind.SINGLE_CHOICE, only([option for weight, option in worth if weight >= FULL]), options
    )


def _typed(texts: list[str], form: str) -> Asked:
    right = dict.fromkeys(
        literal(_formatted(text, form)[0])
        for weight, text in (_weighed(text, FULL) for text in texts)
        if weight >= FULL
    )
    if not right or not all(right):
        raise Unclear("没有得满分的答案，或者答案是空的")
    return Asked(ItemKind.CLOZE, tuple(right)[:1], (), (tuple(right),))


def _matching(sides: list[tuple[str, str, str]], form: str) -> Asked:
    both = [(_formatted(left, form)[0], _shown(right).strip()) for left, _, right in sides]
    key = pairs([(left, right) for left, right in both if left])
    return Asked(ItemKind.MATCHING, key, tuple(dict.fromkeys(right for _, right in both)))


def _weighed(text: str, default: float) -> tuple[float, str]:
    """What an answer is worth in per cent, and the answer."""
    found = _WEIGHT.match(text)
    return (float(found[1]), text[found.end() :].strip()) if found else (default, text)


def _formatted(text: str, form: str) -> tuple[str, str]:
    """The text people see, and the name of its format, which the text may begin with."""
    marked = _FORMAT.match(text)
    shown, form = (text[marked.end() :], marked[1]) if marked else (text, form)
    shown = _shown(shown)
    if form == "html":
        return plain(shown), form
    check_files(shown)
    if form != "plain" and _PICTURE.search(shown):
        raise Unclear("题里有图片，只能导入文字")
    return shown.strip(), form


def _hidden(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(_HIDING + ord(found[1])), text)


def _shown(text: str) -> str:
    """The text with the characters that were escaped."""
    return _HIDDEN.sub(lambda found: "\n" if found[0] == "\ud86e" else chr(ord(found[0]) - _HIDING), text)
