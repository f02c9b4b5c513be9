"""Item -> the fields, tags and deck of its Anki note; text becomes HTML that Anki takes for text only."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, zip_longest

from studytool.exports.deck import Deck
from studytool.exports.wording import CHOICES, origin, pairs, remarks, rights, variants
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind, KnowledgeKind, Status
from studytool.model.names import ASKS, KIND_NAMES, STATUSES

WITHDRAWN_TAG = "已撤回"
_WITHDRAWN_STEM = f"本题已撤回，请勿再学。在 Anki 的浏览窗口搜索 tag:{WITHDRAWN_TAG} 可以找到并删除。"

# An empty comment between two characters takes Anki's meaning from them and nothing from what people see:
# braces (clozes, fields), double colons (the hint of a cloze), tags in brackets (sounds, LaTeX).
_SEPARATED = re.compile(r"[{}]|:(?=:|$)|\[(?=sound:|anki:|/?latex\]|/?\$)", re.IGNORECASE)
# What HTML or Anki may take for something else begins with one of these; most texts have none.
_TELLING = re.compile("[&<>\"'{}:\\[\n]")

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile("<[^>]*>")
_SPACE = re.compile(r"\s+")
_REMEMBERED = 4096  # names of tags and decks, marks of fields: many notes have the same

# Places of fields in `anki_models.FIELDS`: those people may edit, and the spare one that holds their marks.
EDITABLE_FIELDS = (1, 2, 3, 4)
MARKS_FIELD = 8


def shown(text: str) -> str:
    """Text as HTML, with nothing in it that HTML or Anki takes for a command."""
    if not _TELLING.search(text):
        return text
    return _SEPARATED.sub(r"\g<0><!-- -->", html.escape(text)).replace("\n", "<br>")


def fields(item: Item, deck: Deck) -> list[str]:
    """The note's fields in the order of `anki_models.FIELDS`."""
    remarked = [*map(shown, remarks(item)), *_accepted(item)]
    made = [
        item.id,
        _clozed(item) if item.kind is ItemKind.CLOZE else shown(item.stem),
        _options(item),
        _answer(item),
        "<br>".join(remarked),
        shown(item.quotation),
        shown(origin(item, deck)),
        "1" if deck.typed and item.kind is ItemKind.CLOZE else "",
        *("", "", ""),
    ]
    made[MARKS_FIELD] = " ".join(marks(made))
    return made


def marks(made: Sequence[str]) -> tuple[str, ...]:
    """Of each field people may edit, a mark of its text: `import` tells by it what they have changed.

    It is of the text, not of the HTML: Anki's editor writes HTML its own way without changing a word."""
    return tuple(_mark(made[n]) for n in EDITABLE_FIELDS)


@lru_cache(_REMEMBERED)
def _mark(field: str) -> str:
    return hashlib.sha256(_text(field).encode()).hexdigest()[:8]


def own_remarks(item: Item) -> tuple[str, ...]:
    """The lines of the field 解析 that are not the item's explanation."""
    alone = replace(item, explanation=None)
    return (*remarks(alone), *(html.unescape(_COMMENT.sub("", line)) for line in _accepted(item)))


def _text(field: str) -> str:
    bare = _ELEMENT.sub("", _COMMENT.sub("", field)) if "<" in field else field
    return "".join(html.unescape(bare).split())


def withdrawn_fields(item: Item) -> list[str]:
    """The fields of a note that must not be learnt any more: nothing of the question is left."""
    stem = _WITHDRAWN_STEM + ("{{c1::　}}" if item.kind is ItemKind.CLOZE else "")
    return [item.id, stem, *[""] * 9]


def tags(item: Item, deck: Deck) -> list[str]:
    """来源::…, 题型::…, 类别::…, 状态::…, and the item's own under 标签."""
    return list(_tags(deck.source_title(item), item.kind, item.asks, item.status, item.tags))


@lru_cache(_REMEMBERED)
def _tags(
    source: str, kind: ItemKind, asks: KnowledgeKind, status: Status, own: tuple[str, ...]
) -> tuple[str, ...]:
    groups = (
        ("来源", source),
        ("题型", KIND_NAMES[kind]),
        ("类别", ASKS[asks]),
        ("状态", STATUSES[status]),
        *(("标签", tag) for tag in own),
    )
    return tuple(f"{group}::{tag}" for group, name in groups if (tag := _tag(name)))


def deck_name(item: Item, deck: Deck) -> str:
    """The subdeck an item goes into: title::source::article."""
    return _subdeck(deck.title, deck.source_title(item), item.article)


@lru_cache(_REMEMBERED)
def _subdeck(title: str, source: str, article: str) -> str:
    return "::".join((_root(title), _component(source), _component(article)))


def root_name(deck: Deck) -> str:
    """The deck's own name; a title may nest decks the way Anki does, with `::`."""
    return _root(deck.title)


def _root(title: str) -> str:
    named = (name for name in title.split("::") if name.strip(" :"))
    return "::".join(map(_component, named)) or "学习"


@lru_cache(_REMEMBERED)
def _component(name: str) -> str:
    return _SPACE.sub(" ", name).replace("::", "：：").replace('"', "”").strip(" :") or "未名"


def _tag(name: str) -> str:
    return _SPACE.sub("_", name.strip()).replace("::", "：：").replace('"', "”").strip(":")


def _clozed(item: Item) -> str:
    """The stem with its blanks filled as one cloze, so that one item is one card."""
    answers = (f"{{{{c1::{shown(answer)}}}}}" for answer in item.key)
    between = map(shown, item.stem.split(BLANK))
    return "".join(chain.from_iterable(zip_longest(between, answers, fillvalue="")))


def _options(item: Item) -> str:
    if item.kind in CHOICES or item.kind is ItemKind.ORDERING:
        return _list("ol", item.options)
    if item.kind is ItemKind.TRUE_FALSE:
        return _list("ol", (RIGHT, WRONG))
    if item.kind is ItemKind.MATCHING:
        return _list("ul", (pair.left for pair in pairs(item))) + _list("ol", rights(item))
    return ""


def _answer(item: Item) -> str:
    if item.kind is ItemKind.MATCHING:
        return _list("ul", (f"{pair.left} — {pair.right}" for pair in pairs(item)))
    ranked = item.kind is ItemKind.ORDERING or (item.kind is ItemKind.SHORT_ANSWER and len(item.key) > 1)
    return _list("ol" if ranked else "ul", item.key)


def _accepted(item: Item) -> list[str]:
    if item.kind is not ItemKind.CLOZE:
        return []
    return [
        shown(f"“{part}”也可答：{'、'.join(others)}")
        for part, others in zip(item.key, variants(item), strict=False)
        if others
    ]


def _list(tag: str, texts: Iterable[str]) -> str:
    entries = "</li><li>".join(map(shown, texts))
    return f"<{tag}><li>{entries}</li></{tag}>"
