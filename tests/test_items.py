"""Items: from marked sentences a teacher can read to what is asked of them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from studytool import knowledge as finders
from studytool import sentences
from studytool.items import WRITERS, Judged, dates, scope, write
from studytool.items.accepted import accepted
from studytool.items.confusables import variants
from studytool.items.context import FARTHEST, Context
from studytool.items.dates import is_named, shifted
from studytool.items.figures import stepped
from studytool.items.gate import GATES
from studytool.items.numerals import with_arabic, with_chinese
from studytool.items.propriety import touchable
from studytool.model import (
    Article,
    Doubt,
    DoubtKind,
    Item,
    ItemKind,
    Knowledge,
    KnowledgeKind,
    Paragraph,
    Passage,
    Role,
    Sentence,
    Span,
    TimeMention,
)

FIXTURES = Path(__file__).parent / "fixtures" / "items"
MARK = re.compile(r"【|】|\{|\}|<|>|〔|=[^〕=]*〕")
CLOSING = {"】": "【", "}": "{", ">": "<"}


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))


def article(about: dict[str, Any]) -> Article:
    """An article of which only its head matters."""
    known = {key: about.get(key) for key in ("issuer", "published_on", "genre")}
    return Article(id=about["title"], source="case.txt", title=about["title"], paragraphs=(), **known)


def marked(text: str, kind: str, home: Article, index: int = 0, doubtful: bool = False) -> Knowledge:
    """The knowledge a marked sentence stands for (see fixtures/items/README.md)."""
    plain, opened, found, times = "", {}, {"【": [], "{": [], "<": []}, []
    at = 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        sign = mark.group()
        if sign in CLOSING:
            found[CLOSING[sign]].append(Span(opened[CLOSING[sign]], len(plain)))
        elif sign.startswith("="):
            meant = sign[1:-1]
            times.append(TimeMention(Span(opened["〔"], len(plain)), None if meant == "?" else meant))
        else:
            opened[sign] = len(plain)
    plain += text[at:]
    doubts = (Doubt(DoubtKind.OPEN_JOINT, Span(0, 1), plain[:1], "接不上"),) if doubtful else ()
    sentence = Sentence(
        Passage.whole(plain), home, index, index, opens=True, times=tuple(times), doubts=doubts
    )
    return Knowledge(
        kind=KnowledgeKind(kind),
        sentence=sentence,
        spans=tuple(found["【"]),
        rule="case",
        weight=0.7,
        cue=found["{"][0] if found["{"] else None,
        members=tuple(found["<"]),
    )


def judged(*knowledge: Knowledge) -> Judged:
    return write(knowledge, tuple(one.sentence for one in knowledge))


def case_knowledge(case: dict[str, Any], text: str, home: Article) -> tuple[Knowledge, ...]:
    one = marked(text, case["kind"], home, doubtful=case.get("doubtful", False))
    if section := case.get("section"):
        one = replace(one, sentence=replace(one.sentence, section=section))
    if asked := case.get("asked"):
        start = one.sentence.text.index(asked)
        one = replace(one, spans=(Span(start, start + len(asked)),))
    if elsewhere := case.get("elsewhere"):
        other = marked(elsewhere, case["kind"], home, index=9)
        one = replace(one, members=other.members, member_sentence=other.sentence)
    beside = (marked(t, case["kind"], home, at) for at, t in enumerate(case.get("beside", ()), 1))
    return (one, *beside)


# ---- writers --------------------------------------------------------------------------------------

WRITER_FILE = toml("writers.toml")


def items_of(case: dict[str, Any], knowledge: tuple[Knowledge, ...]) -> list[Item]:
    """Every item of the case's kind that the writer made and the gate let pass, before any is chosen."""
    single = {ItemKind(case["of"]): WRITERS[ItemKind(case["of"])]}
    made = _written(case, knowledge, single)
    return [item for item in made.items if knowledge[0].sentence.text in item.evidence]


def _written(case: dict[str, Any], knowledge: tuple[Knowledge, ...], writers: Any) -> Judged:
    """What is made where the sentence `before` stands in the same paragraph, and opens it; or one `below`."""
    first, *others = knowledge
    told: list[Sentence] = []
    if before := case.get("before"):
        told.append(replace(first.sentence, passage=Passage.whole(before), index=-1, times=()))
        first = replace(first, sentence=replace(first.sentence, opens=False))
    told.append(first.sentence)
    if below := case.get("below"):
        told.append(replace(first.sentence, passage=Passage.whole(below), index=1, times=(), opens=False))
    return write((first, *others), (*told, *(one.sentence for one in others)), writers)


@pytest.mark.parametrize("case", WRITER_FILE["case"], ids=lambda case: case["name"])
def test_a_writer_makes_of_sound_knowledge(case: dict[str, Any]) -> None:
    home = article(WRITER_FILE["articles"][case["article"]])
    (item, *_) = items_of(case, case_knowledge(case, case["text"], home))
    assert item.stem == case.get("stem", item.stem)
    assert list(item.key) == case.get("key", list(item.key))
    assert item.stem.count("____") == case.get("blanks", item.stem.count("____"))
    assert set(case.get("members", item.key)) == set(item.key)
    assert len(item.options) == case.get("options", len(item.options))
    assert not set(case.get("wrong", ())) & set(item.options)


@pytest.mark.parametrize("case", WRITER_FILE["nothing"], ids=lambda case: case["name"])
def test_a_writer_leaves_alone(case: dict[str, Any]) -> None:
    home = article(WRITER_FILE["articles"][case["article"]])
    assert items_of(case, case_knowledge(case, case["text"], home)) == []


# ---- gates ----------------------------------------------------------------------------------------

GATE_FILE = toml("gates.toml")


def gate_cases(verdict: str) -> list[Any]:
    return [
        pytest.param(case, text, id=f"{case['gate']}: {text[:24]}")
        for case in GATE_FILE["case"]
        for text in case[verdict]
    ]


@pytest.mark.parametrize(("case", "text"), gate_cases("drops"))
def test_a_gate_drops(case: dict[str, Any], text: str) -> None:
    home = article(GATE_FILE["articles"][case.get("article", "report")])
    knowledge = case_knowledge(case, text, home)
    single = {ItemKind(case["of"]): WRITERS[ItemKind(case["of"])]}
    assert case["gate"] in {dropped.gate for dropped in _written(case, knowledge, single).dropped}
    assert items_of(case, knowledge) == []


@pytest.mark.parametrize(("case", "text"), gate_cases("keeps"))
def test_a_gate_lets_the_sound_pass(case: dict[str, Any], text: str) -> None:
    home = article(GATE_FILE["articles"][case.get("article", "report")])
    assert items_of(case, case_knowledge(case, text, home)) != []


def test_every_gate_has_a_reason_and_cases() -> None:
    assert all(gate.reason for gate in GATES)
    assert {gate.name for gate in GATES} == {case["gate"] for case in GATE_FILE["case"]}


# ---- whose doings --------------------------------------------------------------------------------

TOPICS = toml("topics.toml")


@pytest.mark.parametrize("case", TOPICS["case"], ids=lambda case: case["name"])
def test_a_subject_is_inherited_only_where_it_is_sure(case: dict[str, Any]) -> None:
    home = article(TOPICS["article"] | {"title": case.get("title", TOPICS["article"]["title"])})
    before, around = case.get("before", []), case.get("around", [])
    one = marked(case["text"], "figure", home, len(before) + len(around))
    told = [*around, *before]
    others = [
        Sentence(Passage.whole(text), home, at, 99 if at >= len(around) else at, opens=at <= len(around))
        for at, text in enumerate(told)
    ]
    asked = replace(one, sentence=replace(one.sentence, paragraph=99, opens=not before))
    items = write((asked,), (*others, asked.sentence), {ItemKind.CLOZE: WRITERS[ItemKind.CLOZE]}).items
    assert [item.stem for item in items] == ([case["stem"]] if "stem" in case else [])


# ---- identity, balance, order ---------------------------------------------------------------------

REPORT = article({"title": "2024年天津市政府工作报告", "issuer": "天津市人民政府"})
REGULATION = article({"title": "中国共产党纪律处分条例（2023年）"})
ROUTES = "天津港{集装箱航线}达到【145条】，居全国前列。"


def ids(*knowledge: Knowledge) -> set[str]:
    return {item.id for item in judged(*knowledge).items}


def test_an_id_does_not_depend_on_place_or_neighbours() -> None:
    alone = marked(ROUTES, "figure", REPORT)
    other = marked("天津市{绿色工厂}达到【69家】，居全国前列。", "figure", REPORT)
    assert ids(alone) <= ids(other, marked(ROUTES, "figure", REPORT, index=7))


def test_an_id_does_not_depend_on_the_stem_wording() -> None:
    elsewhere = article({"title": "天津港这十年", "published_on": date(2024, 2, 1)})
    assert ids(marked(ROUTES, "figure", REPORT)) == ids(marked(ROUTES, "figure", elsewhere))


def test_a_year_that_a_rule_leaves_open_is_not_that_of_its_publication() -> None:
    leave = article({"title": "企业职工带薪年休假实施办法", "published_on": date(2008, 9, 18)})
    rule = "第十条 用人单位应当在〔本年度=2008年〕内按照{日工资收入}的【300%】支付未休年休假工资报酬。"
    found = judged(marked(rule, "figure", leave))
    stems = [one.stem for one in (*found.items, *found.dropped)]
    assert stems
    assert all("在本年度内" in stem for stem in stems)


def test_a_changed_key_changes_the_id() -> None:
    changed = ROUTES.replace("145", "147")
    assert not ids(marked(ROUTES, "figure", REPORT)) & ids(marked(changed, "figure", REPORT))


@pytest.mark.parametrize(
    ("section", "cited"), [("“十二五”时期工作回顾", True), ("“十二五”时期和20 15年工作回顾", False)]
)
def test_a_part_of_a_report_is_cited_unless_its_heading_is_broken(section: str, cited: bool) -> None:
    one = marked(ROUTES, "figure", REPORT)
    told = replace(one, sentence=replace(one.sentence, section=section))
    stems = [item.stem for item in judged(told).items]
    assert stems
    assert all(("时期" in stem) is cited for stem in stems)


def test_items_of_one_sentence_are_a_family() -> None:
    assert len({item.family for item in judged(marked(ROUTES, "figure", REPORT)).items}) == 1


def figures(count: int) -> tuple[Knowledge, ...]:
    text = "天津市第{number}批{{示范项目{number}类}}共有【{value}个】，全部建成投产。"
    return tuple(
        marked(text.format(number=n, value=20 + 7 * n), "figure", REPORT, index=n) for n in range(1, count)
    )


def test_the_same_input_gives_the_same_items() -> None:
    assert judged(*figures(12)) == judged(*figures(12))


def test_statements_are_balanced_and_a_false_one_records_its_one_change() -> None:
    zones = map("".join, product("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳"))
    texts = (f"天津市{{{zone}示范区}}共有企业【{20 + 7 * n}个】。" for n, zone in enumerate(zones))
    told = [marked(text, "figure", REPORT, index=n) for n, text in enumerate(texts)]
    statements = [i for i in judged(*told).items if i.kind is ItemKind.TRUE_FALSE]
    counts = Counter(item.key for item in statements)
    assert min(counts[key] for key in (("正确",), ("错误",))) > 1
    assert abs(counts["正确",] - counts["错误",]) <= 0.25 * len(statements)
    for item in statements:
        if item.key == ("错误",):
            assert item.original
            assert item.changed
            assert item.original in item.evidence
            assert item.changed in item.stem


@pytest.mark.parametrize(
    ("said", "grows"),
    [("超过【{}个】", True), ("达到【{}个】以上", True), ("近【{}个】", False), ("不足【{}个】", False)],
)
def test_a_hedged_figure_is_changed_so_that_the_statement_is_false(said: str, grows: bool) -> None:
    text = "天津市第{}批{{示范项目}}的企业{}，居各市前列。"
    cases = (text.format(n, said.format(20 + 7 * n)) for n in range(2, 30))
    made = [i for one in cases for i in judged(marked(one, "figure", REPORT)).items if i.changed]
    assert made
    for item in made:
        assert item.original
        assert (int(item.changed[:-1]) > int(item.original[:-1])) is grows


def test_whoever_presided_over_a_committee_is_no_part_of_its_place() -> None:
    home = article({"title": "刘奇主持召开省委常委会会议", "issuer": None})
    named = Sentence(Passage.whole("9月27日，江西省委常委会召开会议。"), home, 0, 0)
    assert scope.place(home, "省", Context((), (named,))) == "江西省"


def test_no_place_is_favoured_by_the_key() -> None:
    choices = [i for i in judged(*figures(120)).items if i.kind is ItemKind.SINGLE_CHOICE]
    places = Counter(item.options.index(item.key[0]) for item in choices)
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) < len(choices) / 2


def test_a_sentence_gives_at_most_six_items() -> None:
    text = (
        "天津市{高速公路}达到【16条】，{国省干线}达到【32条】，{城际铁路}达到【4条】，{内河航道}达到【9条】。"
    )
    one = marked(text, "figure", REPORT)
    cues = [
        Span(one.sentence.text.index(c), one.sentence.text.index(c) + 4)
        for c in ("高速公路", "国省干线", "城际铁路", "内河航道")
    ]
    each = [replace(one, spans=(s,), cue=c) for s, c in zip(one.spans, cues, strict=True)]
    assert 0 < len(judged(*each).items) <= 6


def test_a_figure_is_filled_in_or_chosen_never_both() -> None:
    items = judged(*figures(120)).items
    filled = {i.stem for i in items if i.kind is ItemKind.CLOZE and i.key[0].endswith("个")}
    chosen = {i.stem for i in items if i.kind is ItemKind.SINGLE_CHOICE}
    assert filled
    assert chosen
    assert not filled & chosen


# ---- the parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "also"),
    [
        ("209项", ["209", "二百零九项"]),
        ("1.2万家", ["12000家", "1.2万"]),
        ("58.3%", ["百分之58.3", "58.3"]),
        ("四个善作善成", ["4个善作善成"]),
        ("二〇二九年", ["2029年", "2029"]),
        ("2024年8月25日", ["二〇二四年八月二十五日", "2024-08-25", "2024.8.25"]),
        ("《共产党宣言》", ["共产党宣言"]),
        ("超过50个", ["50个"]),
        ("习近平总书记", ["习近平"]),
        ("十亿四千万人", ["10.4亿人"]),
        ("八万一千元", ["81000元", "8.1万元"]),
        ("百分之九十五", ["95%", "百分之95"]),
        ("1年零4个月", ["一年零四个月"]),
        ("7%", ["百分之七"]),
        ("91.90万亩", ["91.9万亩"]),
        ("江西南昌", ["南昌"]),
        ("22.23万亿元", ["222300亿元", "22.23万亿"]),
        ("党的十八届三中全会", ["中共十八届三中全会", "十八届三中全会", "第十八届中央委员会第三次全体会议"]),
        ("十届全国人大四次会议", ["第十届全国人大第四次会议", "第十届全国人民代表大会第四次会议"]),
        ("党的二十大", ["二十大", "中共二十大", "中国共产党第二十次全国代表大会"]),
    ],
)
def test_every_way_of_writing_an_answer_is_accepted(key: str, also: list[str]) -> None:
    assert accepted(key)[0] == key
    assert set(also) <= set(accepted(key))


@pytest.mark.parametrize(
    ("key", "not_accepted"),
    [
        ("22.23万亿元", "222300"),
        ("党的十八届三中全会", "党的十八届四中全会"),
        ("145条", "14"),
        ("先行区", "示范区"),
        ("2024年", "24"),
        ("3+N", "3"),
        ("百分之九十五", "100分之95"),
        ("六个百分百", "6个100分100"),
        ("3.0个百分点", "3.0个100分点"),
        ("1年零4个月", "1年04个月"),
        ("十亿四千万人", "10亿40000000人"),
        ("309.79万千瓦", "309.79万千"),
        ("7%", "七%"),
    ],
)
def test_a_near_answer_is_not_accepted(key: str, not_accepted: str) -> None:
    assert not_accepted not in accepted(key)


@pytest.mark.parametrize(
    ("text", "arabic", "chinese"),
    [
        ("二〇二九年", "2029年", "二〇二九年"),
        ("17家", "17家", "十七家"),
        ("一百零五个", "105个", "一百零五个"),
        ("8月25日", "8月25日", "八月二十五日"),
        ("1.5倍", "1.5倍", "1.5倍"),
    ],
)
def test_numbers_are_written_both_ways(text: str, arabic: str, chinese: str) -> None:
    assert with_arabic(text) == arabic
    assert with_chinese(text) == chinese


@pytest.mark.parametrize(
    ("key", "rank", "wrong"),
    [
        ("145条", 1, ("135条", "155条", "165条")),
        ("1044万人", 0, ("1144万人", "1244万人", "1344万人")),
        ("50个", 2, ("40个", "30个", "60个")),
        ("六个月", 1, ("三个月", "九个月", "十二个月")),
        ("32学时", 1, ("24学时", "40学时", "48学时")),
        ("十八岁", 1, ("十六岁", "二十岁", "二十二岁")),
        ("15年", 1, ("14年", "16年", "17年")),
        ("15个工作日", 2, ("7个工作日", "10个工作日", "20个工作日")),
        ("11家", 0, ("12家", "13家", "14家")),
        ("98.86%", 0, ("99.26%", "99.66%", "98.46%")),
        ("两名", 0, ("一名", "三名", "四名")),
        ("两次", 1, ("一次", "三次", "四次")),
        ("三名", 2, ("两名", "四名", "五名")),
        ("20多万", 1, ("10多万", "30多万", "40多万")),
        ("300余个", 1, ("200余个", "400余个", "500余个")),
        ("三十日内", 1, ("二十日内", "四十五日内", "六十日内")),
        ("十人以上", 1, ("五人以上", "十五人以上", "二十人以上")),
        ("二十名以上", 1, ("十名以上", "三十名以上", "四十名以上")),
        ("十五人", 0, ("二十人", "二十五人", "三十人")),
        ("二十周岁", 1, ("十八周岁", "二十二周岁", "二十五周岁")),
        ("五十五周岁", 0, ("六十周岁", "六十五周岁", "五十周岁")),
        ("十四周岁", 0, ("十六周岁", "十八周岁", "二十周岁")),
    ],
)
def test_wrong_figures_step_in_the_grain_of_the_right_one(
    key: str, rank: int, wrong: tuple[str, ...]
) -> None:
    assert stepped(key, rank)[:3] == wrong


@pytest.mark.parametrize(("key", "most"), [("300天", 365), ("360天", 365), ("98%", 99), ("11个月", 12)])
def test_wrong_figures_stay_below_what_their_unit_allows(key: str, most: int) -> None:
    assert all(int(re.sub(r"\D", "", wrong)) <= most for wrong in stepped(key, 1))


@pytest.mark.parametrize(("bound", "side"), [("超过", 1), ("突破", 1), ("不超过", -1), ("近", -1)])
def test_a_bounded_figure_is_falsified_to_where_it_is_not_true(bound: str, side: int) -> None:
    writers = {ItemKind.TRUE_FALSE: WRITERS[ItemKind.TRUE_FALSE]}
    moved = [
        int(item.changed.removesuffix("条")) - count
        for count in range(135, 185, 10)  # whether it is falsified is hashed
        for text in (f"2023年，天津港{{集装箱航线}}累计{bound}【{count}条】。",)
        for item in _written({}, (marked(text, "figure", REPORT),), writers).items
        if item.changed
    ]
    assert moved
    assert all(difference * side > 0 for difference in moved)


def test_options_that_differ_in_their_number_stand_in_its_order() -> None:
    text = "天津市深度融入京津冀“【六链五群】”产业布局，开展跨区域强链延链补链。"
    made = judged(marked(text, "abbreviation", REPORT)).items
    (options,) = {item.options for item in made if item.kind is ItemKind.SINGLE_CHOICE}
    assert options == tuple(sorted(options, key=lambda option: "一二三四五六七八九十".index(option[0])))


def test_a_figure_is_chosen_whole_and_not_filled_in_without_its_counter_as_well() -> None:
    text = "2024年，天津市新增69家市级绿色工厂、【10家】{市级绿色供应链管理企业}。"
    made = judged(marked(text, "figure", REPORT)).items
    assert [(item.kind, item.key) for item in made] == [(ItemKind.SINGLE_CHOICE, ("10家",))]


def test_no_rival_is_coined_for_a_nickname_of_numbers() -> None:
    text = "2024年，天津市与浙江省签署协议，学习借鉴浙江省深入实施“【八八战略】”推动高质量发展的经验。"
    kinds = {item.kind for item in judged(marked(text, "formulation", REPORT)).items}
    assert kinds == {ItemKind.CLOZE}


def test_a_law_that_begins_with_a_year_is_asked_among_years() -> None:
    assert shifted("2022年1月1日", 2, 2026)[:3] == ("2021年1月1日", "2020年1月1日", "2023年1月1日")


def test_a_wrong_day_keeps_its_month_and_so_does_a_range() -> None:
    assert all(wrong.startswith("1949年1月") for wrong in shifted("1949年1月14日", 0, None)[:3])
    assert all(re.fullmatch(r"1949年1月\d+日至\d+日", w) for w in shifted("1949年1月3日至13日", 0, None))


@pytest.mark.parametrize(
    ("key", "rank", "wrong"),
    [
        ("五年", 1, ("三年", "十年", "十五年")),
        ("三年", 2, ("一年半", "二年", "五年")),
        ("七年", 1, ("五年", "十年", "十五年")),
        ("六个月", 1, ("三个月", "九个月", "十二个月")),
        ("五个工作日", 1, ("三个工作日", "七个工作日", "十个工作日")),
        ("二十四小时", 1, ("十二小时", "四十八小时", "七十二小时")),
        ("三倍以下", 1, ("二倍以下", "五倍以下", "十倍以下")),
    ],
)
def test_a_term_of_a_rule_stands_among_those_that_laws_have(
    key: str, rank: int, wrong: tuple[str, ...]
) -> None:
    assert stepped(key, rank, ruled=True)[:3] == wrong


def test_a_term_of_years_that_is_ruled_is_rounder_than_one_that_was_counted() -> None:
    assert stepped("15年", 1, ruled=True)[:3] == ("10年", "20年", "25年")


@pytest.mark.parametrize("key", ["2023—2035年", "1~1.5小时", "若干"])
def test_what_is_not_one_number_is_not_stepped(key: str) -> None:
    assert stepped(key, 1) == ()


def test_wrong_years_do_not_pass_the_date_of_the_document() -> None:
    assert all(year <= "2024年" for year in shifted("2023年", 0, 2024))


@pytest.mark.parametrize("key", ["1949年6月14日", "6月14日", "1949年6月", "1949年"])
@pytest.mark.parametrize("rank", range(4))
def test_the_right_day_stands_where_its_rank_says(rank: int, key: str) -> None:
    wrong = shifted(key, rank, None)[:3]
    assert sum(dates.order(one) < dates.order(key) for one in wrong) == rank


@pytest.mark.parametrize("rank", range(4))
def test_a_year_to_come_stands_among_years_for_which_plans_are_made(rank: int) -> None:
    wrong = shifted("2035年", rank, 2025)[:3]
    assert set(wrong) < {"2027年", "2030年", "2040年", "2045年", "2049年", "2050年", "2060年"}
    assert sum(year < "2035年" for year in wrong) == min(rank, 2)


@pytest.mark.parametrize("key", ["1979年8月7日", "二〇二九年", "5月12日", "1924年12月", "8月7日至11日"])
def test_wrong_dates_have_the_form_of_the_right_one(key: str) -> None:
    wrong = shifted(key, 1, None)
    assert len(set(wrong)) >= 3
    assert key not in wrong
    assert {re.sub(r"[\d〇一二三四五六七八九十]+", "#", w) for w in wrong} == {
        re.sub(r"[\d〇一二三四五六七八九十]+", "#", key)
    }


@pytest.mark.parametrize(
    ("term", "expected"),
    [("战略牵引", "战略支撑"), ("科技创新优势", "产业创新优势"), ("双城记", "协奏曲")],
)
def test_a_term_is_exchanged_for_one_it_is_mixed_up_with(term: str, expected: str) -> None:
    assert expected in {variant.text for variant in variants(term)}


@pytest.mark.parametrize(
    ("text", "never"),
    [
        (
            "第二十七条　用人单位在对已满【十六周岁】的未成年人进行培训时，应当将法治教育纳入内容。",
            "十八周岁",
        ),
        ("第六十五条　违反本法规定的，没收违法所得，并处违法所得【一倍以上】三倍以下罚款。", "四倍以上"),
        ("第六十六条　违反本法规定的，没收违法所得，并处违法所得【二倍】以上五倍以下罚款。", "五倍"),
        ("第三十条　合议庭由法官和人民陪审员组成，成员为【三人以上】单数。", "四人以上"),
    ],
)
def test_no_option_is_one_the_sentence_rules_out(text: str, never: str) -> None:
    made = judged(marked(text, "rule", article({"title": "中华人民共和国人民法院组织法"})))
    assert never not in {option for item in made.items for option in item.options}


@pytest.mark.parametrize(
    ("age", "never"), [("【14岁】，18岁", {"18岁", "20岁", "22岁"}), ("14岁，【18岁】", {"14岁"})]
)
def test_nobody_did_first_what_he_did_at_a_greater_age(age: str, never: set[str]) -> None:
    first, then = age.split("，")
    text = f"胡耀邦同志青少年时代就投身革命，{first}{{加入}}共青团，{then}转为中国共产党党员。"
    made = judged(marked(text, "figure", REPORT))
    assert not never & {option for item in made.items for option in item.options}


def test_of_what_is_said_in_one_breath_one_is_asked() -> None:
    said = (
        "天津市各级党组织要增强“{}四个意识{}”、坚定“{}四个自信{}”、做到“{}两个维护{}”，确保各项部署落地见效。"
    )
    marks = [["【", "】", "", "", "", ""], ["", "", "【", "】", "", ""], ["", "", "", "", "【", "】"]]
    knowledge = [marked(said.format(*own), "abbreviation", REPORT) for own in marks]
    assert len(judged(*knowledge[:1]).items) > 0
    assert len({item.key for item in judged(*knowledge).items}) == 1


def test_a_word_exchanged_never_says_twice_what_stands_before_it() -> None:
    assert "高质量高质量发展" not in {variant.text for variant in variants("高质量绿色发展")}


@pytest.mark.parametrize("key", ["四种形态", "三个区分开来", "四个自信"])
def test_beside_an_abbreviation_stand_others_or_other_numbers_of_it_never_both(key: str) -> None:
    made = judged(
        marked(f"习近平总书记强调，天津市要准确把握“【{key}】”，做好各项工作。", "abbreviation", REPORT)
    )
    for item in made.items:
        counted = [option[1:] == key[1:] for option in item.options if option != key]
        assert not counted or len(set(counted)) == 1


def test_nobody_is_punished_by_what_is_no_penalty() -> None:
    text = "第六十六条　组织、参加邪教组织的，对策划者、组织者和骨干分子，给予【开除党籍】处分。"
    made = judged(marked(text, "rule", REGULATION)).items
    assert made
    assert not any("劝其退党" in " ".join((*item.options, item.stem)) for item in made)


def test_half_a_year_more_tempts_only_in_a_document_that_has_such_terms() -> None:
    term = marked("第十三条　党员受到开除党籍处分，【两年】内{不得重新入党}。", "rule", REGULATION)
    half = marked("第十四条　党员受到警告处分，一年半内{不得}【提升职务】。", "rule", REGULATION)
    for knowledge, tempts in (((term,), False), ((term, half), True)):
        made = _written({}, knowledge, {ItemKind.SINGLE_CHOICE: WRITERS[ItemKind.SINGLE_CHOICE]}).items
        (options,) = (item.options for item in made if item.key == ("两年",))
        assert ("一年半" in options) is tempts


@pytest.mark.parametrize(
    ("day", "text", "named"),
    [
        ("1925年5月30日", "反对帝国主义暴行的五卅运动在上海爆发", True),
        ("4月12日", "蒋介石在上海发动四一二反革命政变", True),
        ("12月9日", "北平爆发“一二·九”运动", True),
        ("1927年8月1日", "党领导八一南昌起义", True),
        ("1925年6月5日", "各界为五卅惨案游行", False),
        ("3月8日", "召开第三十八次会议", False),
    ],
)
def test_an_event_may_be_called_by_its_day(day: str, text: str, named: bool) -> None:
    assert is_named(day, text) is named


def test_what_is_mixed_up_alone_is_not_exchanged_within_a_longer_term() -> None:
    assert "武装斗争" in {variant.text for variant in variants("党的建设")}
    assert not any("武装斗争" in variant.text for variant in variants("党的建设重要任务"))


@pytest.mark.parametrize("term", ["中心城区", "保障和改善民生", "人工智能+"])
def test_a_word_that_is_a_modifier_is_not_exchanged_as_if_it_were_a_head(term: str) -> None:
    assert list(variants(term)) == []


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("天津市坚持以习近平同志为核心的党中央集中统一领导。", False),
        ("天津市始终坚持党的领导这个根本任务不动摇。", False),
        ("连云港市开展了揭批江青反革命集团的教育。", False),
        ("天津市始终坚持把创新驱动作为高质量发展的首要动力。", True),
    ],
)
def test_nothing_about_leaders_or_basic_positions_is_falsified(text: str, may_be: bool) -> None:
    assert touchable(text) is may_be


@pytest.mark.parametrize(("wrong", "drops"), [("守法", True), ("普法", False)])
def test_of_an_open_list_too_no_wrong_option_stands_in_its_sentence(wrong: str, drops: bool) -> None:
    one = marked(
        "天津市健全【立法】、【执法】、【司法】等工作机制，推进守法。", "list", article({"title": "法治天津"})
    )
    context = Context((one,), (one.sentence,))
    drafts = WRITERS[ItemKind.SINGLE_CHOICE](replace(one, closed=False), context)
    draft = next(draft for draft in drafts if draft.asked[:1] != ("不属于",))
    fails = next(gate.fails for gate in GATES if gate.name == "true_option")
    assert fails(replace(draft, distractors=(wrong,)), context) is drops


def test_a_sentence_looks_back_in_its_own_paragraph_and_not_without_end() -> None:
    home = article({"title": "推进高水平开放的实践"})
    told = tuple(
        Sentence(Passage.whole(f"第{n}句。"), home, n, paragraph=n // 200, opens=n % 200 == 0)
        for n in range(400)
    )
    context = Context((), told)
    assert [one.index for one in context.earlier(told[203])] == [202, 201, 200]
    assert len(list(context.earlier(told[399]))) == FARTHEST
    assert not list(context.earlier(told[0]))


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("2023年，天津市有养老机构377个、老人家食堂1887个、日间照料中心1374个。", True),
        ("2014年，中国走这条路，建党90多年、新中国成立60多年、改革开放30多年。", False),
    ],
)
def test_things_are_matched_with_how_many_there_are_and_not_with_how_long(text: str, matched: bool) -> None:
    home = Article(id="案例", source="case.txt", title="2023年天津市政府工作报告", paragraphs=())
    (told,) = sentences.split(replace(home, paragraphs=(Paragraph(Passage.whole(text), Role.BODY),)))
    kinds = {item.kind for item in write(finders.find((told,)), (told,)).items}
    assert (ItemKind.MATCHING in kinds) is matched
