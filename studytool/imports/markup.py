"""HTML as somebody's editor wrote it -> the text people see of it, line by line.

Surprising: only tags there are in HTML are taken for tags, because authors write “若 a<b 且 c>d” as well; and
what a text cannot show (a picture, a formula) raises Unclear, since the question would lack it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from studytool.imports.answers import Unclear
from studytool.imports.marked import check_files
from studytool.model import BLANK

BLOCK = "\f"  # between texts that stand on lines of their own; `<br>` is a line break as it is
BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "nav", "ol", "p", "pre", "prompt", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
)  # fmt: skip
_INLINE = (
    "a", "abbr", "b", "big", "br", "cite", "code", "col", "colgroup", "dfn", "em", "font", "head", "html",
    "i", "ins", "kbd", "label", "mark", "meta", "nobr", "q", "rp", "rt", "ruby", "samp", "small", "span",
    "strong", "sub", "sup", "tt", "u", "var", "wbr",
)  # fmt: skip
# What no text can stand for.
MISSING = {
    **dict.fromkeys(("img", "image", "picture", "svg", "canvas", "map"), "图片"),
    **dict.fromkeys(
        ("audio", "video", "source", "track", "object", "embed", "applet", "iframe"), "音频、视频或附件"
    ),
    **dict.fromkeys(("math",), "公式"),
    **dict.fromkeys(("input", "select", "textarea", "button"), "表单"),
    **dict.fromkeys(("del", "s", "strike"), "删除线"),
}
_UNSEEN = ("script", "style", "title")
_TAGS = frozenset((*BLOCKS, *_INLINE, *MISSING, *_UNSEEN))

_VALUE = r"\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++)"
_BARE = r"(?:checked|controls|disabled|hidden|nowrap|readonly|selected)(?=[\s/>])"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?:\s++(?:[\w:.-]++{_VALUE}|{_BARE}))*+\s*+/?>"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|(?P<open>\Z))|<!\[(?:if|endif)\b[^<>]*+>", re.DOTALL)
_SPACES = re.compile(r"\s++")
_SOFT = re.compile("\r+")
_NOTHING = re.compile(r"[\s_　]++")
_UP = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-()n", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ")
_SHIFTED = re.compile(r"[0-9+\-()n]+")
_WIDE = "\u2000"  # from here on no space is wanted where a source breaks its line


def plain(markup: str | None, *, lined: bool = False) -> str:
    """The text people see of a piece of HTML; `lined` keeps the line breaks of the source."""
    text = _uncommented(markup or "")
    check_files(text)
    return settled(_pieces(text, lined=lined))


def settled(pieces: Iterable[str]) -> str:
    """The text of pieces that come from `flowing`, with BLOCKs and line breaks between them."""
    parts = ("".join(pieces)).replace("\xa0", " ").split(BLOCK)
    lines = (_SOFT.sub(_hardened, part).strip() for part in parts)
    return "\n".join(line for line in lines if line)


def flowing(text: str) -> str:
    """Text of a source that may break its lines anywhere: such a break is no line break to people."""
    return _SPACES.sub(lambda found: "\r" if "\n" in found[0] or "\r" in found[0] else found[0], text)


def styled(name: str, text: str) -> str:
    """What stands in one element alone: an underlined nothing is a gap, 10<sup>2</sup> is not 102."""
    if name == "u" and _NOTHING.fullmatch(text):
        return BLANK
    if name in ("sup", "sub") and _SHIFTED.fullmatch(text.strip()):
        return text.strip().translate(_UP if name == "sup" else _DOWN)
    return text


def check_shown(name: str) -> None:
    """Raises Unclear for an element that holds no text."""
    what = MISSING.get(name.rpartition(":")[2])
    if what:
        raise Unclear(f"题里有{what}，只能导入文字")


def _hardened(found: re.Match[str]) -> str:
    """A space for a soft break between words; nothing at the end of a line and beside Chinese."""
    text = found.string
    sides = (text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1])
    return " " if all(side and not side.isspace() and side < _WIDE for side in sides) else ""


def _uncommented(markup: str) -> str:
    def nothing(found: re.Match[str]) -> str:
        if found["open"] is not None:
            raise Unclear("题里的 HTML 注释（<!--）没有结束")
        return ""

    return _COMMENT.sub(nothing, markup)


def _pieces(markup: str, *, lined: bool) -> Iterable[str]:
    at, inside, kept, unseen = 0, "", lined, ""
    for found in _TAG.finditer(markup):
        name = found["name"].lower()
        if not _is_known(name):
            continue
        text, at = markup[at : found.start()], found.end()
        if not unseen:
            yield styled(inside if found["end"] and name == inside else "", _read(text, lined=kept))
            check_shown(name)
            yield "\n" if name == "br" else BLOCK if name in BLOCKS else ""
        if name in _UNSEEN:
            unseen = "" if found["end"] else unseen or name
        kept = not found["end"] if name == "pre" else kept
        inside = "" if found["end"] else name
    if not unseen:
        yield _read(markup[at:], lined=kept)


def _is_known(name: str) -> bool:
    return name in _TAGS or ":" in name


def _read(text: str, *, lined: bool) -> str:
    """The characters of a text between tags."""
    return html.unescape(text if lined else flowing(text))
