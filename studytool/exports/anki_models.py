"""Item kinds -> Anki note types, fixed for good.

Surprising: every kind has the same fields, spare ones included, because a note type whose fields change can
no longer update the notes that people already have. Templates and style may change; then the time below must.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import genanki

from studytool.data import text
from studytool.model import ItemKind
from studytool.model.names import KIND_NAMES

# Set this to the present (seconds since 1970) when a template or the style changes, and only then: Anki takes
# the note types of a deck if they are newer than those it has, and people's own changes to them with it.
TEMPLATES_CHANGED_AT = 1_795_226_000

FIELDS = ("ID", "题干", "选项", "答案", "解析", "依据", "出处", "输入", "备用1", "备用2", "备用3")
_STEM_FIELD = FIELDS.index("题干")


class _Look(NamedTuple):
    """What tells the cards of a kind apart: the note type's id, and how its options behave."""

    model_id: int
    options: str = ""  # class of the list: st-plain keeps it in order and without letters
    marks: str = ""  # attributes of the card, read by options.js


# The ids were drawn once; another id would be another note type, whose notes Anki does not update.
_LOOKS = {
    ItemKind.CLOZE: _Look(1_607_392_801),
    ItemKind.SINGLE_CHOICE: _Look(1_607_392_802, marks='data-marks="1" data-single="1"'),
    ItemKind.MULTIPLE_RESPONSE: _Look(1_607_392_803, marks='data-marks="1"'),
    ItemKind.TRUE_FALSE: _Look(1_607_392_804, options="st-plain", marks='data-marks="1" data-single="1"'),
    ItemKind.SHORT_ANSWER: _Look(1_607_392_805),
    ItemKind.MATCHING: _Look(1_607_392_806),
    ItemKind.ORDERING: _Look(1_607_392_807),
}


class _Model(genanki.Model):  # type: ignore[misc] # genanki has no types
    """A note type that is as old as its templates, not as the export."""

    def to_json(self, timestamp: float, deck_id: int) -> Any:  # noqa: ARG002 - genanki's signature
        return super().to_json(TEMPLATES_CHANGED_AT, deck_id)


@cache
def model(kind: ItemKind) -> genanki.Model:
    """The note type of a kind of item."""
    front, back = _front(kind), _back(kind)
    return _Model(
        _LOOKS[kind].model_id,
        f"studytool {KIND_NAMES[kind]}",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": KIND_NAMES[kind], "qfmt": front, "afmt": back}],
        css=text("anki/style.css"),
        model_type=genanki.Model.CLOZE if kind is ItemKind.CLOZE else genanki.Model.FRONT_BACK,
        sort_field_index=_STEM_FIELD,
    )


def _front(kind: ItemKind) -> str:
    return _page(kind, _question(kind))


def _back(kind: ItemKind) -> str:
    answer = "" if kind is ItemKind.CLOZE else text("anki/answer.html")
    return _page(kind, _question(kind) + answer + text("anki/behind.html"))


def _question(kind: ItemKind) -> str:
    if kind is ItemKind.CLOZE:
        return text("anki/cloze.html")
    return text("anki/question.html").replace(" OPTIONS", f" {_LOOKS[kind].options}".rstrip())


def _page(kind: ItemKind, inside: str) -> str:
    # The first class keeps Anki's MathJax from reading \( in a text as mathematics.
    classes = "st tex2jax_ignore mathjax_ignore"
    opened = f'<div class="{classes}" id="st" lang="zh-CN" data-id="{{{{ID}}}}" {_LOOKS[kind].marks}>'
    script = "" if kind is ItemKind.CLOZE else f"<script>\n{text('anki/options.js')}</script>\n"
    return f'{opened}\n<div class="st-kind">{KIND_NAMES[kind]}</div>\n{inside}</div>\n{script}'
