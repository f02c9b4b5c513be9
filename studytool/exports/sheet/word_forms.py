"""The forms of a Word paper: styles with their East Asian fonts, numbering, fields, ruled lines.

What python-docx has no words for is written here as WordprocessingML, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

RULE = "__"  # about an em of a blank: unlike underlined spaces it is read back as a blank
# Spaces that hold the brackets together: at a full-width one LibreOffice would tear them apart.
SLOT = "（\u00a0\u00a0\u00a0\u00a0）"
QUESTION, OPTION, NOTE = "试题", "选项", "说明"
SECTION, NUMBER = "section", "number"

_LATIN = "Times New Roman"
_SONG, _HEI, _KAI = "宋体", "黑体", "楷体"
# Numbers of questions run on through all sections; those of sections are 一、二、.
_LEVELS = {
    SECTION: ("chineseCounting", "%1、", 0),
    NUMBER: ("decimal", "%1.", 8),
}
_ABSTRACT = """
<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/>
<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>
<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>
"""
_NUM = '<w:num {ns} w:numId="{id}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def prepare(document: Document, size: float) -> None:
    """Set up the styles a paper is written in; `size` is that of ordinary text, in points."""
    styles = document.styles
    _style(styles["Normal"], _SONG, size)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, font, scale in (("Title", _HEI, 1.75), ("Heading 1", _HEI, 1.1)):
        _style(styles[name], font, size * scale)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _plain_title(styles["Title"])
    heading = styles["Heading 1"].paragraph_format
    heading.space_before, heading.space_after, heading.keep_with_next = Pt(14), Pt(4), True
    for name, font in ((QUESTION, _SONG), (OPTION, _SONG), (NOTE, _KAI)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _style(style, font, size)
    styles[QUESTION].paragraph_format.space_before = Pt(5)
    styles[OPTION].paragraph_format.left_indent = Mm(8)
    for name in (QUESTION, OPTION):
        styles[name].paragraph_format.space_after = Pt(1)


def _style(style: ParagraphStyle, font: str, size: float) -> None:
    """Fonts for Latin and for Chinese text; Word keeps them apart."""
    style.font.name, style.font.size, style.font.bold = _LATIN, Pt(round(size * 2) / 2), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    language = style.element.rPr.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        style.element.rPr.append(language)
    language.set(qn("w:eastAsia"), "zh-CN")  # else Word may centre punctuation as in Taiwan


def _plain_title(style: ParagraphStyle) -> None:
    """Word's own title has a blue line under it."""
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


class Numbering:
    """The two running numbers of one paper; a new paper counts from one again."""

    def __init__(self, document: Document) -> None:
        element = document.part.numbering_part.element
        self._ids = {name: _add_list(element, *level) for name, level in _LEVELS.items()}

    def apply(self, paragraph: Paragraph, name: str) -> None:
        numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val = 0
        numbers.get_or_add_numId().val = self._ids[name]


def _add_list(numbering: BaseOxmlElement, style: str, text: str, indent: int) -> int:
    """Add a list to the numbering part; its id. Abstract lists must stand before concrete ones."""
    abstracts = numbering.findall(qn("w:abstractNum"))
    abstract = 1 + max((int(each.get(qn("w:abstractNumId"))) for each in abstracts), default=0)
    number = 1 + max((int(each.get(qn("w:numId"))) for each in numbering.findall(qn("w:num"))), default=0)
    gap = "tab" if indent else "nothing"
    form = _ABSTRACT.format(
        ns=nsdecls("w"), id=abstract, format=style, text=text, gap=gap, indent=round(indent * 56.7)
    )
    numbering.insert(len(abstracts), parse_xml(form.replace("\n", "")))
    numbering.append(parse_xml(_NUM.format(ns=nsdecls("w"), id=number, abstract=abstract)))
    return number


def count_pages_anew(section: Section) -> None:
    """The first page of the section is page 1."""
    properties = section._sectPr
    numbers = properties.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = OxmlElement("w:pgNumType")
        properties.find(qn("w:pgMar")).addnext(numbers)
    numbers.set(qn("w:start"), "1")


def page(line: Paragraph) -> None:
    """The number of the page, which Word fills in itself."""
    _field(line, "PAGE", lambda: line.add_run("1"))


def pages_of_section(line: Paragraph, last: str) -> None:
    """How many pages the section has. LibreOffice knows no such field and shows what Word would put another
    number for: the page on which `last` stands, a mark at the end of the section."""
    _field(line, "SECTIONPAGES", lambda: _field(line, f"PAGEREF {last}", lambda: line.add_run("1")))


def _field(line: Paragraph, code: str, show: Callable[[], object]) -> None:
    def part(kind: str) -> None:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        line.add_run()._r.append(mark)

    part("begin")
    instruction = OxmlElement("w:instrText")
    instruction.text = f" {code} "
    line.add_run()._r.append(instruction)
    part("separate")
    show()
    part("end")


def mark_end(document: Document, name: str) -> None:
    """Mark the last paragraph there is so far."""
    paragraph = document.add_paragraph() if not document.paragraphs else document.paragraphs[-1]
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for one in (start, end):
        one.set(qn("w:id"), str(len(document.sections)))
        paragraph._p.append(one)
    start.set(qn("w:name"), name)


def slot(paragraph: Paragraph) -> None:
    """Room for a letter or a sign, in the brackets that the notes of a section speak of."""
    paragraph.add_run(SLOT)


def rule_under(paragraph: Paragraph) -> None:
    """A line to write on."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/>'
        f'<w:between w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def fill(cell: _Cell, text: str) -> None:
    """Put a text into the middle of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.text = text
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
