"""The fields of one of our Anki notes, as somebody has edited them -> the item as they want it.

Only what they edited is taken; evidence and source are the document's and cannot be edited there. Whatever
of an edit cannot be taken is said: nobody looks for a change that has vanished.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from studytool.imports.answers import Unclear
from studytool.imports.markup import styled
from studytool.model import BLANK, RIGHT, Item, ItemKind

# The fields of a note that can be edited back, in the order of the note.
FIELDS = ("题干", "选项", "答案", "解析")
EVIDENCE = 5  # its place among the note's fields

_NO_OPTIONS = "这种题没有选项，“选项”一栏里写的没有用处"
_CHOICES = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE)
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)
_OPENING = re.compile(r"\{\{c\d+::")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</?(?:div|p|li|ul|ol)\b[^>]*>", re.IGNORECASE)
_RAISED = re.compile(r"<(su[bp])>([^<>]*)</\1>", re.IGNORECASE)
_VARIANTS, _COMMA = re.compile("“(.+)”也可答：(.+)"), "、"  # as the notes say them
_MEDIA = re.compile(r"<img\b|\[sound:", re.IGNORECASE)


def plain(html: str) -> str:
    """The text of a field as people read it, one line for each line."""
    html = _RAISED.sub(lambda found: styled(found[1].lower(), found[2]), _COMMENT.sub("", html))
    end = html.rfind(">") + 1  # no tag that opens behind it is closed
    broken = _BREAK.sub("\n", html[:end]) + html[end:]
    text = LexborHTMLParser(f"<body><pre>{broken}</pre></body>").text() if broken else ""
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def edited(item: Item, fields: Mapping[str, str], names: Collection[str], ours: Collection[str]) -> Item:
    """The item with the edited fields (`names`); `ours` are remarks that are not the explanation's.

    Raises Unclear where an edit cannot be understood."""
    for name in names:
        if _MEDIA.search(fields[name]):
            raise Unclear(f"{name}里有图片或声音，题库只收文字")
    if "题干" in names:
        item = _with_stem(item, fields["题干"])
    if "选项" in names or "答案" in names:
        item = _with_answer(item, fields, names)
    if "解析" in names:
        lines = [line for line in plain(fields["解析"]).split("\n") if line not in ours]
        item, lines = _with_variants(item, lines)
        item = replace(item, explanation="\n".join(lines) or None)
    return item


def _with_variants(item: Item, lines: Sequence[str]) -> tuple[Item, list[str]]:
    """The item with the other answers that edited lines give for a part of its key, and the other lines."""
    left, said = list[str](), dict(zip(item.key, item.accepted, strict=False))
    for line in lines:
        found = _VARIANTS.fullmatch(line)
        if item.kind is not ItemKind.CLOZE or not found or found[1] not in item.key:
            left.append(line)
            continue
        said[found[1]] = (found[1], *_listed(found[2], said.get(found[1], ())))
    if len(left) == len(lines):
        return item, left
    return replace(item, accepted=tuple(said.get(part, (part,)) for part in item.key)), left


def _listed(text: str, known: Sequence[str]) -> list[str]:
    """The answers of a list with commas; those that are known may have commas of their own."""
    whole = [one for one in known if _COMMA in one and one in text]
    for one in whole:
        text = text.replace(one, "")
    parts = (part.strip() for part in text.split(_COMMA))
    return list(dict.fromkeys((*whole, *filter(None, parts))))


def _with_stem(item: Item, html: str) -> Item:
    if item.kind is not ItemKind.CLOZE:
        stem = plain(html)
        kept = item.changed is not None and item.changed in stem
        return replace(
            item, stem=stem, original=item.original if kept else None, changed=item.changed if kept else None
        )
    end = html.rfind("}}") + 2  # no blank that opens behind it is closed
    key = tuple(plain(found[1]) for found in _CLOZE.finditer(html, 0, end))
    if len(key) != len(item.key):
        raise Unclear(f"原有 {len(item.key)} 个空（{{{{c1::…}}}}），现有 {len(key)} 个")
    if len(_OPENING.findall(html)) > len(key):
        raise Unclear("有一个空套着另一个空，或没有写完（{{c1::…}} 里不能再有 {{c2::）")
    return _with_key(replace(item, stem=plain(_CLOZE.sub(BLANK, html[:end]) + html[end:])), key)


def _with_answer(item: Item, fields: Mapping[str, str], names: Collection[str]) -> Item:
    if item.kind is ItemKind.CLOZE:
        return _with_answer_of_stem(item, fields, names)
    if item.kind in (ItemKind.MATCHING, ItemKind.ORDERING):
        raise Unclear("匹配题和排序题的选项和答案不能这样改，请用 studytool review")
    if item.kind is ItemKind.TRUE_FALSE and "选项" in names:
        raise Unclear("判断题的选项不能改")
    if item.kind not in (*_CHOICES, ItemKind.TRUE_FALSE) and "选项" in names:
        raise Unclear(_NO_OPTIONS)
    options = _entries(fields, "选项") if "选项" in names else item.options
    key = _entries(fields, "答案") if "答案" in names else _moved(item, options)
    if item.kind in _CHOICES:
        wrong = tuple(text for text in options if text not in key)
        item = replace(item, options=options, distractors=wrong)
    if item.kind is ItemKind.TRUE_FALSE and key == (RIGHT,):
        item = replace(item, original=None, changed=None)
    return _with_key(item, key)


def _with_answer_of_stem(item: Item, fields: Mapping[str, str], names: Collection[str]) -> Item:
    """The answer of a cloze stands in its stem; what stands in its own field must be the same."""
    if "选项" in names and plain(fields["选项"]):
        raise Unclear(_NO_OPTIONS)
    if "答案" in names and _entries(fields, "答案") != item.key:
        raise Unclear("填空题的答案要改在题干的空里（{{c1::…}}），不是改“答案”一栏")
    return item


def _moved(item: Item, options: tuple[str, ...]) -> tuple[str, ...]:
    """The key among edited options: where one was reworded in its place, the new words."""
    if len(options) != len(item.options):
        return tuple(text for text in item.key if text in options)
    new = dict(zip(item.options, options, strict=True))
    return tuple(text if text in options else new[text] for text in item.key)


def _with_key(item: Item, key: tuple[str, ...]) -> Item:
    old = dict(zip(item.key, item.accepted, strict=False))
    return replace(item, key=key, accepted=tuple(old.get(part, (part,)) for part in key))


def _entries(fields: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The entries of a field's list; where the list is gone, its lines."""
    tree = LexborHTMLParser(fields[name])
    if tree.css_first("li li") is not None:
        raise Unclear(f"{name}里的列表套着列表：请只用一层")
    entries = [plain(node.html or "") for node in tree.css("li")]
    return tuple(filter(None, entries or plain(fields[name]).split("\n")))
