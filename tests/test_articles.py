"""Layout is lost for good: lines, furniture, heads and joints are found again from the language."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest

from studytool.articles import dates, doubts, footnotes, furniture, layout, lines, names, organs, reconstruct
from studytool.model import (
    Article,
    Block,
    BlockKind,
    Document,
    JointNote,
    Role,
    Source,
    SourceNote,
    Span,
    telling,
)

FIXTURES = Path(__file__).parent / "fixtures" / "articles"
SEEDS = Path(__file__).parent.parent / "seeds"


def cases(file: str, table: str) -> list[Any]:
    rows = tomllib.loads((FIXTURES / file).read_text(encoding="utf-8"))[table]
    return [pytest.param(row, id=row.get("name") or row.get("text") or row.get("words")) for row in rows]


def document(text: str, name: str = "page.txt", note: SourceNote | None = None) -> Document:
    source = Source("/" + name, name, "0", note or SourceNote())
    return Document(source, text, (Block(BlockKind.LINES, Span(0, len(text))),))


def whole(article: Article) -> str:
    return "".join(p.passage.text for p in article.paragraphs if p.role is Role.BODY)


@cache
def seed(number: str) -> tuple[Document, tuple[Article, ...]]:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    found = document(path.read_bytes().decode("utf-8"), path.name)
    return found, reconstruct(found)


def test_rows_of_figures_are_no_prose_broken_at_column_width() -> None:
    rows = [f"{name}类农产品的总产量 38728万吨 9.2" for name in "粮棉油糖茶果麻烟蚕菜药禽"]
    found = layout.lines_of(document("## 一、农业\n\n" + "\n".join(rows)))
    assert [line.text for line in found][:2] == ["一、农业", "粮类农产品的总产量38728万吨9.2"]
    assert len(found) == 1 + len(rows)


# ---- heads ------------------------------------------------------------------------------------------

BELOW = """
　　河东区坚持改革开放，扎实推进各项工作，全区经济社会发展取得新的成绩，人民生活水平有了明显提高。
　　全年新建学校三所，改造老旧小区十二个，新增就业岗位五千多个，城乡居民收入继续增加，社会大局保持和谐稳定。
　　新的一年，要继续抓好重点项目建设，进一步优化营商环境，切实保障和改善民生，推动高质量发展迈上新台阶。
"""


def test_a_short_line_between_whole_paragraphs_is_a_heading() -> None:
    (article,) = reconstruct(document("政府工作报告\n\n各位代表：\n\n2004年工作回顾\n" + BELOW))
    assert [p.passage.text for p in article.paragraphs if p.role is Role.HEADING] == ["2004年工作回顾"]


@pytest.mark.parametrize("case", cases("heads.toml", "head"))
def test_the_lines_above_a_text_are_told_apart(case: dict[str, Any]) -> None:
    (article,) = reconstruct(document("\n".join(case["lines"]) + BELOW))
    assert (article.title, article.subtitle) == (case["title"], case.get("subtitle"))
    assert (article.issuer, article.published_on) == (case.get("issuer"), case.get("published_on"))
    assert len(article.paragraphs) >= case.get("paragraphs", 3)
    assert (article.byline, article.genre or "") == (
        case.get("byline", article.byline),
        case.get("genre", article.genre or ""),
    )


@pytest.mark.parametrize("case", cases("heads.toml", "sent"))
def test_a_headline_may_be_counted_where_a_dateline_follows(case: dict[str, Any]) -> None:
    assert [piece.title for piece in reconstruct(document("\n".join(case["text"])))] == case["titles"]


# ---- one line ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("lines.toml", "line"))
def test_a_line_reads_cleanly_and_keeps_its_characters(case: dict[str, str]) -> None:
    (line,) = layout.lines_of(document(case["source"]))
    assert lines.paired(line.text) == case["reads"]
    found = lines.narrowed(document(case["source"]).text)
    at = [line.passage.source_at(i) for i in range(len(line.text))]
    assert [found[i] for i in at if found[i].isalnum()] == [c for c in line.text if c.isalnum()]


def paragraphs(texts: list[str]) -> Document:
    """What a word processor holds: each text a paragraph."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    spans = [Span(end - 1 - len(text), end - 1) for text, end in zip(texts, ends, strict=True)]
    blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in spans)
    return Document(Source("/a.docx", "a.docx", "0"), "\n".join(texts), blocks)


@pytest.mark.parametrize("case", cases("wrapped.toml", "lines"))
def test_lines_of_a_column_are_paragraphs_and_others_are_not(case: dict[str, Any]) -> None:
    found = paragraphs(case["text"]) if case.get("paragraphs") else document("\n".join(case["text"]))
    assert [line.text for line in layout.lines_of(found)] == case["reads"]


def test_a_paragraph_with_line_breaks_holds_paragraphs_where_its_lines_end_as_such() -> None:
    whole = "全市农业获得丰收\n全市粮食增产。\n农民收入增加。\n乡村面貌改善。"
    broken = "全市粮食总产量\n达到210万吨，比上年\n增长3%。"
    found = [line.text for line in layout.lines_of(paragraphs([whole, broken]))]
    assert found == [*whole.split("\n"), broken.replace("\n", "")]


@pytest.mark.parametrize("case", cases("lines.toml", "heading"))
def test_a_heading_keeps_the_space_between_its_halves(case: dict[str, str]) -> None:
    (line,) = layout.lines_of(document(case["source"]))
    assert lines.heading_text(line) == case["reads"]


@pytest.mark.parametrize("case", cases("furniture.toml", "line"))
def test_furniture_is_told_from_prose(case: dict[str, str]) -> None:
    (line,) = layout.lines_of(document(case["text"]))
    assert furniture.reason(line) == case.get("reason")


@pytest.mark.parametrize("case", cases("writers.toml", "byline"))
def test_a_byline_names_the_writers(case: dict[str, str]) -> None:
    assert (names.byline(case["text"]) or "") == case["names"]


@pytest.mark.parametrize("case", cases("writers.toml", "names"))
def test_a_line_of_names_needs_surnames(case: dict[str, str]) -> None:
    assert (names.names(case["text"]) or "") == case["names"]


@pytest.mark.parametrize("case", cases("writers.toml", "note"))
def test_an_author_note_is_recognised(case: dict[str, Any]) -> None:
    assert names.is_author_note(case["text"]) == case["is"]


@pytest.mark.parametrize("case", cases("footnotes.toml", "number"))
def test_a_number_behind_a_full_stop_is_a_footnotes_or_goes_on(case: dict[str, Any]) -> None:
    line, below = case["text"].split("│")
    assert footnotes.ends_with_note(line, below) == case["note"]


@pytest.mark.parametrize("case", cases("doubts.toml", "sentence"))
def test_probable_slips_are_doubted_and_good_text_is_not(case: dict[str, str]) -> None:
    assert [doubt.text for doubt in doubts.find(case["text"])][:1] == (
        [case["doubt"]] if case["doubt"] else []
    )


@pytest.mark.parametrize("case", cases("dates.toml", "head"))
def test_a_head_shows_its_day(case: dict[str, Any]) -> None:
    assert dates.find(case["text"]) == case["day"]


@pytest.mark.parametrize("case", cases("dates.toml", "undated"))
def test_less_than_a_whole_date_dates_nothing(case: dict[str, str]) -> None:
    assert dates.find(case["text"]) is None


@pytest.mark.parametrize("case", cases("dates.toml", "yearly"))
def test_a_meeting_that_sums_up_a_year_was_held_at_its_end(case: dict[str, Any]) -> None:
    assert dates.of_yearly_meeting(case["text"]) == case.get("day")


@pytest.mark.parametrize("case", cases("dates.toml", "issue"))
def test_a_monthly_shows_the_day_of_its_issue(case: dict[str, Any]) -> None:
    assert dates.of_issue(case["text"]) == case["day"]


@pytest.mark.parametrize("case", cases("dates.toml", "genre"))
def test_a_head_names_its_genre(case: dict[str, str]) -> None:
    assert (dates.genre_of(case["words"]) or "") == case["genre"]


# ---- pages -------------------------------------------------------------------------------------------


def check(article: Article, wanted: dict[str, Any]) -> None:
    text = whole(article)
    facts = {
        "title": article.title,
        "byline": article.byline,
        "genre": article.genre,
        "day": article.published_on,
    }
    assert {key: facts[key] for key in facts.keys() & wanted.keys()} == {
        key: wanted[key] for key in facts.keys() & wanted.keys()
    }
    assert [words for words in wanted.get("has", []) if words not in text] == []
    assert [words for words in wanted.get("lacks", []) if words in text] == []
    assert text.endswith(wanted.get("ends", ""))
    body = [p for p in article.paragraphs if p.role is Role.BODY]
    assert len(body) == wanted.get("paragraphs", len(body))
    assert body[-1].section == wanted.get("section", body[-1].section)
    assert sum(not joint.made for joint in article.joints) == wanted.get("open", 0)


@pytest.mark.parametrize("case", cases("pages.toml", "page"))
def test_a_page_becomes_its_articles(case: dict[str, Any]) -> None:
    found = reconstruct(document(case["text"]))
    assert len(found) == len(case["articles"])
    for article, wanted in zip(found, case["articles"], strict=True):
        check(article, wanted)


NAMED = {
    "03-政府工作报告.txt": "政府工作报告",
    "（2）《决定》辅导.txt": "《决定》辅导",
    "1. 2020年工作报告.txt": "2020年工作报告",
    "5.12讲话.txt": "5.12讲话",
    "110宣传日讲话.txt": "110宣传日讲话",
}


def suspected(text: str, *said: JointNote) -> list[str]:
    """How the paragraphs begin that may be another article's."""
    page = document(text, note=SourceNote(joints=said))
    found = (p for article in reconstruct(page) for p in article.paragraphs)
    return [p.passage.text[:6] for p in found if any("另一篇文章" in doubt.reason for doubt in p.doubts)]


MIXED = (FIXTURES / "mixed_page.txt").read_text(encoding="utf-8")


def printed(text: str, width: int) -> list[str]:
    """The lines of a column of this width."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def read_across(text: str) -> bool:
    """Is it doubted that the lines of the text go on in each other?"""
    found = (p for article in reconstruct(document(text)) for p in article.paragraphs)
    return any("串栏" in doubt.reason for p in found for doubt in p.doubts)


def test_lines_of_two_columns_read_as_one_are_doubted_and_those_of_one_column_are_not() -> None:
    _, water, library, *_ = MIXED.replace("\n", "").split("# ")
    left, right = printed(water.partition("工程")[2], 15), printed(library.partition("社区")[2], 15)
    assert read_across("\n".join(line for pair in zip(left, right, strict=False) for line in pair))
    assert not read_across("\n".join([*left, "", *right]))


PROVISIONS = """县级以上地方人民政府应当建立审查制度。
经承包方书面同意，可以再流转土地经营权。
荒山、荒沟、荒丘、荒滩可以直接承包经营。
发包方将农村土地发包给本集体经济组织以外的单位，应当事先公示。
因土地承包经营发生纠纷的，双方可以协商解决。
承包合同中违背承包方意愿的约定无效。
当事人一方不履行合同义务的，应当依法承担违约责任。
违反土地管理法规的，依法给予处罚。
土地经营权人擅自改变土地用途的，发包方可以终止合同。
本法实施前已经承包的，继续有效。"""


def test_a_blank_behind_the_number_of_a_provision_is_no_end_of_a_line() -> None:
    ones = ("", *"一二三四五六七八九")
    numerals = [f"{tens}十{one}" for tens in "二三四五六" for one in ones]
    rules = [f"第{at}条　{rule}" for at, rule in zip(numerals, 5 * PROVISIONS.split("\n"), strict=True)]
    assert not read_across("\n".join(["河东市农村土地承包条例", *rules]))


def test_what_stands_behind_a_broken_sentence_and_is_rather_another_articles_is_doubted() -> None:
    assert suspected(MIXED) == ["每个灌区都照", "全县灌区水的", "渠道衬砌用上"]


def test_what_stands_behind_a_sentence_of_which_a_person_says_that_its_end_is_lost_is_believed() -> None:
    assert suspected(MIXED, JointNote("读者讲书、评书，")) == []


def test_what_stands_behind_a_broken_sentence_and_is_of_its_subject_is_believed() -> None:
    before, _, _ = MIXED.partition("每个灌区")
    more = (
        "还请来作家讲课。图书馆办起流动书车，开进工地和学校，读者在书车上借书还书，馆员随车推荐新书。\n\n"
        "总馆把目录放到网上，读者先检索、预约，再到社区分馆取书。旧书由志愿者修补，少年儿童阅览室添了绘本。\n\n"
        "读书会的讲座录成音像，放在社区图书馆里。借书证不收押金，一年办证三万张，每张证一年借书九册。\n\n"
        "社区居民说，图书馆开到楼下，孩子放学先去阅览室，老人上午来读报，借书还书不出小区，藏书也对得上胃口。\n\n"
        "今年还要建成社区图书馆六个，藏书增加到五十万册，馆员轮流培训，图书馆每周开放的时间还要延长。\n"
    )
    assert suspected(before + more) == []
    too_little_to_tell, _, _ = more.partition("总馆")
    assert suspected(before + too_little_to_tell) == ["还请来作家讲"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("稳中求进（河东日报2019-07-22）.txt", date(2019, 7, 22)),
        ("稳中求进（求是 2021.9.30）.docx", date(2021, 9, 30)),
        ("稳中求进2019-07-22.txt", None),
        ("稳中求进（修改稿2019-07-22）.txt", None),
    ],
)
def test_a_file_may_be_named_with_the_paper_it_stood_in_and_its_day(name: str, day: date | None) -> None:
    text = "在市委市政府的坚强领导下，全市上下坚持稳中求进。\n\n全年粮食产量稳定，居民收入增加。\n"
    (found,) = reconstruct(document(text, name))
    assert found.published_on == day


@pytest.mark.parametrize(
    ("name", "opening", "day"),
    [
        ("全市防汛会（2020-07-17）.txt", "7月17日，市防汛指挥部召开会议。", date(2020, 7, 17)),
        ("全市防汛会（2020-07-18）.txt", "河东日报7月17日讯 市防汛指挥部召开会议。", date(2020, 7, 18)),
        ("全市防汛会（2020-07-02）.txt", "6月30日下午，市防汛指挥部召开会议。", date(2020, 7, 2)),
        ("全市防汛会（2020-07-02）.txt", "市防汛指挥部2日下午召开会议。", None),  # of any month
        ("全市防汛会（2020-08-17）.txt", "7月17日，市防汛指挥部召开会议。", None),
        ("全市防汛会（2020-07-17）.txt", "2019年7月17日，市防汛指挥部召开会议。", None),
        ("全市防汛会（2020-07-17）.txt", "市防汛指挥部召开会议。", None),
    ],
)
def test_a_day_in_the_name_of_a_file_is_believed_where_news_opens_with_it(
    name: str, opening: str, day: date | None
) -> None:
    text = f"{opening}会议要求，各级各部门要认真落实防汛责任制。\n\n会议指出，全市上下要团结一心。\n"
    (found,) = reconstruct(document(text, name))
    assert found.published_on == day


@pytest.mark.parametrize(("name", "title"), NAMED.items(), ids=NAMED)
def test_the_place_of_a_file_in_its_folder_is_no_part_of_its_title(name: str, title: str) -> None:
    text = "在市委市政府的坚强领导下，全市上下坚持稳中求进。\n\n全年粮食产量稳定，居民收入增加。\n"
    (found,) = reconstruct(document(text, name))
    assert found.title == title


@pytest.mark.parametrize("case", cases("signatures.toml", "paper"))
def test_a_paper_is_signed_and_its_annexes_are_told_apart(case: dict[str, Any]) -> None:
    found = reconstruct(document(case["text"]))
    told = [[a.title, a.issuer or "", a.published_on or ""] for a in found]
    assert told == case["articles"]
    text = "".join(p.passage.text for a in found for p in a.paragraphs)
    assert [words for words in case.get("lacks", []) if words in text] == []


def test_blocks_of_a_reader_are_headings_and_paragraphs() -> None:
    text = "关于推进工作的意见\n一、总体要求\n坚持党的领导，坚持稳中求进。\n"
    spans = [Span(0, 9), Span(10, 16), Span(17, 32)]
    kinds = (BlockKind.HEADING, BlockKind.HEADING, BlockKind.PARAGRAPH)
    blocks = tuple(
        Block(kind, span, int(kind is BlockKind.HEADING)) for kind, span in zip(kinds, spans, strict=True)
    )
    (article,) = reconstruct(Document(Source("/a.docx", "a.docx", "0"), text, blocks))
    assert (article.title, article.genre) == ("关于推进工作的意见", "文件")
    assert [(p.role, p.section) for p in article.paragraphs] == [
        (Role.HEADING, "一、总体要求"),
        (Role.BODY, "一、总体要求"),
    ]


def test_what_a_person_says_goes_before_what_a_single_text_seems_to_say() -> None:
    note = SourceNote(title="政府工作报告（2024年）", issuer="天津市人民政府", published_on=date(2024, 1, 23))
    text = "# 政府工作报告\n\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n"
    (article,) = reconstruct(document(text, note=note))
    assert (article.title, article.issuer, article.published_on) == (
        note.title,
        note.issuer,
        note.published_on,
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("河东日报", "河东省人民政府"), ("河东省人民政府办公厅", "河东省人民政府办公厅")],
    ids=["by a newspaper", "by an organ"],
)
def test_a_report_is_the_governments_whoever_printed_it(printed: str, expected: str) -> None:
    text = "# 政府工作报告\n\n——2026年1月27日在河东省第十四届人民代表大会第四次会议上\n\n省长 李明\n"
    (article,) = reconstruct(document(f"{text}{BELOW}", note=SourceNote(issuer=printed)))
    assert article.issuer == expected


@pytest.mark.parametrize("named", ["下载", "当前位置：", "每周一学（2021年11月8日—14日）"])
def test_a_button_or_a_column_names_no_text_that_has_a_title(named: str) -> None:
    text = "扎实推动共同富裕\n\n李明\n"
    (article,) = reconstruct(document(f"{text}{BELOW}", note=SourceNote(title=named)))
    assert article.title == "扎实推动共同富裕"


def test_front_matter_names_and_dates_a_file() -> None:
    text = "---\ntitle: 市政府工作报告\ndate: '2019-02-24'\n---\n\n各位代表：\n\n现在，我向大会报告工作。\n"
    (article,) = reconstruct(document(text))
    assert (article.title, article.published_on) == ("市政府工作报告", date(2019, 2, 24))
    assert "title" not in whole(article)


def test_a_title_spaced_letter_by_letter_is_closed_up() -> None:
    text = "---\ntitle: 2 0 1 5 年 政府工作报告\n---\n\n各位代表：\n\n现在，我向大会报告工作。\n"
    assert reconstruct(document(text))[0].title == "2015年政府工作报告"


def test_front_matter_that_only_says_which_of_many_gives_no_title() -> None:
    front = "---\ntitle: 1983年\n---\n\n"
    head = "**国家统计局关于一九八三年国民经济和社会发展计划执行结果的公报**\n\n1984年4月29日\n\n"
    text = "一九八三年，全国人民为全面开创社会主义现代化建设新局面而辛勤劳动。\n"
    (article,) = reconstruct(document(front + head + text))
    assert article.title == "国家统计局关于一九八三年国民经济和社会发展计划执行结果的公报"


@pytest.mark.parametrize("title", ["五四", "九一八", "七一", "十年"])
def test_a_title_of_numerals_may_be_a_name(title: str) -> None:
    assert telling(title) == title


def test_ids_are_stable_and_told_apart() -> None:
    text = "# 短评\n\n高质量发展是首要任务。★\n\n# 学习\n\n要学深悟透。★\n\n# 短评\n\n改革只有进行时。★\n"
    first, again = reconstruct(document(text)), reconstruct(document(text))
    assert [a.id for a in first] == [a.id for a in again]
    assert len({a.id for a in first}) == len(first) == 3


@pytest.mark.parametrize("text", ["", "\n\n \n", "---\n---\n", "。", "#", "★\n\n文\n", "1\n\n2\n\n3\n"])
def test_a_text_without_text_has_no_articles_or_harmless_ones(text: str) -> None:
    assert all(whole(article) for article in reconstruct(document(text)))


def test_a_book_printed_page_by_page_becomes_its_chapters() -> None:
    found = reconstruct(document((FIXTURES / "book.txt").read_text(encoding="utf-8"), "book.txt"))
    assert [article.title for article in found] == ["修路", "办社的日子"]
    for article, first in zip(found, ("新路开通以后", "第二年春天"), strict=True):
        assert whole(article).startswith(first)
        assert article.joints == ()
        assert not any(mark in whole(article) for mark in ("回顾上卷", "一修路", "二办社", "10"))


# ---- the seeds ---------------------------------------------------------------------------------------

NUMBERS = ["000", "001", "002", "003", "004"]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_character_of_an_article_stands_in_the_source(number: str) -> None:
    found, articles = seed(number)
    for article in articles:
        for paragraph in article.paragraphs:
            passage = paragraph.passage
            source = "".join(span.of(found.text) for span in passage.ranges())
            assert len(source) == len(passage.text)
            assert [c for c in source if c.isalnum()] == [c for c in passage.text if c.isalnum()]


@pytest.mark.parametrize("number", NUMBERS)
def test_no_text_of_a_seed_is_told_twice(number: str) -> None:
    _, articles = seed(number)
    spans = sorted(s for a in articles for p in a.paragraphs for s in p.passage.ranges())
    assert [b for a, b in pairwise(spans) if a.overlaps(b)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_every_broken_sentence_of_a_seed_is_whole(number: str) -> None:
    _, articles = seed(number)
    assert [joint for article in articles for joint in article.joints if not joint.made] == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("000", "积极推进土地、数据、金融"),
        ("001", "做好海洋与陆地、港区与城区"),
        ("001", "需要投资周期长、资金体量大的长期资本"),
        ("001", "总浏览量363万人次"),
        ("001", "孩子们对知识的渴望也深深触动了我"),
        ("001", "生隆纤维董事长兼总经理吴华伟介绍"),
        ("002", "铁科院研发中心、北京化工大学"),
        ("002", "京津城际铁路实行“月票制”"),
        ("003", "“三北”的地理区位优势，依托超大规模"),
        ("003", "市场化配置机制，建立要素流动"),
        ("004", "把京津冀协同发展置于"),
    ],
)
def test_halves_far_apart_are_one_sentence(number: str, words: str) -> None:
    assert any(words in whole(article) for article in seed(number)[1])


def test_reading_returns_to_where_it_was_after_an_inserted_half() -> None:
    (article,) = seed("002")[1]
    text = whole(article)
    order = [
        "平台建设特色明显",
        "铁科院研发中心",
        "服务“两翼”展现作为",
        "滨海新区高质量发展成效明显",
        "共建协同创新体系",
    ]
    order += ["共绘重点产业链图谱", "优化“硬联通”"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_lost_opening_goes_before_the_first_section() -> None:
    article = seed("003")[1][0]
    assert article.paragraphs[0].passage.text.startswith("党的二十届四中全会提出")


def test_titles_bylines_and_genres_of_a_newspaper_page() -> None:
    found = [(a.title, a.byline, a.genre) for a in seed("004")[1]]
    assert found == [
        ("中国共产党天津市第十二届委员会第三次全体会议（十二届三次全会）", None, "公报"),
        ("奋力谱写京津冀协同发展天津实践的新篇章", None, "社论"),
        (
            "牢记殷殷嘱托 勇担职责使命 推动京津冀协同发展不断迈上新台阶",
            "本报记者 徐丽 陈璠 岳付玉 孟若冰 张雯婧",
            "侧记",
        ),
    ]


def test_a_magazine_gives_its_articles_their_day_and_publisher() -> None:
    articles = seed("001")[1]
    assert len(articles) == 38
    assert {a.issuer for a in articles} == {"中共天津市委支部生活社"}
    assert {a.published_on for a in articles} == {date(2024, 8, 25), date(2024, 9, 1)}


@pytest.mark.parametrize("number", NUMBERS)
def test_no_furniture_is_left_in_a_seed(number: str) -> None:
    words = [
        "扫码",
        "邮发代号",
        "公众号",
        "定价/",
        "供图",
        "执笔人",
        "责任校对",
        "文/",
        "作者系",
        "作者分别",
    ]
    texts = [whole(article) for article in seed(number)[1]]
    assert [word for word in words for text in texts if word in text] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("见[公报](http://x/a_(b) 。", "见公报。"),
        ("图：![甲!](data:image/png;base64," + "A+/=" * 250_000 + ")。", "图：。"),
        ("图：![甲[1](x y)。", "图：。"),
    ],
    ids=["a link", "a picture written out", "a picture"],
)
def test_of_markup_only_the_words_stay(text: str, shown: str) -> None:
    assert lines.clean(text, (Span(0, len(text)),)).text == shown


@pytest.mark.parametrize("text", ["](", "![", "![](", "![a!", "<a", "[!a", "__ "])
def test_markup_that_never_ends_is_read_once(text: str) -> None:
    start = time.perf_counter()
    lines.clean(text * 50_000, (Span(0, len(text) * 50_000),))
    assert time.perf_counter() - start < 30  # alone half a second; minutes, where it takes the square


def test_a_line_of_nothing_but_last_words_of_organs_is_read_once() -> None:
    start = time.perf_counter()
    assert organs.signed("会" * 58 + "!") is None
    assert time.perf_counter() - start < 30
