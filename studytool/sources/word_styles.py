"""Word's styles.xml and numbering.xml -> what each paragraph style says: heading level, list, look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from studytool.sources.numbering import Level, Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = frozenset(("0", "false", "off", "none"))

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_TITLES = {"title": 1, "标题": 1, "subtitle": 2, "副标题": 2}
_BLACK_FACE = re.compile(r"hei(?!ti light)|黑|小标宋", re.IGNORECASE)
_BODY_FACE = re.compile(r"yahei|微软雅黑|light", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look: size in half-points, bold or in a black face (黑体)."""

    size: int = 21
    bold: bool = False
    black: bool = False

    @property
    def is_dark(self) -> bool:
        return self.bold or self.black


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: a heading level (0: none), a list, a look, whether it lists contents."""

    level: int = 0
    list_id: str | None = None
    depth: int = 0
    look: Look = Look()
    is_contents: bool = False


def looked(look: Look, properties: Any) -> Look:
    """`look` with what the run properties say laid over it."""
    if properties is None:
        return look
    bold, size, fonts = (properties.find(W + name) for name in ("b", "sz", "rFonts"))
    face = None if fonts is None else fonts.get(W + "eastAsia")
    return Look(
        look.size if size is None else int(float(size.get(W + "val", "21"))),
        look.bold if bold is None else bold.get(W + "val") not in OFF,
        look.black if not face else bool(_BLACK_FACE.search(face)) and not _BODY_FACE.search(face),
    )


def character_looks(document: Any) -> dict[str, Any]:
    """Character style id -> its run properties."""
    return {
        element.get(W + "styleId"): element.find(W + "rPr")
        for element in document.styles.element.iterchildren(W + "style")
        if element.get(W + "type") == "character"
    }


def styles_of(document: Any) -> dict[str, Style]:
    """Style id -> what it says, inherited from what it is based on; "" is the default style."""
    elements = {
        element.get(W + "styleId"): element
        for element in document.styles.element.iterchildren(W + "style")
        if element.get(W + "type") == "paragraph"
    }
    defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    look = looked(Look(), defaults)
    styles = {name: _style_of(element, elements, look) for name, element in elements.items()}
    default = next((name for name, one in elements.items() if one.get(W + "default") == "1"), None)
    return {**styles, "": styles.get(default or "", Style(look=look))}


def _style_of(element: Any, elements: Mapping[str, Any], look: Look) -> Style:
    chain = [element]
    while (base := chain[-1].find(W + "basedOn")) is not None and len(chain) < 20:
        parent = elements.get(base.get(W + "val"))
        if parent is None:
            break
        chain.append(parent)
    style = Style(look=look)
    for one in reversed(chain):
        style = overlaid(style, one.find(W + "pPr"))
        name = one.find(W + "name").get(W + "val") if one.find(W + "name") is not None else ""
        style = replace(
            style,
            level=_named_level(name) or style.level,
            look=looked(style.look, one.find(W + "rPr")),
            is_contents=_CONTENTS.fullmatch(name) is not None,
        )
    return style


def _named_level(name: str) -> int:
    found = _HEADING.match(name)
    return int(found[1]) if found else _TITLES.get(name.lower(), 0)


def overlaid(style: Style, properties: Any) -> Style:
    if properties is None:
        return style
    outline, number = properties.find(W + "outlineLvl"), properties.find(W + "numPr")
    if outline is not None:
        level = int(outline.get(W + "val", "9"))
        style = replace(style, level=level + 1 if level < 9 else 0)
    if number is None:
        return style
    list_id, depth = number.find(W + "numId"), number.find(W + "ilvl")
    return replace(
        style,
        list_id=style.list_id if list_id is None else list_id.get(W + "val"),
        depth=style.depth if depth is None else int(depth.get(W + "val", "0")),
    )


def numbering_of(document: Any) -> Numbering:
    related = {part.reltype.rpartition("/")[2]: part for part in document.part.rels.values()}
    if "numbering" not in related:
        return Numbering({}, {})
    root = related["numbering"].target_part.element
    levels = {one.get(W + "abstractNumId"): _levels(one) for one in root.iterchildren(W + "abstractNum")}
    lists = {one.get(W + "numId"): _list(one) for one in root.iterchildren(W + "num")}
    return Numbering(lists, levels)


def _levels(definition: Any) -> dict[int, Level]:
    return {int(one.get(W + "ilvl")): _level(one) for one in definition.iterchildren(W + "lvl")}


def _level(element: Any) -> Level:
    def value(name: str, default: str) -> str:
        found = element.find(W + name)
        return default if found is None else str(found.get(W + "val", default))

    arabic = element.find(W + "isLgl") is not None
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1")), arabic)


def _list(element: Any) -> tuple[str, dict[int, int]]:
    starts = {
        int(one.get(W + "ilvl")): int(one.find(W + "startOverride").get(W + "val"))
        for one in element.iterchildren(W + "lvlOverride")
        if one.find(W + "startOverride") is not None
    }
    definition = element.find(W + "abstractNumId")
    return ("" if definition is None else str(definition.get(W + "val"))), starts
