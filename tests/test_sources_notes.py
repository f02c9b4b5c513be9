"""The marks of notes are no part of a text, and no raised digit becomes a digit of a figure."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from studytool import articles, sources
from studytool.model import Document
from studytool.sources import markdown_notes
from studytool.sources.note_marks import PlainMarks
from studytool.sources.raised import CLOSES, OPENS, Notes

TITLE = "河东区2023年统计公报"


def read(path: Path) -> Document:
    (source,) = sources.discover([str(path)]).sources
    return sources.read(source)


def paragraphs(path: Path) -> list[str]:
    """What a person reads of a file, below its title."""
    (article,) = articles.reconstruct(read(path))
    return [one.passage.text for one in article.paragraphs]


# ---- raised characters: {…} stands for what is raised ----------------------------------------------

# One text: the notes count up within it.
MARKS = [
    ("生产总值达到3521{1}亿元，增长6.1{2}%。", "生产总值达到3521亿元，增长6.1%。"),
    ("常住人口412{3}万人。", "常住人口412万人。"),
    ("“三会一课”{4}是基本制度{[5]}。{[6-7]}", "“三会一课”是基本制度。"),
    ("生产总值（GDP）{8}，GDP{9}增长6.1%{10}。", "生产总值（GDP），GDP增长6.1%。"),
    ("召开1次{①}，讲党课{注}{注释10}{*}。", "召开1次，讲党课。"),
    ("增长6.1{11}2024年", "增长6.1 2024年"),
    ("机构{1}{,2}、412{3}{，}{4}万人。", "机构、412万人。"),
    ("占地5km{2}，6亿Nm{3}。", "占地5km²，6亿Nm³。"),  # powers are never counted
    ("机关{12}、3.2×10{13}吨。", "机关、3.2×10¹³吨。"),
    ("全省的{1}/3，{4}/{5}、2{1}⁄2。", "全省的1/3，4/5、2¹⁄2。"),
    ("制度{14}/机制{15}。", "制度/机制。"),
    ("经{14}C测定", "经¹⁴C测定"),
    ("{14}C测定", "¹⁴C测定"),
    ("{1}GDP即生产总值。", "[1] GDP即生产总值。"),
    ("{1}本公报为初步统计数。", "[1] 本公报为初步统计数。"),
    ("{①}2023年数据。", "① 2023年数据。"),
]
POWERS = [
    ("建成5km{2}，库容3m{3}，开发5.2万米{2}。", "建成5km²，库容3m³，开发5.2万米²。"),
    ("造林5.2万hm{2}，水12dm{3}，km{2}·a。", "造林5.2万hm²，水12dm³，km²·a。"),
    ("发电3.2×10{4}千瓦时，10{-6}米。", "发电3.2×10⁴千瓦时，10⁻⁶米。"),
    ("二的十次方2{10}，Ca{2+}，x{n}。", "二的十次方2¹⁰，Ca²⁺，xⁿ。"),
    ("达到3521{4}亿元。", "达到3521⁴亿元。"),  # a note that no note comes before: in doubt it stays apart
    ("第10{th}届", "第10th届"),
    ("截至{2023}年底，{河东区}", "截至2023年底，河东区"),
    ("达到3521{2023}亿元。", "达到3521²⁰²³亿元。"),
]


def settled(notes: Notes, text: str) -> str:
    return notes.settled(text.replace("{", OPENS).replace("}", CLOSES))


def test_raised_marks_of_notes_are_left_out() -> None:
    notes = Notes()
    assert [settled(notes, text) for text, _ in MARKS] == [shown for _, shown in MARKS]


@pytest.mark.parametrize(("text", "shown"), POWERS)
def test_powers_stay_raised(text: str, shown: str) -> None:
    assert settled(Notes(), text) == shown


# ---- brackets in the line -------------------------------------------------------------------------

BRACKETS = {
    "they count up": (["“一基地三区”[1]，制度[2-3]。[4]", "又[1]。"], ["“一基地三区”，制度。", "又。"]),
    "a note is there": (
        ["见“三不放过”[1]，落实。", "[1] 见意见。"],
        ["见“三不放过”，落实。", "[1] 见意见。"],
    ),
    "some stand within a clause": (
        ["甲[1]，乙[2]。", "“三会一课”[3]制度和丙[4]会议。"],
        ["甲，乙。", "“三会一课”制度和丙会议。"],
    ),
    "a note is there for one within a clause": (
        ["坚持甲[1]制度。", "[1] 见意见。"],
        ["坚持甲制度。", "[1] 见意见。"],
    ),
    "places of a row": (["矩阵a[1]表示第一列，a[2]表示第二列。"], None),
    "points": (["学习[1]分、服务[2]分、监督[3]分。"], None),
    "what a list above numbers": (["[1]坚持学习。", "[2]坚持服务。", "一是学习[1]；二是服务[2]。"], None),
    "one alone": (["“一基地三区”[1]，落实。"], None),
    "they do not count up": (["甲[3]，乙[1]。"], None),
    "they number clauses": (["要做到：[1]坚持领导；[2]坚持改革。"], None),
    "the number of a paper": (["国发〔2012〕2号、中发〔89〕12号。"], None),
    "a year": (["《意见》[2012]，《办法》[2013]。"], None),
}


@pytest.mark.parametrize(("texts", "shown"), BRACKETS.values(), ids=BRACKETS.keys())
def test_brackets_are_marks_only_in_a_text_that_has_notes(texts: list[str], shown: list[str] | None) -> None:
    marks = PlainMarks(texts)
    assert [marks.without(text) for text in texts] == (shown or texts)


# ---- Markdown -------------------------------------------------------------------------------------

MARKDOWN = [
    ("达到3521[^1]亿元[^甲]。", "达到3521亿元。"),
    ("达到3521<sup>1</sup>亿元，5km<sup>2</sup>。", "达到3521亿元，5km²。"),
    ("占<sup>1</sup>/<sub>3</sub>，制度<sup>1</sup>。", "占1/<sub>3</sub>，制度。"),
    ("达到3521^1^亿元，3×10^4^吨。", "达到3521亿元，3×10⁴吨。"),
    ("制度$^{[1]}$，面积5m$^{2}$。", "制度，面积5m²。"),
    ("达到3521[1](#fn1)亿元[\\[2\\]](http://a/b)。", "达到3521亿元。"),
    ("甲\\[1\\]，乙[2]。", "甲，乙。"),
    ("增长6.1[^2]2024年", "增长6.1 2024年"),
    ("见[说明](http://a)^[见第3页。]。", "见[说明](http://a)。"),
    ("见[说明][1]。", "见[说明][1]。"),
    ("已经有人写了书〔1〕，也要写一本〔2〕。", "已经有人写了书，也要写一本。"),
    ("按照河政发〔2023〕5号文件办理。", "按照河政发〔2023〕5号文件办理。"),
    ("系数2^10，$x^2$。", "系数2^10，$x^2$。"),
    ("<sup></sup>^1^本公报数。", "[1]本公报数。"),  # a mark longer than its place
]


@pytest.mark.parametrize(("text", "shown"), MARKDOWN)
def test_marks_in_markdown_are_blanked_in_their_place(text: str, shown: str) -> None:
    blanked = markdown_notes.blanked(text)
    assert blanked.replace(markdown_notes.UNSEEN, "") == shown
    assert len(blanked) == len(text)
    assert blanked[-1] == text[-1]


def test_notes_in_markdown_are_no_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    notes = "[^1]: 初步核算数。\n    不含军队。\n\n    按现价计算。\n[^2]: 抽样调查数。\n"
    path.write_text(
        f"# {TITLE}\n\n河东区生产总值达到3521[^1]亿元。\n\n{notes}\n河东区常住人口412[^2]万人。\n",
        encoding="utf-8",
    )
    assert paragraphs(path) == ["河东区生产总值达到3521亿元。", "河东区常住人口412万人。"]


# ---- pages ----------------------------------------------------------------------------------------

PAGES = [
    ("达到3521<sup>1</sup>亿元。", "达到3521亿元。"),
    ("占<sup>1</sup>/<sub>3</sub>，制度<sup>1</sup>。", "占1/3，制度。"),
    ("达到3521<sup><a href='#fn7'>7</a></sup>亿元。", "达到3521亿元。"),
    ("达到3521<a href='#_ftn7'><sup>7</sup></a>亿元。", "达到3521亿元。"),
    ("达到3521<a href='#_ftn7'>7、8</a>亿元。", "达到3521亿元。"),
    ("达到3521<a href='a.html#cite_note-7'>7</a>亿元。", "达到3521亿元。"),
    ("达到3521<span style='font-size:8px;vertical-align: super'>1</span>亿元。", "达到3521亿元。"),
    ("达到3521<i class='note-ref'>1</i>亿元。", "达到3521亿元。"),
    ("达到3521<span class='sup--normal'>[7]</span>亿元。", "达到3521亿元。"),
    ("达到3521<span class='super'><sup>1</sup></span>亿元。", "达到3521亿元。"),
    ("达到<span class='super'>3521亿元</span>。", "达到3521亿元。"),
    ("达到<span class='supply'>35</span>21亿元。", "达到3521亿元。"),
    ("<span style='vertical-align:super'>河东区</span>达到3521亿元。", "河东区达到3521亿元。"),
    ("每季度召开1次<a href='#r4'>④</a>。", "每季度召开1次。"),
    ("占地5m<sup>2</sup>，CO<sub>2</sub>排放10<sup>4</sup>吨。", "占地5m²，CO2排放10⁴吨。"),
    ("排放CO<sub>2</sub>500万吨。", "排放CO₂500万吨。"),
    ("见<a href='#top'>第7页</a>，共<a href='/b'>12</a>人。", "见第7页，共12人。"),
    ("“一基地三区”[1]，制度<i>[2]</i>。", "“一基地三区”，制度。"),
]


@pytest.mark.parametrize(("text", "shown"), PAGES)
def test_marks_on_a_page_are_left_out(tmp_path: Path, text: str, shown: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><h1>{TITLE}</h1><div><p>{text}</p></div></body></html>", encoding="utf-8")
    assert paragraphs(path) == [shown]


# ---- Word -----------------------------------------------------------------------------------------

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def word(path: Path, body: str) -> Path:
    """A Word file with `body`; U…U is raised in it, its other text stands in plain runs."""
    whole = io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                data = data.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            new.writestr(info.filename, data)
    return path


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{''.join(runs)}</w:p>"


def above(text: str) -> str:
    return run(text, "<w:vertAlign w:val='superscript'/>")


def below(text: str) -> str:
    return run(text, "<w:vertAlign w:val='subscript'/>")


def formula(inner: str) -> str:
    return f"<m:oMath xmlns:m='{MATH}'>{inner}</m:oMath>"


WORD = {
    "a figure's note": ((run("达到3521"), above("1"), run("亿元。")), "达到3521亿元。"),
    "a fraction": ((run("占"), above("1"), run("/"), below("3"), run("，制度"), above("1")), "占1/3，制度"),
    "a note of two runs": ((run("基本制度"), above("1"), above("2"), run("。")), "基本制度。"),
    "a lowered digit": (
        (run("CO"), below("2"), run("500万吨，CO"), below("2"), run("减少。")),
        "CO₂500万吨，CO2减少。",
    ),
    "a measure": ((run("占地5km"), above("2"), run("，10"), above("4"), run("吨。")), "占地5km²，10⁴吨。"),
    "Word's footnote": (
        (run("地方党委成立"), "<w:r><w:footnoteReference w:id='2'/><w:t>*</w:t></w:r>", run("。")),
        "地方党委成立。",
    ),
    "Word's endnote": (
        (run("党委"), "<w:r><w:endnoteReference w:id='2'/></w:r>", run("成立。")),
        "党委成立。",
    ),
    "typed in the line": ((run("党委成立[1"), run("]，制度[2]"), run("。")), "党委成立，制度。"),
    "between two figures": (
        (run("增长6.1[1]2024年，达到甲[2]。"), run("又乙[3]。")),
        "增长6.1 2024年，达到甲。又乙。",
    ),
    "a formula": (
        (run("产量达到"), formula("<m:r><m:t>30.6</m:t></m:r>"), run("亿公斤。")),
        "产量达到30.6亿公斤。",
    ),
    "a fraction and a power": (
        (
            run("占"),
            formula(
                "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>5</m:t></m:r></m:den></m:f>"
            ),
            run("，共"),
            formula(
                "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"
            ),
            run("人。"),
        ),
        "占3/5，共10⁴人。",
    ),
}


def test_a_mark_in_a_cell_joins_no_figure(tmp_path: Path) -> None:
    cells = "".join(
        f"<w:tc>{paragraph(*runs)}</w:tc>" for runs in ((run("生产总值"),), (run("3521"), above("1")))
    )
    document = read(word(tmp_path / "a.docx", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert document.text == "生产总值\t3521"


def test_a_mark_in_a_cell_of_a_page_joins_no_figure(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    table = "<table><tr><td>生产总值<sup>1</sup></td><td>3521<sup>2</sup></td></tr></table>"
    path.write_text(f"<html><body><h1>{TITLE}</h1>{table}</body></html>", encoding="utf-8")
    assert read(path).text.splitlines()[1].split() == ["生产总值", "3521"]


@pytest.mark.parametrize(("runs", "shown"), WORD.values(), ids=WORD.keys())
def test_word_prints_text_without_the_marks_of_notes(
    tmp_path: Path, runs: tuple[str, ...], shown: str
) -> None:
    path = word(tmp_path / "a.docx", paragraph(*runs))
    document = read(path)
    assert [block.span.of(document.text) for block in document.blocks] == [shown]


# ---- tables of contents in Word -------------------------------------------------------------------

TAB = "<w:r><w:tab/></w:r>"
CHAPTER = paragraph(run("第一章 总则"), style="<w:pStyle w:val='Heading1'/>")
TEXT = paragraph(run("河东区坚持改革开放。"))
READ = ["第一章 总则", "河东区坚持改革开放。"]


def field(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


INSTRUCTION = "<w:r><w:instrText>TO</w:instrText></w:r><w:r><w:instrText>C \\o</w:instrText></w:r>"
CONTENTS = {
    "typed": (
        paragraph(run("目　录"))
        + "".join(paragraph(run(name), TAB, run("3")) for name in ("第一章 总则", "第二章 附则"))
        + CHAPTER
        + TEXT,
        READ,
    ),
    "a field": (
        paragraph(run("目录"))
        + paragraph(field("begin"), INSTRUCTION, field("separate"), run("第一章 总则"), TAB, run("1"))
        + paragraph(run("第二章 附则"), TAB, run("9"), field("end"))
        + CHAPTER
        + TEXT,
        READ,
    ),
    "a field that never ends": (paragraph(field("begin"), INSTRUCTION) + CHAPTER + TEXT, READ),
    "a content control": (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph(run('目录'))}{paragraph(run('第一章 总则 1'))}</w:sdtContent></w:sdt>"
        + CHAPTER
        + TEXT,
        READ,
    ),
    "no contents below the word": (paragraph(run("目录")) + CHAPTER + TEXT, ["目录", *READ]),
    "a line with a tab and a number": (
        CHAPTER + paragraph(run("合计"), TAB, run("12")),
        [READ[0], "合计 12"],
    ),
}


@pytest.mark.parametrize(("body", "shown"), CONTENTS.values(), ids=CONTENTS.keys())
def test_a_table_of_contents_is_no_text_and_takes_no_heading_with_it(
    tmp_path: Path, body: str, shown: list[str]
) -> None:
    document = read(word(tmp_path / "a.docx", body))
    assert [block.span.of(document.text) for block in document.blocks] == shown
