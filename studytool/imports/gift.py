"""Moodle GIFT -> items, split the way Moodle splits it; a question we cannot hold is named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.imports.answers import Unclear
from studytool.imports.decoding import decoded
from studytool.imports.entry import Entry, Imported, Problem, imported
from studytool.imports.remarks import remarks
from studytool.model import BLANK, RIGHT, WRONG, ItemKind

_QUESTION = re.compile(
    r"(?:::(?P<name>(?:\\.|[^\\])*?)::)?+\s*+(?:\[\w+\])?(?P<stem>(?:\\.|[^\\{])*+)(?:\{(?P<answers>(?:\\.|[^\\}])*+)\}(?P<after>.*))?",
    re.DOTALL,
)
_ANSWER = re.compile(r"(?<!\\)([=~])((?:\\.|[^\\=~])*)", re.DOTALL)
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_TRUTHS = {**dict.fromkeys(("T", "TRUE"), RIGHT), **dict.fromkeys(("F", "FALSE"), WRONG)}
_MARK = re.compile(r"(?<!\\)\{\s*(?:[=~#}]|(?:T|F|TRUE|FALSE)\s*[#}])")
_ID = re.compile(r"^//\s*(\S+)\s*$", re.MULTILINE)


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
        found = _QUESTION.fullmatch(
            "\n".join(row for row in block.split("\n") if not row.lstrip().startswith("//")).strip()
        )
        if not found or found["answers"] is None:
            problems.append(Problem(line, block.strip()[:24], "应为“题干{答案}”，括号要成对"))
            continue
        try:
            entries.append(_entry(line, block, found))
        except Unclear as unclear:
            problems.append(Problem(line, _bare(found["stem"])[:24], str(unclear)))
    return imported(entries, bank, problems)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The questions with the numbers of their first lines: what stands between empty lines."""
    at = 1
    for block in re.split(r"(\n[ \t]*(?:\n[ \t]*)+)", text.replace("\r\n", "\n")):
        rows = [row for row in block.split("\n") if row.strip()]
        if any(not row.lstrip().startswith(("//", "$CATEGORY")) for row in rows):
            yield at + len(block) - len(block.lstrip("\n")), block.strip("\n")
        at += block.count("\n")


def _entry(line: int, block: str, found: re.Match[str]) -> Entry:
    inside, _, feedback = found["answers"].partition("####")
    notes = remarks(_bare(feedback).strip())
    comment = _ID.search(block)
    stem, after = _bare(found["stem"]).strip(), _bare(found["after"] or "").strip()
    kind, key, options = _answers(inside.strip())
    if kind is ItemKind.CLOZE:
        stem = re.sub(r"_{2,}", BLANK, stem) if "__" in stem else f"{stem}{BLANK}{after}"
        accepted: tuple[tuple[str, ...], ...] = (key,)
        key = key[:1]
    else:
        stem, accepted = stem + after, ()
    if kind is ItemKind.SHORT_ANSWER:
        key = tuple(filter(None, (notes.get("要点") or notes.get("", "")).split("\n")))
    return Entry(
        line=line,
        stem=stem,
        kind=kind,
        options=options,
        key=key,
        accepted=accepted,
        id=comment[1] if comment else None,
        explanation=notes.get("") if kind is not ItemKind.SHORT_ANSWER or "要点" in notes else None,
        evidence=notes.get("依据", ""),
    )


def _answers(inside: str) -> tuple[ItemKind, tuple[str, ...], tuple[str, ...]]:
    """Kind, key and options of what stands between the braces."""
    plain = re.split(r"(?<!\\)#", inside)[0].strip()
    if plain.upper() in _TRUTHS:
        return ItemKind.TRUE_FALSE, (_TRUTHS[plain.upper()],), ()
    if not plain:
        return ItemKind.SHORT_ANSWER, (), ()
    answers = [(sign, re.split(r"(?<!\\)#", text)[0].strip()) for sign, text in _ANSWER.findall(inside)]
    if not answers:
        raise Unclear("答案应以 = 或 ~ 开头，数字题不能导入")
    if all(sign == "=" for sign, _ in answers):
        return _written(answers)
    texts = tuple(_bare(_WEIGHT.sub("", text, count=1)).strip() for _, text in answers)
    right = tuple(text for (sign, raw), text in zip(answers, texts, strict=True) if _is_right(sign, raw))
    single = any(sign == "=" for sign, _ in answers)
    return ItemKind.SINGLE_CHOICE if single else ItemKind.MULTIPLE_RESPONSE, right, texts


def _written(answers: list[tuple[str, str]]) -> tuple[ItemKind, tuple[str, ...], tuple[str, ...]]:
    if all("->" in text for _, text in answers):
        sides = [[_bare(side).strip() for side in text.split("->", 1)] for _, text in answers]
        key = tuple(f"{left}={right}" for left, right in sides if left)
        return ItemKind.MATCHING, key, tuple(dict.fromkeys(right for _, right in sides))
    return ItemKind.CLOZE, tuple(_bare(_WEIGHT.sub("", text, count=1)).strip() for _, text in answers), ()


def _is_right(sign: str, text: str) -> bool:
    weight = _WEIGHT.match(text)
    return float(weight[1]) > 0 if weight else sign == "="


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text, flags=re.DOTALL)
