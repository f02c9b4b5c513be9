"""A printed paper: what is chosen, in which order, on which page; and that its key is right."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from studytool import imports, sources
from studytool.cli.papers import put
from studytool.errors import StudyError
from studytool.exports.sheet import Question, Sheet, Wishes, files, fonts, pdf, plan, versions
from studytool.exports.sheet.giveaway import OnSheet
from studytool.exports.sheet.handout import Point, chapters, handout
from studytool.exports.sheet.key import key_pages
from studytool.exports.sheet.layout import blank_width, columns, pieces
from studytool.exports.sheet.pages import paper
from studytool.exports.sheet.shuffle import option_order
from studytool.model import Item, ItemKind, KnowledgeKind, Source, Status

FIXTURES = Path(__file__).parent / "fixtures" / "sheet"
SEEDS = Path(__file__).parent.parent / "seeds"
CLOSING = "，。、；：？！”’）》〉】」』…"
A4 = (595, 842)


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()]


def by_name(name: str) -> list:
    return [pytest.param(row, id=row["name"]) for row in rows(name)]


def item(row: dict, identity: str = "") -> Item:
    """An item as the contract writes it; what a case does not say is ordinary."""
    key = tuple(row["key"])
    day = row.get("published_on")
    return Item(
        id=row.get("id", identity),
        kind=ItemKind(row.get("kind", "cloze")),
        asks=KnowledgeKind(row.get("asks", "formulation")),
        stem=row["stem"],
        key=key,
        accepted=tuple((answer,) for answer in key),
        evidence=row.get("evidence", row["stem"]),
        ranges=(),
        source=row.get("source", "a.txt"),
        article=row.get("article", "文章"),
        article_id=row.get("article", "文章"),
        family=row.get("family", identity),
        options=tuple(row.get("options", ())),
        section=row.get("section"),
        published_on=date.fromisoformat(day) if day else None,
        original=row.get("original"),
        changed=row.get("changed"),
    )


BANK = tuple(item(row) for row in rows("items.jsonl"))
SI02 = "《握紧“方向盘” 跑好“接力赛”》"  # where si02 of the bank stands
EVERYTHING = dict.fromkeys(ItemKind, 30)


HANZI = sorted(char for char in fonts.characters() if "一" <= char <= "龥")


def choice(number: int, stem: str | None = None, options: tuple[str, ...] | None = None) -> Item:
    """The numbered one of as many different questions as a test needs."""
    word = "".join(HANZI[(13 * number + place) % len(HANZI)] for place in range(12))
    names = options or tuple(f"{word[place : place + 4]}{place}号" for place in range(4))
    text = stem or f"{word[:9]}的第{number}个名称是____。"
    row = {"kind": "single_choice", "stem": text, "key": [names[number % len(names)]], "options": names}
    return item(row | {"family": str(number), "article": f"第{number % 7}篇"}, f"{number:04d}")


def cloze(stem: str, key: str, number: int) -> Item:
    """A cloze whose answers are divided by semicolons."""
    row = {"stem": stem, "key": key.split("；"), "family": str(number), "article": f"第{number % 7}篇"}
    return item(row, f"{number:04d}")


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def characters(content: bytes) -> list[tuple[int, str, float, float, float, float]]:
    """Every printed character: page, character, left, bottom, right, top."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(content)):
        text = page.get_textpage()
        for index, char in enumerate(text.get_text_range()):
            if not char.isspace():
                found.append((number, char, *text.get_charbox(index)))
    return found


# ---- choosing --------------------------------------------------------------------------------------


def test_sections_stand_in_the_usual_order() -> None:
    sheet = plan(BANK, Wishes(counts=EVERYTHING))
    kinds = [section.kind.value for section in sheet.sections]
    assert kinds == [
        "single_choice",
        "multiple_response",
        "true_false",
        "cloze",
        "matching",
        "ordering",
        "short_answer",
    ]


def test_asked_counts_and_points_are_kept() -> None:
    wishes = Wishes(counts={ItemKind.CLOZE: 3, ItemKind.TRUE_FALSE: 2}, points={ItemKind.CLOZE: 5})
    sheet = plan(BANK, wishes)
    assert [(section.kind, len(section.items), section.points) for section in sheet.sections] == [
        (ItemKind.TRUE_FALSE, 2, 1),
        (ItemKind.CLOZE, 3, 5),
    ]
    assert (sheet.count, sheet.total) == (5, 17)


def test_a_count_is_shared_out_among_the_kinds() -> None:
    sheet = plan(BANK, Wishes(count=9))
    assert sheet.count == 9
    assert {section.kind for section in sheet.sections} >= {ItemKind.SINGLE_CHOICE, ItemKind.CLOZE}


def test_too_few_questions_are_owned_up_to() -> None:
    sheet = plan(BANK, Wishes(counts={ItemKind.ORDERING: 4}))
    assert [(short.kind, short.asked, short.found) for short in sheet.shortages] == [
        (ItemKind.ORDERING, 4, 1)
    ]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (9, "能印的只有 2 题，会互相泄露答案的题不同卷"),
        (2, "会互相泄露答案的题不同卷"),
        (None, "能印的只有 3 题"),
    ],
)
def test_a_shortage_says_whether_there_were_too_few(
    asked: int | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alike = [cloze(f"{where}的功能定位是“____”。", "一基地三区", n) for n, where in enumerate(("甲", "乙"))]
    bank = alike if asked else [choice(number) for number in range(3)]
    kind = ItemKind.CLOZE if asked else ItemKind.SINGLE_CHOICE
    put(plan(bank, Wishes(counts={kind: asked or 5})), str(tmp_path / "试卷.html"))
    assert f"（{why}）。" in capsys.readouterr().err


def test_a_file_of_somebody_else_where_the_manifest_would_be_is_not_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "张三.json"
    mine.write_text('{"format": "studytool-report"}', encoding="utf-8")
    with pytest.raises(StudyError, match="不是试卷的答案清单，没有覆盖"):
        put(plan(BANK, Wishes(count=3)), str(tmp_path / "张三.html"))
    assert [path.name for path in tmp_path.iterdir()] == ["张三.json"]
    assert mine.read_text(encoding="utf-8") == '{"format": "studytool-report"}'


def test_a_version_left_by_an_earlier_print_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for count in (3, 2):
        put(plan(BANK, Wishes(count=3, versions=count)), str(tmp_path / "试卷.html"))
    said = capsys.readouterr().err
    assert "注意：试卷-C.html 是以前的卷，没有动：发卷时不要拿错。" in said
    assert said.count("以前的卷") == 1


def test_one_family_gives_one_question() -> None:
    one = choice(1)
    other = replace(choice(2), family=one.family)
    assert plan([one, other], Wishes(count=2)).count == 1


@pytest.mark.parametrize("case", by_name("giveaways.jsonl"))
def test_no_question_answers_another(case: dict) -> None:
    asked, shown = item(case["asked"], "asked"), item(case["shown"], "shown")
    for first, second in ((asked, shown), (shown, asked)):
        on_sheet = OnSheet()
        assert on_sheet.take(first)
        assert on_sheet.take(second) is case["together"]


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param({"status": Status.RETIRED}, id="retired"),
        pytest.param({"stem": "写着\ue000的____。"}, id="a character no font has"),
        pytest.param({"key": ("不在选项里",)}, id="an answer that is no option"),
        pytest.param({"options": ("甲", "甲")}, id="the same option twice"),
    ],
)
def test_an_item_that_cannot_be_printed_is_left_off(spoiled: dict) -> None:
    sheet = plan([choice(1), replace(choice(2), **spoiled)], Wishes(count=2))
    assert [section.items for section in sheet.sections] == [(choice(1),)]


@pytest.mark.parametrize(
    "wishes",
    [
        pytest.param(Wishes(versions=0), id="no version"),
        pytest.param(Wishes(versions=27), id="more versions than letters"),
        pytest.param(Wishes(count=0), id="no question"),
        pytest.param(Wishes(counts={ItemKind.CLOZE: -1}), id="less than no question"),
        pytest.param(Wishes(title="🎉"), id="a title that cannot be printed"),
        pytest.param(Wishes(title="　"), id="a title of nothing"),
        pytest.param(Wishes(points={ItemKind.CLOZE: 10_001}), id="points that no answer list may have"),
        pytest.param(Wishes(unit="\u200b "), id="a unit of nothing"),
    ],
)
def test_impossible_wishes_are_refused_in_one_line(wishes: Wishes) -> None:
    with pytest.raises(StudyError) as error:
        plan(BANK, wishes)
    assert "\n" not in str(error.value)


def test_an_empty_bank_is_refused() -> None:
    with pytest.raises(StudyError, match="没有可以印的试题"):
        plan([], Wishes())


def test_another_seed_gives_another_paper_and_the_same_seed_the_same() -> None:
    papers = [plan(BANK, Wishes(count=8, seed=seed)).sections for seed in (1, 1, 2)]
    assert papers[0] == papers[1] != papers[2]


def test_the_order_of_the_bank_does_not_matter() -> None:
    assert plan(BANK, Wishes(count=8)) == plan(BANK[::-1], Wishes(count=8))


# ---- versions --------------------------------------------------------------------------------------


def test_versions_hold_the_same_items_in_another_order() -> None:
    first, second = versions(plan(BANK, Wishes(counts=EVERYTHING, versions=2)))
    ids = [[question.item.id for question in version.questions] for version in (first, second)]
    assert sorted(ids[0]) == sorted(ids[1])
    assert ids[0] != ids[1]
    assert [question.number for question in second.questions] == list(range(1, len(ids[1]) + 1))


@pytest.mark.parametrize("case", by_name("option_orders.jsonl"))
def test_some_options_are_not_shuffled(case: dict) -> None:
    question = item({"stem": "____", "key": case["options"][:1], **case})
    for seed in range(20):
        order = option_order(question, case["options"], seed, "A")
        assert [case["options"][place] for place in order] == case["printed"]


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_neither_pairs_nor_events_are_printed_in_the_order_that_is_right(kind: str) -> None:
    days = ("5月6日", "5月28日", "6月9日", "6月18日", "6月27日")
    events = tuple(f"第{place}件事在{day}发生" for place, day in enumerate(days))
    pairs = tuple(f"事件{place}={day}" for place, day in enumerate(days))
    row = {"kind": kind, "asks": "date", "stem": "请配对或排序。"}
    row |= {"key": pairs, "options": days} if kind == "matching" else {"key": events, "options": events}
    seen = set()
    for seed in range(30):
        for version in versions(plan([item(row, "m")], Wishes(counts=EVERYTHING, versions=2, seed=seed))):
            (question,) = version.questions
            assert list(question.answer) != sorted(question.answer)
            assert set(question.item.key) == set(row["key"])
            seen.add(question.answer)
    assert len(seen) > 20


def test_none_of_the_above_stays_last() -> None:
    options = ("以上都不对", "甲", "乙", "丙")
    orders = {option_order(choice(1, options=options), options, seed, "A") for seed in range(40)}
    assert {order[-1] for order in orders} == {0}
    assert len(orders) == 6


def test_the_right_option_stands_everywhere_equally_often() -> None:
    question = choice(1)
    places = [option_order(question, question.options, seed, "A").index(1) for seed in range(400)]
    assert all(70 <= places.count(place) <= 130 for place in range(4))


@pytest.mark.parametrize("seed", range(10))
def test_each_letter_is_right_about_as_often_as_any_other(seed: int) -> None:
    bank = [choice(number) for number in range(1, 60)]
    for version in versions(plan(bank, Wishes(count=18, versions=3, seed=seed))):
        letters = [question.answer[0] for question in version.questions]
        assert {letters.count(letter) for letter in "ABCD"} == {4, 5}


def test_letters_make_up_for_figures_whose_key_stands_where_it_stands() -> None:
    figures = [
        choice(n, options=tuple(f"{1000 * n + 10 * place}万吨" for place in range(4)))
        for n in range(4, 49, 4)
    ]
    words = [choice(number) for number in range(101, 113)]
    (version,) = versions(plan(figures + words, Wishes(count=24)))
    letters = "".join(question.answer[0] for question in version.questions)
    assert [letters.count(letter) for letter in "BCD"] == [4, 4, 4]  # in A stand those of all figures
    for question in version.questions:
        assert "万吨" not in question.options[0] or question.options == question.item.options


# ---- room ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(("是", "否", "甲", "乙"), 4, id="short"),
        pytest.param(("一", "二", "三", "四", "五"), 2, id="five short ones"),
        pytest.param(("全国先进制造研发基地",) * 4, 2, id="middling"),
        pytest.param(("京滨城际北段建成运营，津兴城际铁路通车运营",) * 4, 1, id="long"),
    ],
)
def test_options_take_as_few_lines_as_they_can(options: tuple[str, ...], expected: int) -> None:
    assert columns(options, 43) == expected


@pytest.mark.parametrize(
    ("kind", "stem", "printed"),
    [
        ("true_false", "党的二十大于2022年召开（ ）。", ["党的二十大于2022年召开。", "end"]),
        ("true_false", "党的二十大于2022年召开。（　　）", ["党的二十大于2022年召开。", "end"]),
        ("true_false", "公报（全文）已经发表。", ["公报（全文）已经发表。", "end"]),
        ("ordering", "正确的顺序是（ ）。", ["正确的顺序是", "blank", "。"]),
        ("ordering", "请按时间排序。", ["请按时间排序。", "blank"]),
    ],
)
def test_a_stem_with_room_of_its_own_gets_no_second(kind: str, stem: str, printed: list[str]) -> None:
    options = ("甲", "乙") if kind == "ordering" else ()
    asked = item({"kind": kind, "stem": stem, "key": list(options) or ["正确"], "options": options})
    order = tuple(range(len(options)))
    assert [piece.text or piece.kind for piece in pieces(Question(1, asked, order))] == printed


def test_blanks_have_room_for_handwriting() -> None:
    widths = [blank_width("字" * length) for length in range(1, 30)]
    assert all(width >= 1.6 * length for length, width in enumerate(widths, 1))
    assert all(width % 2 == 0 for width in widths)


# ---- PDF -------------------------------------------------------------------------------------------


def printed_answers(key: str) -> dict[tuple[str, int], str]:
    """What the tables of the key say: (version, number) -> letters."""
    found: dict[tuple[str, int], str] = {}
    numbers: list[str] = []
    for line in key.partition("答案与解析")[0].splitlines():
        label, *cells = line.replace(" 卷", "卷").split() or [""]
        if label == "题号":
            numbers = cells
        elif cells and re.fullmatch("[A-Z]卷|答案", label):
            found |= {(label[0], int(number)): answer for number, answer in zip(numbers, cells, strict=True)}
    return found


def printed_questions(text: str) -> dict[int, str]:
    """What a paper prints under each number, up to the next number or section."""
    found: dict[int, str] = {}
    rest = re.search(r"\n1\. ?(?!\d)(.*)", text, re.S)
    while rest:
        number = len(found) + 1
        here, mark, after = re.match(rf"(.*?)(?:\n({number + 1}\.) ?(?!\d)(.*))?\Z", rest[1], re.S).groups()
        found[number] = re.split(r"\n[一二三四五六七]、|\n[A-Z] 卷　种子|\n种子", here)[0]
        rest = re.match("(.*)", after, re.S) if mark else None
    return found


def printed_options(question: str) -> dict[str, str]:
    """The options under a number: letter -> text, without white space."""
    options = re.findall(r"(?:^|\s)([A-H])\. (.*?)(?=\s[A-H]\. |\Z)", question, re.S)
    return {letter: "".join(option.split()) for letter, option in options}


def asked_by(question: str) -> Item:
    """The item of the bank that a printed question shows, known by the beginning of its stem."""
    printed = "".join(question.split())
    return next(each for each in BANK if printed.startswith("".join(each.stem.split("____")[0].split())[:12]))


def listed_answers(key: str) -> dict[tuple[str, int], str]:
    """What the lists of the key say: (version, number) -> words, without white space."""
    found: dict[tuple[str, int], str] = {}
    for section in re.split(r"\n[一二三四五六七]、", key.partition("答案与解析")[0]):
        for version, listed in re.findall(r"\n([A-Z]) ?卷\n(\d+\. .*?)(?=\n[A-Z] ?卷\n|\Z)", section, re.S):
            answers = re.sub(r"\n[A-Z]+ ?卷　种子.*", "", listed)
            for number, words in re.findall(r"(?:^|\s)(\d+)\. (.*?)(?=\s\d+\. |\Z)", answers, re.S):
                found[version, int(number)] = "".join(words.split())
    return found


def right_answer(asked: Item, printed: str) -> str:
    """What the key must say of an item, given how its question is printed."""
    letters = {text: letter for letter, text in printed_options(printed).items()}
    key = ["".join(text.split()) for text in asked.key]
    if asked.kind is ItemKind.TRUE_FALSE:
        return "√" if key == ["正确"] else "×"
    if asked.kind is ItemKind.ORDERING:
        return "".join(letters[text] for text in key)
    if letters and asked.kind is not ItemKind.MATCHING:
        return "".join(sorted(letters[text] for text in key))
    if asked.kind is ItemKind.MATCHING:
        lefts = "".join(printed.split())
        pairs = sorted((pair.split("=") for pair in key), key=lambda pair: lefts.index(pair[0]))
        return "".join(f"({n}){letters[right]}" for n, (_, right) in enumerate(pairs, 1))
    if asked.kind is ItemKind.SHORT_ANSWER:
        key = [f"（{n}）{point}" for n, point in enumerate(key, 1)]
    return "；".join(key)


def check_key(sheet: Sheet, papers: dict[str, str], key: str) -> int:
    """Compare the printed papers with the printed key; how many answers were compared."""
    answers = printed_answers(key) | listed_answers(key)
    compared = 0
    for version in versions(sheet):
        for number, question in printed_questions(papers[version.name]).items():
            assert answers[version.name, number] == right_answer(asked_by(question), question)
            compared += 1
    return compared


@pytest.mark.parametrize("seed", range(50))
def test_the_printed_key_is_right_for_every_kind_in_every_version(seed: int) -> None:
    made = versions(sheet := plan(BANK, Wishes(counts=dict.fromkeys(ItemKind, 8), seed=seed, versions=4)))
    text = pdf_text(pdf.render([paper(version) for version in made], key_pages(made), "一个文件里的四卷"))
    *papers, key = re.split(r"学习测试题\n(?=[A-D] 卷)|参考答案\n", text)[1:]
    assert check_key(sheet, dict(zip("ABCD", papers, strict=True)), key) == 4 * sheet.count >= 80


def test_the_key_in_a_file_of_its_own_fits_the_papers_in_theirs() -> None:
    sheet = plan(BANK, Wishes(counts=dict.fromkeys(ItemKind, 8), seed=7, versions=4))
    made = files(sheet, "试卷.pdf")
    papers = {name: pdf_text(made[f"试卷-{name}.pdf"]) for name in "ABCD"}
    assert check_key(sheet, papers, pdf_text(made["试卷-key.pdf"])) == 4 * sheet.count


def test_the_key_of_one_version_stands_behind_it_on_a_fresh_sheet() -> None:
    made = files(plan(BANK, Wishes(counts=EVERYTHING)), "试卷.pdf")
    assert list(made) == ["试卷.pdf", "试卷.json"]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made["试卷.pdf"])]
    start = next(index for index, page in enumerate(pages) if page.startswith("参考答案"))
    assert start % 2 == 0  # never on the back of a page with questions
    assert not any("依据" in page for page in pages[:start])


def test_a_paper_of_other_words_has_another_number() -> None:
    one = choice(1)
    number = plan([one], Wishes(count=1)).number
    assert plan([one], Wishes(count=1)).number == number
    reworded = replace(one, stem="改过的名称是____。")
    assert {plan([reworded], Wishes(count=1)).number, plan([one], Wishes(count=1, seed=2)).number}.isdisjoint(
        {number}
    )


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_the_key_prints_no_empty_evidence_or_source(suffix: str) -> None:
    bare = [replace(one, evidence="", article="", section=None, published_on=None) for one in BANK]
    bare = [replace(one, explanation="见党章总纲") for one in bare]
    made = files(plan(bare, Wishes(counts=EVERYTHING)), f"卷.{suffix}")[f"卷.{suffix}"]
    text = {"pdf": pdf_text, "docx": word_text, "html": html_text}[suffix](made)
    assert "说明：见党章总纲" in text
    assert "试题编号" in text
    assert not re.search("依据|出处|《》", text.partition("答案与解析")[2])


def test_a_handout_passes_over_what_has_no_evidence() -> None:
    with pytest.raises(StudyError, match="没有可以印的要点"):
        handout([replace(one, evidence="", article="") for one in BANK])


def test_several_right_options_are_keyed_in_the_order_they_are_printed_in() -> None:
    row = {"kind": "multiple_response", "stem": "包括____。", "options": ["甲项", "乙项", "丙项", "丁项"]}
    several = item(row | {"key": ["丁项", "甲项", "丙项"]}, "m")
    for seed in range(6):
        made = versions(plan([several], Wishes(counts=EVERYTHING, seed=seed)))
        (entry,) = key_pages(made).parts[0].entries
        (question,) = made[0].questions
        assert entry.answer.split("；") == [option for option in question.options if option in several.key]


def test_true_and_false_are_keyed_by_their_signs() -> None:
    sheet = plan(BANK, Wishes(counts={ItemKind.TRUE_FALSE: 3}))
    answers = printed_answers(pdf_text(files(sheet, "试卷.pdf")["试卷.pdf"]))
    expected = ["√" if q.item.key == ("正确",) else "×" for q in versions(sheet)[0].questions]
    assert list(answers.values()) == expected


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large print"])
def test_nothing_leaves_the_page_and_no_line_begins_with_closing_punctuation(large: bool) -> None:
    wishes = Wishes(
        counts=EVERYTHING, large_print=large, answer_sheet=True, unit="某某街道某某社区党总支第一支部"
    )
    printed = characters(files(plan(BANK, wishes), "试卷.pdf")["试卷.pdf"])
    margin = min(left for _, _, left, _, _, _ in printed)
    assert margin > 45
    for _, char, left, bottom, right, top in printed:
        assert right < A4[0] - 45
        assert bottom > 20
        assert top < A4[1] - 40
        assert char not in CLOSING or left > margin + 8


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large print"])
def test_the_room_for_a_sign_stands_at_the_right_margin_however_long_the_statement(large: bool) -> None:
    bank = [
        item(
            {"kind": "true_false", "key": ["正确"], "family": str(n), "stem": "".join(HANZI[n * 50 :][:n])},
            str(n),
        )
        for n in range(10, 60)
    ]
    content = pdf.render([paper(versions(plan(bank, Wishes(count=50, large_print=large)))[0])], None, "判断")
    printed = [one for one in characters(content) if one[1] == "）"][1:]  # the first stands in the heading
    margin = max(right for _, _, _, _, right, _ in printed)
    assert len(printed) == 50
    assert all(right > margin - 3 for _, _, _, _, right, _ in printed)


def rules(content: bytes) -> list[float]:
    """How wide each ruled line of a PDF is, in points, as it runs down the pages."""
    shapes = (one for page in pypdfium2.PdfDocument(content) for one in page.get_objects(filter=[2]))
    bounds = (shape.get_bounds() for shape in shapes)
    return [right - left for left, bottom, right, top in bounds if top - bottom < 1]


@pytest.mark.parametrize(("large", "size"), [(False, 10.5), (True, 18)], ids=["ordinary", "large print"])
def test_a_blank_that_fits_a_line_is_never_broken(large: bool, size: float) -> None:
    before = [
        cloze("".join(HANZI[n * 60 :][:n]) + "，实行____，成效显著。", "".join(HANZI[n * 60 + 50 :][:9]), n)
        for n in range(5, 50)
    ]
    wishes = Wishes(count=45, large_print=large)
    content = pdf.render([paper(versions(plan(before, wishes))[0])], None, "填空")
    wide = blank_width("".join(HANZI[:9])) * size
    assert sum(abs(one - wide) < 1 for one in rules(content)) == 45


def test_a_blank_longer_than_a_line_goes_on_in_the_next() -> None:
    sheet = plan([cloze("会议强调____。", "".join(HANZI[:50]), 1)], Wishes(count=1))
    printed = rules(pdf.render([paper(versions(sheet)[0])], None, "填空"))
    assert sum(one for one in printed if one < 45) == pytest.approx(
        blank_width("".join(HANZI[:50])) * 10.5, abs=1
    )


def answer_rows(items: list[Item], **wishes: bool) -> list[tuple[tuple[str, int], ...]]:
    """The room to write in that the answer sheet gives each of the items."""
    sheet = plan(items, Wishes(counts=EVERYTHING, answer_sheet=True, **wishes))
    rows = {row.number: row.blanks for part in paper(versions(sheet)[0]).answer_sheet for row in part.rows}
    numbers = {question.item.id: question.number for question in versions(sheet)[0].questions}
    return [rows[numbers[one.id]] for one in items]


def test_the_answer_sheet_has_room_for_each_blank() -> None:
    founded = cloze("____年，一大在____召开，代表____人。", "1921；上海；13", 1)
    long = cloze("会议强调____。", "".join(HANZI[:20]), 2)
    longest = cloze("文件指出____。", "".join(HANZI[100:150]), 3)
    assert answer_rows([founded, long, longest]) == [
        (("①", 6), ("②", 6), ("③", 6)),
        (("", blank_width("".join(HANZI[:20]))),),
        (("", 39), ("", 39), ("", 39)),
    ]


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large print"])
@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_the_blanks_of_an_answer_sheet_are_numbered(suffix: str, large: bool) -> None:
    bank = [cloze("____年，一大在____召开，代表____人。", "1921；上海；13", 1), *BANK]
    wishes = Wishes(counts=EVERYTHING, answer_sheet=True, large_print=large)
    made = files(plan(bank, wishes), f"卷.{suffix}")[f"卷.{suffix}"]
    text = {"pdf": pdf_text, "docx": word_text, "html": html_text}[suffix](made)
    assert re.search(r"①[\s_]*②[\s_]*③", text)


def test_a_long_title_stands_on_one_line_and_leaves_room_for_the_number_of_the_page() -> None:
    title = "第一党支部第三季度党员政治理论学习应知应会知识测试卷"
    made = files(plan(BANK, Wishes(count=3, title=title)), "卷.pdf")["卷.pdf"]
    lines = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range().replace(" ", "").splitlines()
    assert lines[0] == title
    assert lines[-1].endswith(f"第1页共1页{title[:17]}…".replace("共", "　共"))


def test_no_heading_is_left_alone_at_the_foot_of_a_page() -> None:
    bank = [choice(number) for number in range(1, 90)] + list(BANK)
    for count in range(20, 34, 2):
        wishes = Wishes(counts={ItemKind.SINGLE_CHOICE: count, ItemKind.TRUE_FALSE: 3})
        content = files(plan(bank, wishes), "试卷.pdf")["试卷.pdf"]
        for page in pypdfium2.PdfDocument(content):
            *body, _footer = page.get_textpage().get_text_range().splitlines() or [""]
            assert not body or not body[-1].startswith(("二、", "正确的打"))


@pytest.mark.parametrize("count", [1, 5, 200])
def test_papers_of_any_length(count: int) -> None:
    bank = [choice(number) for number in range(1, 500)]
    sheet = plan(bank, Wishes(count=count))
    text = pdf_text(files(sheet, "试卷.pdf")["试卷.pdf"])
    assert sheet.count == count
    assert list(printed_questions(text.partition("参考答案")[0])) == list(range(1, count + 1))


def test_two_hundred_questions_in_four_versions_take_seconds() -> None:
    bank = [choice(number) for number in range(1, 500)]
    start = time.perf_counter()
    made = files(plan(bank, Wishes(count=200, versions=4)), "试卷.pdf")
    assert time.perf_counter() - start < 30  # two alone; minutes, where it takes the square
    assert list(made) == [*(f"试卷-{name}.pdf" for name in "ABCD"), "试卷-key.pdf", "试卷.json"]


def test_a_question_is_not_split_across_pages() -> None:
    long = tuple("很长的选项" * 20 + str(place) for place in range(4))
    bank = [choice(number, options=tuple(f"{text}{number}" for text in long)) for number in range(1, 30)]
    content = files(plan(bank, Wishes(count=12)), "试卷.pdf")["试卷.pdf"]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    for page in pages:
        if "参考答案" in page:
            break
        asked = re.findall(r"(?m)^\d+\. ", page)
        assert len(re.findall(r"(?m)^D\. ", page)) == len(asked)


HOSTILE = [
    "#let x = 1",
    "$x^2$",
    "*bold* _under_",
    "<tag>&amp;",
    '"quoted"',
    "back\\slash",
    "`code`",
    "@ref //x",
    "=== [a]",
]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_markup_in_a_document_is_printed_as_text(suffix: str) -> None:
    bank = [
        choice(number, options=(text, f"丙{number}", f"丁{number}")) for number, text in enumerate(HOSTILE)
    ]
    bank = [replace(each, stem=text + each.stem) for each, text in zip(bank, HOSTILE, strict=True)]
    bank = [replace(each, evidence=each.options[0], article=each.options[0]) for each in bank]
    content = files(plan(bank, Wishes(count=len(bank))), f"试卷{suffix}")[f"试卷{suffix}"]
    text = "".join(TEXTS[suffix](content).split())
    for hostile in HOSTILE:
        assert text.count("".join(hostile.split())) >= 3  # in the stem, among the options, in the key


def test_every_character_of_the_seeds_prints() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    assert fonts.missing(text) == ()


def test_the_list_of_characters_is_that_of_the_fonts() -> None:
    covered = set().union(*(TTFont(path).getBestCmap() for path in fonts.folder().glob("Studytool*")))
    assert {ord(char) for char in fonts.characters()} <= covered


@pytest.mark.parametrize(
    "char", ["⼀", "\u200b", "\ufeff"], ids=["a radical for 一", "zero width", "byte order mark"]
)
def test_disguised_and_unseen_characters_print(char: str) -> None:
    assert fonts.missing(f"甲{char}乙") == ()


# ---- every format ----------------------------------------------------------------------------------


def html_text(content: bytes) -> str:
    plain = re.sub("<[^>]*>", "", content.decode().partition("<body")[2])
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, char)
    return plain


def word_text(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


TEXTS = {".pdf": pdf_text, ".docx": word_text, ".html": html_text}


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_the_same_seed_gives_the_same_bytes(suffix: str) -> None:
    wishes = Wishes(counts=EVERYTHING, versions=2, seed=7, answer_sheet=True)
    first, second = (files(plan(BANK, wishes), f"试卷{suffix}") for _ in range(2))
    assert first == second
    assert list(first) == [f"试卷-A{suffix}", f"试卷-B{suffix}", f"试卷-key{suffix}", "试卷.json"]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_seed_and_version_are_on_the_paper(suffix: str) -> None:
    content = files(plan(BANK, Wishes(count=6, versions=2, seed=42)), f"x{suffix}")[f"x-B{suffix}"]
    if suffix == ".docx":
        footer = docx.Document(BytesIO(content)).sections[0].footer.paragraphs[0].text
        assert footer.startswith("B卷　种子42")
    else:
        text = "".join(TEXTS[suffix](content).split())
        assert "B卷" in text
        assert "种子42" in text


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(StudyError, match=r"\.pdf、\.docx、\.html"):
        files(plan(BANK, Wishes(count=3)), "试卷.odt")


def test_word_numbers_the_questions_itself_and_counts_the_pages() -> None:
    content = files(plan(BANK, Wishes(counts=EVERYTHING)), "试卷.docx")["试卷.docx"]
    document = docx.Document(BytesIO(content))
    numbered = [p for p in document.paragraphs if p.style.name == "试题" and p._p.pPr.numPr is not None]
    assert len(numbered) == plan(BANK, Wishes(counts=EVERYTHING)).count
    with ZipFile(BytesIO(content)) as archive:
        footer = archive.read("word/footer1.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert " PAGE " in footer
    assert " SECTIONPAGES " in footer  # as in the PDF, of the paper alone
    assert 'w:eastAsia="宋体"' in styles
    assert 'w:eastAsia="黑体"' in styles


def test_the_questions_of_a_word_file_come_back_through_the_word_importer(tmp_path: Path) -> None:
    kinds = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE, ItemKind.TRUE_FALSE, ItemKind.CLOZE)
    sheet = plan(BANK, Wishes(counts=dict.fromkeys((*kinds, ItemKind.SHORT_ANSWER), 6)))
    place = tmp_path / "试卷.docx"
    place.write_bytes(files(sheet, "试卷.docx")["试卷.docx"])
    text = sources.read(Source(str(place), place.name, digest="0")).text

    def said(one: Item) -> tuple:
        stem = re.sub(r"（\s*）|_+|\s", "", one.stem)
        return one.kind, stem, tuple("".join(part.split()) for part in sorted(one.key)), len(one.options)

    printed = [said(question.item) for question in versions(sheet)[0].questions]
    assert [said(one) for one in imports.read_text(place.name, text).items] == printed


def test_a_word_file_is_whole_and_opens(tmp_path: Path) -> None:
    place = tmp_path / "试卷.docx"
    place.write_bytes(files(plan(BANK, Wishes(counts=EVERYTHING, answer_sheet=True)), place.name)[place.name])
    document = docx.Document(str(place))
    numbers = {num.numId for num in document.part.numbering_part.element.num_lst}
    used = {
        p._p.pPr.numPr.numId.val
        for p in document.paragraphs
        if p._p.pPr is not None and p._p.pPr.numPr is not None
    }
    assert used
    assert used <= numbers
    office = shutil.which("soffice")
    if office:  # not on every machine; what Word itself would refuse is checked above
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        convert = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(place),
        ]
        subprocess.run(convert, check=True, capture_output=True, timeout=60)
        pages = [p.get_textpage() for p in pypdfium2.PdfDocument(place.with_suffix(".pdf"))]
        counted = [
            re.search(r"第(\d+)页共(\d+)页$", re.sub(r"\s", "", p.get_text_range())).groups() for p in pages
        ]
        lasts = [int(total) for number, total in counted if number == total]
        assert len(lasts) == 3  # the paper, the answer sheet and the key, each with pages of its own
        assert [int(number) for number, _ in counted] == [n for last in lasts for n in range(1, last + 1)]


# ---- the handout -----------------------------------------------------------------------------------


def test_a_handout_gives_a_document_two_pages_of_its_own_sentences() -> None:
    bank = [
        replace(choice(number), source=f"{number % 2}.txt", article="甲乙"[number % 2] * 4 + str(number % 5))
        for number in range(400)
    ]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(handout(bank))]
    assert len(pages) == 4
    assert all("甲甲甲甲" in page for page in pages[:2])
    assert all("乙乙乙乙" in page for page in pages[2:])


def test_a_handout_tells_what_is_asked_from_the_rest() -> None:
    (chapter,) = chapters([each for each in BANK if each.id == "si02"], {})
    assert chapter.groups == (
        (
            "数据",
            (Point((("天津滨海一中关村科技园累计注册企业超", False), ("4900", True), ("家", False)), ""),),
        ),
    )
    assert chapter.title.startswith(SI02)


def test_a_handout_says_a_sentence_once_though_it_stands_in_two_pieces_of_evidence() -> None:
    short = cloze("推动____融合。", "五链", 1)
    short = replace(short, evidence="推动五链融合。", article_id="一", article="一", source="a.txt")
    long = replace(short, id="2", key=("促进",), evidence="坚持促进发展。推动五链融合。")
    (chapter,) = chapters([short, long], {})
    ((_, (point,)),) = chapter.groups
    assert "".join(text for text, _ in point.parts) == "坚持促进发展。推动五链融合。"
    assert [text for text, is_asked in point.parts if is_asked] == ["促进", "五链"]


def test_a_handout_of_nothing_is_refused() -> None:
    with pytest.raises(StudyError, match="没有可以印的要点"):
        handout([])


# ---- the manifest ----------------------------------------------------------------------------------


def test_the_manifest_tells_what_each_number_of_each_version_asks() -> None:
    sheet = plan(BANK, Wishes(counts=EVERYTHING, versions=2, seed=3))
    manifest = json.loads(files(sheet, "试卷.pdf")["试卷.json"])
    bank = {each.id: each for each in BANK}
    for version, written in zip(versions(sheet), manifest["versions"], strict=True):
        assert [row["number"] for row in written["questions"]] == [q.number for q in version.questions]
        for row in written["questions"]:
            asked = bank[row["id"]]
            if asked.kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE):
                assert row["options"] == [asked.options[place] for place in row["order"]]
                assert {row["options"]["ABCDEFGH".index(letter)] for letter in row["key"]} == set(asked.key)
