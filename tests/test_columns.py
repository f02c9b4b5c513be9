"""A page in columns is read article by article, whatever the widths and the sizes of its headlines.

The pages are set by typst and read back from the PDF.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as some

from studytool import articles, sources
from studytool.exports.sheet import fonts
from studytool.model import Role
from studytool.sources import headings
from studytool.sources.glyphs import Glyph, segments_of
from studytool.sources.layout import lines_of
from studytool.sources.segments import Page, Segment

FONTS = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.folder())]
)
PAGE = """#set page(width: 600pt, height: 900pt, margin: 30pt)
#set text(font: "Studytool Song", size: 9pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.75em, spacing: 0.75em)
"""
# What each piece says of its topic; the number of sentences tells how long it is.
SENTENCES = (
    "{0}工作会议日前在河东召开，会议总结过去一年的工作，研究部署下一阶段的重点任务。",
    "会议指出，{0}工作关系全局，必须坚持以人民为中心，坚持系统观念，坚持守正创新。",
    "会议强调，要把{0}摆在更加突出的位置，健全体制机制，压实各方责任，形成工作合力。",
    "一年来，全市{0}项目完成投资36.5亿元，比上年增长7.2%，（其中新建项目）占比超过六成。",
    "各区、各部门要结合实际，制定（修订）实施细则，确保{0}各项措施落地见效。",
    "“{0}”专项行动开展以来，群众满意度明显提高，基层负担进一步减轻。",
)
TOPICS = ("粮食安全", "水利建设", "城市更新", "乡村振兴", "科技创新", "民生保障", "生态保护", "基层治理")


def paragraphs(topic: str, count: int) -> list[str]:
    """A piece on the topic, two sentences a paragraph."""
    told = [SENTENCES[at % len(SENTENCES)].format(topic) for at in range(count)]
    return ["".join(told[at : at + 2]) for at in range(0, count, 2)]


class Piece(NamedTuple):
    """A piece under its headline: so many sentences in columns, as wide as they are together (points)."""

    sentences: int
    columns: int
    width: int
    size: int = 20
    align: str = "center"
    above: str = ""
    below: str = ""

    def block(self, topic: str) -> str:
        """How typst sets it: the columns end at about the same height."""
        text = paragraphs(topic, self.sentences)
        each = int((self.width - 16 * (self.columns - 1)) / self.columns / 9)
        lines = sum(-(-(len(one) + 3) // each) for one in text)
        height = (-(-lines // self.columns) + (self.columns > 1)) * 13.4
        head = [
            f"#align({self.align}, par(first-line-indent: 0pt,"
            f' text(font: "Studytool {face}", size: {size}pt)[{words}]))'
            for words, face, size in (
                (self.above, "Kai", 12),
                (headline(topic), "Hei", self.size),
                (self.below, "Kai", 12),
            )
            if words
        ]
        columns = f"#block(height: {height}pt, width: 100%, columns({self.columns}, gutter: 16pt)["
        return "\n".join((f"#block(width: {self.width}pt)[", *head, columns, "\n\n".join(text), "])]"))


def headline(topic: str) -> str:
    return f"全力做好{topic}工作"


THREE, SMALL = Piece(12, 3, 540), Piece(6, 1, 170, size=14)
# Each row of a page is what stands side by side.
PAGES: dict[str, list[tuple[Piece, ...]]] = {
    "one piece in three columns": [(THREE,)],
    "two pieces side by side": [(Piece(8, 1, 170), Piece(12, 2, 350, size=24))],
    "pieces below each other in columns of the same width": [(THREE,), (THREE._replace(align="left"),)],
    "rows of small pieces below a large one, their headlines smaller": [
        (Piece(14, 3, 540, size=26),),
        (SMALL, SMALL._replace(size=16), SMALL._replace(width=160)),
        (Piece(12, 2, 350), SMALL),
    ],
    "short headlines over the middle of three columns": [
        (THREE._replace(size=14),),
        (THREE._replace(size=14),),
    ],
    "kickers above and subtitles below": [
        (THREE._replace(above="深入学习贯彻全会精神"),),
        (
            Piece(10, 2, 260, below="——来自河东基层的报道"),
            Piece(10, 2, 260, align="left", above="开局之年看河东"),
        ),
    ],
    "pieces of a few lines": [
        (Piece(4, 2, 540),),
        (Piece(2, 1, 170), Piece(4, 2, 350)),
        (Piece(4, 3, 540),),
    ],
}


def set_page(folder: Path, rows: list[tuple[Piece, ...]]) -> Path:
    """The PDF of a page with these pieces, the first on the first topic, and so on."""
    topics = iter(TOPICS)
    body = []
    for row in rows:
        cells = ", ".join(f"[{piece.block(next(topics))}]" for piece in row)
        body.append(f"#grid(columns: {len(row)}, column-gutter: 20pt, {cells})")
    place = folder / "page.typ"
    place.write_text(PAGE + "\n#v(20pt)\n".join(body), encoding="utf-8")
    made = typst.Compiler(str(place), root=str(folder), font_paths=FONTS).compile()
    assert isinstance(made, bytes)
    place.with_suffix(".pdf").write_bytes(made)
    return place.with_suffix(".pdf")


def read_back(place: Path) -> Iterator[tuple[str, str]]:
    """The title and the text of every article on the page."""
    (source,) = sources.discover([str(place)]).sources
    for article in articles.reconstruct(sources.read(source)):
        yield article.title, "".join(p.passage.text for p in article.paragraphs if p.role is Role.BODY)


@pytest.mark.parametrize("rows", PAGES.values(), ids=PAGES.keys())
def test_every_article_of_a_page_is_read_whole_under_its_own_headline(
    tmp_path: Path, rows: list[tuple[Piece, ...]]
) -> None:
    pieces = [piece for row in rows for piece in row]
    expected = {
        headline(topic): "".join(paragraphs(topic, piece.sentences))
        for topic, piece in zip(TOPICS, pieces, strict=False)
    }
    assert dict(read_back(set_page(tmp_path, rows))) == expected


# ---- columns of text, and tables -------------------------------------------------------------------

EM = 10.0
RUNNING = {
    "sentences through few lines": [
        ("全区经济社会发展，取得", "会议指出，粮食安全工作"),
        ("新的成绩，人民生活水平", "关系全局，必须坚持以"),
        ("有了提高。", "人民为中心。"),
    ],
    "lines that begin with a bracket, and end with a mark": [
        ("全区经济社会发展取得，", "（会议指出）粮食安全，"),
        ("新的成绩，人民生活水平", "《关系全局》必须坚持以"),
        ("有了提高，群众更加满意", "人民为中心，坚持守正"),
    ],
}
TABLES = {
    "words and figures": [("工业总产值", "1329.65"), ("农业总产值", "133.77"), ("财政收入", "96.5")],
    "names and posts": [
        ("滨河教育局", "王明 局长"),
        ("滨河民政局", "李华 局长"),
        ("滨河水务局", "赵军 局长"),
    ],
}


def cells(rows: list[tuple[str, str]]) -> list[int]:
    """How many cells each line has that is read from these rows, one under the other, of 11 ems a column."""
    segments = [
        Segment(text, left, left + EM * len(text), 20.0 * at, EM)
        for at, row in enumerate(rows)
        for text, left in zip(row, (0.0, 11 * EM + 12), strict=True)
    ]
    return [len(one.cells) for one in lines_of([Page(0, 200, tuple(segments))])]


@pytest.mark.parametrize("rows", RUNNING.values(), ids=RUNNING.keys())
def test_text_in_narrow_columns_is_no_table(rows: list[tuple[str, str]]) -> None:
    assert cells(rows) == [1] * 6


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES.keys())
def test_a_table_is_read_row_by_row(rows: list[tuple[str, str]]) -> None:
    assert cells(rows) == [2] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全力做好粮食安全工作", True),
        ("“双减”之后，孩子去哪儿了？", True),
        ("让老区人民过上好日子！", True),
        ("一、总体要求", False),
        ("会议强调，要坚持以人民为中心。", False),
        ("习近平", False),
    ],
)
def test_a_headline_may_ask_and_call_out_and_has_no_number(text: str, expected: bool) -> None:
    assert headings.is_headline(text) is expected


def test_marks_that_reach_into_the_gap_from_both_sides_join_no_columns() -> None:
    left, below, right = "牢记强军目标“五句话”", "为榜样积极争创先进单位", "（中华人民共和国主席令）"
    drawn = [(0.0, 100.0, left), (0.0, 120.0, below), (11 * EM + 5, 100.0, right)]
    glyphs = [
        Glyph(one, at + EM * number, at + EM * (number + 1), base, EM, False)
        for at, base, text in drawn
        for number, one in enumerate(text)
    ]
    assert [one.text for one in segments_of(glyphs)] == [left, right, below]


SEGMENTS = some.builds(
    lambda text, left, width, row, size: Segment(text, left, left + width, 7.5 * row, size),
    some.text("会议指出，。（《”一、1a", min_size=1, max_size=12),
    some.sampled_from([0.0, 50.0, 100.0, 107.0, 200.0, 207.0, 300.0]),
    some.sampled_from([5.0, 90.0, 95.0, 190.0, 300.0]),
    some.integers(0, 40),
    some.sampled_from([8.0, 9.0, 10.0, 12.0, 14.0, 16.0, 24.0]),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(some.lists(SEGMENTS, max_size=40))
def test_whatever_stands_where_nothing_of_a_page_is_lost_or_told_twice(drawn: list[Segment]) -> None:
    found = [cell.text for one in lines_of([Page(0, 320, tuple(drawn))]) for cell in one.cells]
    assert Counter(found) == Counter(one.text for one in drawn)
