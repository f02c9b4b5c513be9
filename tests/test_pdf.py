"""What a PDF does not say is told from places: the order of characters, furniture, notes, lost pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst

from studytool import pipeline, sources, unread
from studytool.errors import UnreadableSource
from studytool.exports.sheet import fonts
from studytool.model import Document, Harvest
from studytool.sources.footnotes import settled
from studytool.sources.furniture import without_furniture
from studytool.sources.glyphs import Glyph, segments_of
from studytool.sources.layout import lines_of
from studytool.sources.prose import parts_of
from studytool.sources.segments import Page, Segment, rows_of

EM = 10.0

# ---- characters drawn later ------------------------------------------------------------------------


def drawn(text: str, at: float, base: float = 100.0, size: float = EM) -> list[Glyph]:
    """The characters of a run, one after the other; “_” keeps a hole of its width and draws nothing."""
    places = ((one, at + size * number) for number, one in enumerate(text))
    return [Glyph(one, left, left + size, base, size, False) for one, left in places if one != "_"]


LATER = {
    "marks of another font": ([("开展_两学一做_教育", 0), ("“", 20), ("”", 70)], ["开展“两学一做”教育"]),
    "both marks drawn as one run": ([("要求_四_落地", 0), ("“_”", 20)], ["要求“四”落地"]),
    "a mark before the line": ([("四个意识_是", 10), ("“", 0), ("”", 50)], ["“四个意识”是"]),
    "an edited character": ([("增强_四个自信", 0), ("了", 20)], ["增强了四个自信"]),
    "the cells of a table": ([("产值", 0), ("千元", 120), ("12", 60)], ["产值", "12", "千元"]),
}  # fmt: skip
OVER = {
    "a stamp over the line": [("中共滨河市委办公室", 0), ("印章", 33)],
    "a character that overlaps its neighbours": [("增强四个自信", 0), ("了", 15)],
}


@pytest.mark.parametrize(("runs", "expected"), LATER.values(), ids=LATER.keys())
def test_what_is_drawn_later_stands_in_its_hole(runs: list[tuple[str, float]], expected: list[str]) -> None:
    glyphs = [glyph for text, at in runs for glyph in drawn(text, at)]
    assert [segment.text for segment in segments_of(glyphs)] == expected


@pytest.mark.parametrize("runs", OVER.values(), ids=OVER.keys())
def test_what_is_drawn_over_a_line_stays_out_of_it(runs: list[tuple[str, float]]) -> None:
    glyphs = [glyph for text, at in runs for glyph in drawn(text, at)]
    text = "".join(segment.text for segment in segments_of(glyphs))
    assert text.startswith(runs[0][0])


@pytest.mark.parametrize(
    ("base", "size"), [(104.0, 10.0), (100.0, 30.0)], ids=["another line", "a stamp's type"]
)
def test_only_type_of_the_line_fills_its_holes(base: float, size: float) -> None:
    glyphs = [*drawn("开展_两学一做", 0), *drawn("印", 20, base, size)]
    assert "开展 两学一做" in "".join(segment.text for segment in segments_of(glyphs))


@pytest.mark.parametrize(("mark", "apart"), [("，", True), ("面", False)], ids=["a mark", "a character"])
def test_the_empty_half_of_a_mark_leaves_the_gap_between_columns_free(mark: str, apart: bool) -> None:
    left, right = "全区经济社会发展取得新的", "人民生活水平有了明显提高"
    rows = [
        (Segment(left + mark, 0, 130, 20 * at, EM), Segment(right, 137, 257, 20 * at, EM)) for at in range(8)
    ]
    lines = lines_of([Page(0, 200, tuple(cell for row in rows for cell in row))])
    assert ([len(one.cells) for one in lines] == [1] * 16) is apart


# ---- raised characters: {…} stands for what is raised ----------------------------------------------

# The lines of a text, one below the other: its notes are counted.
RAISED = {
    "powers": ("耕地3.2×10{4}公顷，占12km{2}、5hm{3}，10{-6}米", "耕地3.2×10⁴公顷，占12km²、5hm³，10⁻⁶米"),
    "numerators": ("应有{1}/2以上到会，用地2{1}/3亩", "应有1/2以上到会，用地2¹/3亩"),
    "an isotope": ("经{14}C测定", "经¹⁴C测定"),
    "a number no note comes before": ("达到3521{4}亿元", "达到3521⁴亿元"),
    "marks of notes": ("达到3521{1}亿元，制度{2}，增长6.1{3}%{[4]}。", "达到3521亿元，制度，增长6.1%。"),
    "marks as notes have them": (
        "铁路500公里{[3]}，制度{[4-5]} 12项{[6][7]}，甲{ii}",
        "铁路500公里，制度12项，甲",
    ),
    "a mark between figures": ("增长6.1{[2]}2024年", "增长6.1 2024年"),
    "the number of a note": ("{1}见统计公报", "[1]见统计公报"),
}


def with_raised(text: str, base: float = 100.0) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for at, piece in enumerate(re.split(r"[{}]", text)):
        size, above = (0.6 * EM, 0.35 * EM) if at % 2 else (EM, 0.0)
        glyphs += drawn(piece, glyphs[-1].right if glyphs else 0.0, base - above, size)
    return glyphs


def texts(*rows: str) -> list[str]:
    glyphs = [glyph for at, text in enumerate(rows) for glyph in with_raised(text, 100.0 + 16 * at)]
    found = settled(lines_of([Page(0, HEIGHT, segments_of(glyphs))]))
    return ["".join(cell.text for cell in line.cells) for line in found]


@pytest.mark.parametrize(("text", "shown"), RAISED.values(), ids=RAISED.keys())
def test_no_raised_digit_joins_a_figure_and_no_power_is_lost(text: str, shown: str) -> None:
    assert texts(text) == [shown]


def test_a_numerator_at_the_beginning_of_a_line_joins_no_figure_above() -> None:
    assert texts("全村人均用地为2", "{1}/3亩") == ["全村人均用地为2", "¹/3亩"]
    assert texts("赞成的占全体的", "{2}/3以上") == ["赞成的占全体的", "2/3以上"]


# ---- running heads and feet ------------------------------------------------------------------------

HEIGHT, WIDTH, TOP, LEADING = 600.0, 30, 70.0, 16.0
TEXT = "全区经济社会发展取得新的成绩人民生活水平有了明显提高"


def line(text: str, top: float, left: float = 50.0) -> Segment:
    return Segment(text, left, left + EM * len(text), top, EM)


def page(number: int, head: str = "", foot: str = "", first: str = "") -> Page:
    """A page full of text with a line above it (25 points) and one below; `first` begins its text."""
    full = f"{TEXT[number:]}{TEXT[:number]}"
    lines = [first or full, *[full] * 29]
    body = [line(words, TOP + LEADING * at) for at, words in enumerate(lines)]
    edges = [line(words, top) for words, top in ((head, 45.0), (foot, 575.0)) if words]
    return Page(number, HEIGHT, (*edges, *body))


def edges(pages: list[Page]) -> list[str]:
    """What is left at the edges of the pages, beside their text."""
    rows = [row for one in without_furniture(pages) for row in rows_of(one.segments)]
    return [cell.text for row in rows for cell in row if len(cell.text) < len(TEXT)]


HEADS = {
    "the same on left pages, another on right ones": ["学习读本", "第三章", "学习读本", "第三章"],
    "two pages of five": ["", "学习读本", "", "学习读本", ""],
    "with the number of the page": ["1学习读本", "2学习读本", "第三章 3", "4学习读本", "第三章 5"],
    "a chapter of one page among others": ["第一章 开篇", "学习读本", "第二章 奋进", "学习读本"],
    "a sentence on every page": ["内部资料，注意保存。"] * 4,
    "each only once, set off from the text": ["求索2024年第6期", "理论经纬"],
    "chapters where another page has only its number": ["1", "2", "第二章 奋进", "第三章 开拓"],
}
TEXTS = {
    "years of a chronicle": ["1921年", "1935年", "", "", ""],
    "ends of paragraphs": ["发展的重要内容", "取得的新的成绩", "人民生活的水平"],
    "sentences": ["我们必须长期坚持。", "我们必须长期坚持。", "", ""],
    "sentences that differ by figures": [f"20{n}年，产值达到{n * 137}亿元。" for n in (18, 19, 20, 21)],
    "numbered headings": ["一、总体要求", "二、重点任务", ""],
    "a number that is a line of the text": ["2", "3", "取得的新的成绩", ""],
    "the same words where other pages have text": ["工作的成绩", "工作的成绩", "", ""],
}
SET_OFF = {
    "annexes": ["附件1", "附件2", "附件3", ""],
    "sentences": ["我们必须长期坚持。", "我们必须长期坚持。", "", ""],
    "one page alone": ["工作动态"],
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS.keys())
def test_running_heads_and_feet_are_no_text(heads: list[str]) -> None:
    assert edges([page(number, head=head) for number, head in enumerate(heads)]) == []
    assert edges([page(number, foot=head) for number, head in enumerate(heads)]) == []


@pytest.mark.parametrize("lines", TEXTS.values(), ids=TEXTS.keys())
def test_the_first_line_of_the_text_is_no_running_head(lines: list[str]) -> None:
    kept = edges([page(number, first=text) for number, text in enumerate(lines)])
    assert kept == [text for text in lines if text and not text.isdigit()]


@pytest.mark.parametrize("heads", SET_OFF.values(), ids=SET_OFF.keys())
def test_what_no_running_head_says_is_kept_above_the_text(heads: list[str]) -> None:
    assert edges([page(number, head=head) for number, head in enumerate(heads)]) == [h for h in heads if h]


def test_a_title_in_the_middle_below_a_masthead_is_kept() -> None:
    titles = ["夏粮收购启动", "民生实事办结"]
    pages = [page(number, head="滨河简报") for number in range(2)]
    with_titles = [
        Page(one.number, HEIGHT, (*one.segments, line(title, 57.0, left=50 + EM * (len(TEXT) - 6) / 2)))
        for one, title in zip(pages, titles, strict=True)
    ]
    assert edges(with_titles) == titles


# ---- footnotes -------------------------------------------------------------------------------------


def parts(notes: list[str], *, raised: str = "1", gap: float = 3, size: float = EM) -> list[tuple[str, bool]]:
    """The short paragraphs of a page with these lines at its foot, and whether they stand aside."""
    text = [line(TEXT, TOP + LEADING * at) for at in range(20)]
    text[3] = text[3]._replace(marks=(raised,))
    foot = TOP + LEADING * (19 + gap)
    below = [line(note, foot + LEADING * at)._replace(size=size) for at, note in enumerate(notes)]
    found = parts_of(lines_of([Page(0, HEIGHT, (*text, *below))]))
    return [(part.text, part.aside) for part in found if not part.text.startswith(TEXT)]


NOTES = {
    "in small type": (["[1]见统计公报。"], {"size": 8.0}),
    "in type of the body, far below it": (["1机关设在普爱里34号。"], {}),
    "behind the end, numbered as no paragraph is": (["i数据来源：统计局。"], {"raised": "i", "gap": 1}),
}
NO_NOTES = {
    "a paragraph that begins with a count": (["5年来成绩显著。"], {"raised": "5"}),
    "a numbered paragraph": (["1.坚持党的领导。"], {}),
    "a number that is not raised in the text": (["3名代表发言。"], {}),
    "small type whose number is nowhere raised": (["[1]见统计公报。"], {"size": 8.0, "raised": "7"}),
    "numbered sentences in small type": (["①坚持党的领导。②走访群众4户。"], {"size": 8.0, "gap": 1.5}),
    "the heading of notes behind the text": (["注释："], {"size": 8.0}),
    "a small line without a mark": (["责任编辑赵明。"], {"size": 8.0}),
}


@pytest.mark.parametrize(("notes", "how"), NOTES.values(), ids=NOTES.keys())
def test_a_footnote_is_no_part_of_the_text(notes: list[str], how: dict[str, object]) -> None:
    assert parts(notes, **how) == [(note, True) for note in notes]  # type: ignore[arg-type]


@pytest.mark.parametrize(("notes", "how"), NO_NOTES.values(), ids=NO_NOTES.keys())
def test_what_may_be_text_is_read(notes: list[str], how: dict[str, object]) -> None:
    assert parts(notes, **how) == [(note, False) for note in notes]  # type: ignore[arg-type]


# ---- pages without text ----------------------------------------------------------------------------

PAGE = '#set page(width: 90mm, height: 60mm, margin: 8mm)\n#set text(font: "Studytool Song", size: 10pt)\n'
BEFORE = "全区坚持改革开放，扎实推进各项工作。全区经济社会发展取得新的成绩，人民生活水平明显"
BEHIND = "提高了城镇化水平，群众更加满意。全区新增就业岗位3200个，完成全年任务的108%。"
PICTURE = '#page(margin: 0mm, image("scan.png", width: 100%, height: 100%))'
PHOTO = "#place(dx: -8mm, dy: -8mm, rect(width: 90mm, height: 60mm, fill: gradient.linear(black, white)))"


def typeset(folder: Path, body: str, kind: str = "pdf") -> bytes:
    place = folder / "文.typ"
    place.write_text(PAGE + body, encoding="utf-8")
    ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.folder())]
    )
    made = typst.Compiler(str(place), root=str(folder), font_paths=ours).compile(format=kind, ppi=72)
    assert isinstance(made, bytes)
    return made


def with_page(folder: Path, picture: str, between: str = PICTURE, before: str = BEFORE) -> Document:
    """A text broken off by a page that holds the picture of what `picture` sets."""
    (folder / "scan.png").write_bytes(typeset(folder, picture, "png"))
    text = f"#text[{before}]\n{between}\n#text[{BEHIND}]"
    (folder / "文.pdf").write_bytes(typeset(folder, text))
    (source,) = sources.discover([str(folder / "文.pdf")]).sources
    return sources.read(source)


def told(made: Harvest) -> list[str]:
    return [doubt.reason.partition("，")[0] for _, doubt in made.doubts]


def test_nothing_goes_on_over_a_scanned_page(tmp_path: Path) -> None:
    made = pipeline.harvest(with_page(tmp_path, BEHIND * 3))
    texts = [p.passage.text for article in made.articles for p in article.paragraphs]
    assert texts == [BEFORE, BEHIND]
    assert told(made) == ["第 2 页是扫描图片", "句子中断", "上一页没有读到"]


def test_a_question_rests_on_no_sentence_beside_a_scanned_page(tmp_path: Path) -> None:
    evidence = "".join(item.evidence for item in pipeline.harvest(with_page(tmp_path, BEHIND * 3)).items)
    assert "人民生活水平明显" not in evidence
    assert "提高了城镇化水平" not in evidence


NO_SCANS = {
    "a blank page": (BEHIND, "#page[]"),
    "the scan of a blank page": ("", PICTURE),
    "a figure": (BEHIND * 3, '#page(image("scan.png", width: 50%))'),
}


@pytest.mark.parametrize(("picture", "between"), NO_SCANS.values(), ids=NO_SCANS.keys())
def test_a_sentence_goes_on_over_a_page_on_which_nothing_is_lost(
    tmp_path: Path, picture: str, between: str
) -> None:
    document = with_page(tmp_path, picture, between)
    assert unread.pages(document.text) == ()
    (article,) = pipeline.harvest(document).articles
    assert article.paragraphs[0].passage.text == BEFORE + BEHIND


@pytest.mark.parametrize(("end", "lost"), [("。", ()), ("", (2,))], ids=["between sentences", "within one"])
def test_a_photo_on_a_page_of_its_own_may_hide_the_rest_of_a_sentence(
    tmp_path: Path, end: str, lost: tuple[int, ...]
) -> None:
    assert unread.pages(with_page(tmp_path, PHOTO, before=BEFORE + end).text) == lost


def test_a_word_of_whoever_scanned_a_page_is_no_text_of_it(tmp_path: Path) -> None:
    between = PICTURE.removesuffix(")") + " + place(bottom, text(size: 6pt)[由扫描全能王扫描创建]))"
    assert unread.pages(with_page(tmp_path, BEHIND * 3, between).text) == (2,)


def test_which_pages_were_not_read_is_told(tmp_path: Path, run_here: Callable[..., Any]) -> None:
    with_page(tmp_path, BEHIND * 3)
    done = run_here(tmp_path / "题库.db", "build", str(tmp_path / "文.pdf"))
    said = [line for line in done.stderr.splitlines() if "没有文字层" in line]
    assert (done.returncode, len(said)) == (0, 1)
    assert re.search(r"文\.pdf：第 2 页是扫描图片.*；请", said[0])


def test_many_pages_are_told_on_one_line() -> None:
    said = unread.remark(range(2, 40))
    assert said.startswith("第 2、3、4、5、6、7、8、9、10、11、12、13 等 38 页")
    assert "\n" not in said


def test_vertical_writing_is_refused_with_the_reason(tmp_path: Path) -> None:
    columns = "".join(
        f"#place(dx: {60 - 8 * n}mm, stack(spacing: 2mm, ..{list(TEXT[:10])!r}))" for n in range(7)
    )
    (tmp_path / "竖.pdf").write_bytes(
        typeset(tmp_path, columns.replace("'", '"').replace("[", "(").replace("]", ")"))
    )
    (source,) = sources.discover([str(tmp_path / "竖.pdf")]).sources
    with pytest.raises(UnreadableSource, match=r"竖排.*；请"):
        sources.read(source)


def test_a_page_that_was_not_read_is_known_from_a_copy_made_on_windows() -> None:
    assert unread.pages(f"{unread.LINE.format(3)}\r\n{unread.LINE.format(4)}\r\n") == (3, 4)
