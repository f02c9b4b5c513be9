"""Questions in Moodle XML, QTI and GIFT are understood as those programs do, or refused with a reason.

What we export ourselves comes back whole, whatever stands in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool import imports
from studytool.errors import StudyError
from studytool.exports import Deck, export
from studytool.exports.deck import prepared
from studytool.imports.entry import Imported
from studytool.imports.jsonl import item_from_json
from studytool.imports.origins import Origin, origin_of
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = {
    ItemKind.CLOZE: "填空",
    ItemKind.SINGLE_CHOICE: "单选",
    ItemKind.MULTIPLE_RESPONSE: "多选",
    ItemKind.TRUE_FALSE: "判断",
    ItemKind.SHORT_ANSWER: "简答",
    ItemKind.MATCHING: "匹配",
    ItemKind.ORDERING: "排序",
}
V2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"


def zipped(**members: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


def qti_item(parts: str, version: str = V2) -> bytes:
    return zipped(
        items__a_xml=f'<assessmentItem xmlns="{version}" identifier="a" title="t">{parts}</assessmentItem>'
    )


READERS = {
    "gift": lambda text: imports.read("题.gift", text.encode()),
    "moodle": lambda text: imports.read("题.xml", f"<quiz>{text}</quiz>".encode()),
    "qti": lambda text: imports.read("题.zip", qti_item(text)),
}


def cases() -> list[tuple[str, str, str, str]]:
    """The cases of the files: the format, the risk, the text, what is expected."""
    found = []
    for name in READERS:
        text = (FIXTURES / "imports" / f"{name}.txt").read_text(encoding="utf-8")
        blocks = re.findall(
            r"^==== (.+?)\n(.*?)\n----\n(.*?)\s*(?=\n====|\Z)", text, re.DOTALL | re.MULTILINE
        )
        found += [(name, risk, given, expected.strip()) for risk, given, expected in blocks]
    return found


def line_of(item: Item) -> str:
    options = f" [{'|'.join(item.options)}]" if item.options else ""
    others = f"（{'／'.join(item.accepted[0])}）" if len(item.accepted[0]) > 1 else ""
    said = (f" 解析“{item.explanation}”" if item.explanation else "") + (
        f" 依据“{item.evidence}”" if item.evidence else ""
    )
    own = "" if re.fullmatch("[0-9a-f]{12}|a", item.id) else f" 编号{item.id}"
    line = f"{NAMES[item.kind]} {item.stem}{options} = {'|'.join(item.key)}{others}{said}{own}"
    return line.replace("\n", "⏎")


def lines_of(understood: Imported) -> list[str]:
    return [line_of(item) for item in understood.items] + [
        f"! {each.expected}" for each in understood.problems
    ]


@pytest.mark.parametrize(
    ("name", "risk", "text", "expected"), cases(), ids=[f"{name}: {risk}" for name, risk, _, _ in cases()]
)
def test_a_question_is_understood_or_refused_with_a_reason(
    name: str, risk: str, text: str, expected: str
) -> None:
    lines = expected.split("\n")
    ordered = [line for line in lines if line[0] != "!"] + [line for line in lines if line[0] == "!"]
    assert lines_of(READERS[name](text)) == ordered


# ---- encodings ------------------------------------------------------------------------------------

QUESTION = (
    '<quiz><question type="truefalse"><questiontext><text>{}</text></questiontext>'
    '<answer fraction="100"><text>true</text></answer></question></quiz>'
)
ENCODINGS = {
    "gb2312": ("天是蓝的，水是清的。", "gb2312"),
    "GBK": ("天是蓝的，鎔基。", "gbk"),
    "gb18030": ("天是蓝的，㐂。", "gb18030"),
    "Big5": ("天是藍的，水是清的。", "big5"),
    "UTF-16": ("天是蓝的。", "utf-16"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_xml_is_read_in_the_encoding_it_declares(name: str) -> None:
    said, codec = ENCODINGS[name]
    data = f'<?xml version="1.0" encoding="{name}"?>\n{QUESTION.format(said)}'.encode(codec)
    assert [item.stem for item in imports.read("题.xml", data).items] == [said]


def test_a_mark_of_utf8_is_believed_before_a_declaration() -> None:
    data = f'\ufeff<?xml version="1.0" encoding="GBK"?>{QUESTION.format("天是蓝的。")}'.encode()
    assert [item.stem for item in imports.read("题.xml", data).items] == ["天是蓝的。"]


UNTRUE = {
    "UTF-8 that says GBK": ("GBK", "utf-8", "声明的编码是 GBK，内容却是 UTF-8"),
    "GBK that says Big5": ("Big5", "gb18030", "不是它声明的编码"),
    "an encoding nobody knows": ("x-none", "utf-8", "编码不明"),
}


@pytest.mark.parametrize("name", UNTRUE)
def test_a_declaration_that_is_not_true_is_refused(name: str) -> None:
    declared, codec, message = UNTRUE[name]
    said = "天是蓝的，水是清的，㐂鎔。"
    data = f'<?xml version="1.0" encoding="{declared}"?>{QUESTION.format(said)}'.encode(codec)
    with pytest.raises(StudyError, match=message):
        imports.read("题.xml", data)


def test_entities_are_refused_in_a_chinese_encoding_too() -> None:
    bomb = (
        f'<?xml version="1.0" encoding="gb2312"?><!DOCTYPE quiz [<!ENTITY a "天">]>{QUESTION.format("&a;地")}'
    )
    with pytest.raises(StudyError, match="定义了实体"):
        imports.read("题.xml", bomb.encode("gb2312"))


# ---- packages -------------------------------------------------------------------------------------

CHOICE = (
    '<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse>'
    "<value>A</value></correctResponse></responseDeclaration><itemBody>"
    '<choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>哪个？</prompt>'
    '<simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice>'
    "</choiceInteraction></itemBody>"
)
CHOICE_3 = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="a" title="t">'
    '<qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier">'
    "<qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response>"
    "</qti-response-declaration><qti-item-body>"
    '<qti-choice-interaction response-identifier="R" max-choices="2"><qti-prompt>哪些？</qti-prompt>'
    '<qti-simple-choice identifier="A">甲</qti-simple-choice>'
    '<qti-simple-choice identifier="B">乙<qti-feedback-inline>对</qti-feedback-inline></qti-simple-choice>'
    '<qti-simple-choice identifier="C">丙</qti-simple-choice>'
    "</qti-choice-interaction></qti-item-body></qti-assessment-item>"
)
GAPS_3 = (
    '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="a" title="t">'
    '<qti-response-declaration identifier="R" cardinality="single" base-type="string"><qti-correct-response>'
    "<qti-value>北京</qti-value></qti-correct-response><qti-mapping default-value='0'>"
    '<qti-map-entry map-key="北京" mapped-value="1"/><qti-map-entry map-key="京" mapped-value="0.5"/>'
    "</qti-mapping></qti-response-declaration>"
    '<qti-item-body><p>首都是<qti-text-entry-interaction response-identifier="R"/>。</p></qti-item-body>'
    "</qti-assessment-item>"
)
VERSIONS = {
    "2.2": (qti_item(CHOICE, "http://www.imsglobal.org/xsd/imsqti_v2p2"), "单选 哪个？ [甲|乙] = 甲"),
    "3.0 choice": (zipped(a_xml=CHOICE_3), "多选 哪些？ [甲|乙|丙] = 甲|乙"),
    "3.0 gaps": (zipped(a_xml=GAPS_3), "填空 首都是____。 = 北京"),
    "2.0": (
        qti_item(CHOICE, "http://www.imsglobal.org/xsd/imsqti_item_v2p0"),
        "! 这道题的版本是 QTI 2.0，能读的是 QTI 2.1、2.2 和 3.0",
    ),
}


@pytest.mark.parametrize("version", VERSIONS)
def test_other_versions_of_qti_are_read_or_named(version: str) -> None:
    data, expected = VERSIONS[version]
    assert lines_of(imports.read("题.zip", data)) == [expected]


PACKAGES = {
    "QTI 1.2": (
        zipped(quiz_xml="<questestinterop/>"),
        "“题.zip”是 QTI 1.2 的题库，能读的是 QTI 2.1、2.2 和 3.0",
    ),
    "an Anki deck": (
        zipped(**{"collection.anki21": "x", "media": "{}"}),
        "是 Anki 卡组，请把文件名改成 .apkg",
    ),
    "a Word file": (zipped(word__document_xml="<document/>"), "是 Word 文件，请把文件名改成 .docx"),
    "a zip of texts": (zipped(**{"a.txt": "甲"}), "没有读到试题"),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_zip_of_something_else_says_what_it_is(name: str) -> None:
    data, message = PACKAGES[name]
    with pytest.raises(StudyError, match=message):
        imports.read("题.zip", data)


# ---- round trips ----------------------------------------------------------------------------------

FILES = {"moodle": "题.xml", "gift": "题.gift", "qti": "题.zip"}
LINES = (FIXTURES / "exports" / "items.jsonl").read_text(encoding="utf-8").splitlines()
DECK = prepared(Deck("学习", tuple(item_from_json(json.loads(line)) for line in LINES)))[0]
EXPLAINED = tuple(
    replace(item, explanation=f"解释{n}：\n依据：不是依据。\n出处：也不是。")
    for n, item in enumerate(DECK.items)
)
BARE = tuple(replace(item, evidence="", article="", section=None, published_on=None) for item in DECK.items)
SAID = tuple(replace(item, explanation=f"解释{n}。\n出处：某书") for n, item in enumerate(BARE))
PLAIN = {item.kind: item for item in reversed(DECK.items) if not item.id.startswith("h-")}


def whole(item: Item) -> tuple[object, ...]:
    """All that a format with questions must bring back; Moodle and GIFT keep no order of right options."""
    chosen = item.kind is ItemKind.MULTIPLE_RESPONSE
    mixed = item.kind in (ItemKind.MATCHING, ItemKind.ORDERING)
    accepted = item.accepted if item.kind is ItemKind.CLOZE else ()
    said = (item.explanation, item.evidence, item.original, item.changed)
    options = frozenset(item.options) if mixed else item.options
    return (
        item.id,
        item.kind,
        item.stem,
        frozenset(item.key) if chosen else item.key,
        options,
        accepted,
        *said,
    )


def back(name: str, items: Sequence[Item]) -> list[Item]:
    """The items as they come back; none may be lost but those the export names."""
    exported = export(name, Deck("学习", tuple(items)))
    understood = imports.read(FILES[name], exported.data)
    assert understood.problems == ()
    assert len(understood.items) == len(items) - exported.missing
    return list(understood.items)


@pytest.mark.parametrize("name", [*FILES, "md", "kaoshibao"])
def test_where_the_evidence_stands_comes_back_in_every_format(name: str) -> None:
    item = replace(PLAIN[ItemKind.SINGLE_CHOICE], evidence="原文一句。", section="一、*总则*")
    item = replace(item, article="某公报", published_on=date(2024, 7, 18))
    unsaid = replace(item, id="abcdefabcdef", stem="另一题？", section=None, published_on=None)
    files = {**FILES, "md": "题.md", "kaoshibao": "题.xlsx"}
    for went in (item, unsaid):
        exported = export(name, Deck("学习", (went,), sources={went.source: "某刊"}))
        (found,) = imports.read(files[name], exported.data).items
        assert (found.article, found.published_on) == (went.article, went.published_on)
        chapter = went.section or (went.article if name == "kaoshibao" else None)  # 考试宝 names one always
        assert found.section == chapter


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "items",
    [DECK.items, EXPLAINED, BARE, SAID],
    ids=["as they are", "explained", "without evidence", "explained without evidence"],
)
def test_an_item_comes_back_whole(name: str, items: tuple[Item, ...]) -> None:
    sent = {item.id: item for item in items}
    assert [whole(item) for item in back(name, items)] == [whole(sent[item.id]) for item in back(name, items)]


def test_answers_that_look_like_code_stay_as_they_are() -> None:
    texts = (
        "=1+1",
        "%50%左右",
        "a~b",
        "a#b",
        "a}b{c",
        "a\\",
        "\\*",
        "*",
        "&#126;",
        "a\\~b",
        "[html]甲",
        "<b>",
    )
    for name in FILES:
        cloze = replace(PLAIN[ItemKind.CLOZE], key=texts[:1], accepted=(texts,), stem=f"是{BLANK}。")
        single = replace(PLAIN[ItemKind.SINGLE_CHOICE], options=texts, key=texts[1:2])
        assert [whole(item) for item in back(name, (cloze, single))] == [whole(cloze), whole(single)]


@pytest.mark.parametrize("name", FILES)
def test_what_a_format_cannot_hold_is_named(name: str) -> None:
    spoken = replace(PLAIN[ItemKind.SHORT_ANSWER], key=("甲",), accepted=(("甲", "乙"),))
    exported = export(name, Deck("学习", (spoken,)))
    assert (exported.left_out, exported.missing) == ({"简答题要点的其他可接受答案": 1}, 0)


def test_gift_holds_no_choice_among_one() -> None:
    single = replace(PLAIN[ItemKind.SINGLE_CHOICE], options=("甲",), key=("甲",))
    exported = export("gift", Deck("学习", (single,)))
    assert (exported.left_out, exported.missing) == ({"只有一个选项的选择题": 1}, 1)


MANY = 100_000


@pytest.mark.parametrize("text", ["![", "[id:", "[html]", "<a b='", "<!--", "{", "####", " \n"])
def test_what_opens_and_never_closes_takes_no_longer_than_it_is(text: str) -> None:
    """Where its square were taken, each of these would take minutes."""
    run = text * (MANY // len(text))
    for gift in (run, f"甲{{={run}}}", f"甲{{=乙}}{run}", f"[html]{run}{{T}}", f"// {run}\n甲{{=乙}}"):
        imports.read("题.gift", gift.encode())
    for form in ("html", "moodle_auto_format"):
        told = QUESTION.format(escape(run)).replace("<questiontext>", f"<questiontext format='{form}'>")
        imports.read("题.xml", told.encode())
    READERS["qti"](CHOICE.replace("哪个？", escape(run)))


# Markup of the formats, pieces of which items are made; nothing that only our own reader of stems would
# take for a gap, and no space at the edges, which no format keeps.
PIECES = (
    "甲", "第二", "A1", "=", "~", "#", "####", "{", "}", "{1:SHORTANSWER:=乙}", "{#1}", "{T}", "::", "//",
    "->", "%50%", "%-100%", "\\", "\\n", "\\=", "*", "\\*", "<b>", "</p><p>", "<br>", "<img src='x'>", "<!--",
    "-->", "&", "&lt;", "&#39;", "&nbsp;", "]]>", "<![CDATA[", "[html]", "[id:x]", "]", "$CATEGORY: 甲",
    "<value>", "依据：", "出处：", "要点：", "原文为“甲”，题中误作“乙”。", "'", '"', "若 a<b 且 c>d", "$$x$$",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
PARTS = st.lists(TEXTS, min_size=2, max_size=4, unique=True)


def hostile(kind: ItemKind, stem: str, parts: list[str], said: str) -> Item:
    """An item of a kind made of hostile texts."""
    item = replace(PLAIN[kind], explanation=said, evidence=said, original=None, changed=None, stem=stem)
    if kind is ItemKind.CLOZE:
        return replace(item, stem=f"{stem}{BLANK}{stem}", key=(parts[0],), accepted=(tuple(parts),))
    if kind in (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_RESPONSE):
        return replace(item, options=tuple(parts), key=(parts[0],))
    if kind is ItemKind.TRUE_FALSE:
        old, new = (part.replace("题中误作", "") for part in parts[:2])  # the words of the remark itself
        changed = {"original": old, "changed": new, "stem": stem + new}
        return replace(item, key=(WRONG,), **changed) if len(parts) > 2 else replace(item, key=(RIGHT,))
    if kind is ItemKind.MATCHING:
        rights = tuple(parts)
        return replace(item, key=tuple(f"左{n}={text}" for n, text in enumerate(rights)), options=rights)
    if kind is ItemKind.ORDERING:
        return replace(item, key=tuple(parts), options=(*parts[1:], parts[0]))
    return replace(item, key=tuple(parts))


@pytest.mark.parametrize("name", FILES)
@given(kind=st.sampled_from(list(ItemKind)), stem=TEXTS, parts=PARTS, said=TEXTS)
def test_hostile_words_come_back_the_same(
    name: str, kind: ItemKind, stem: str, parts: list[str], said: str
) -> None:
    item = hostile(kind, stem, parts, said)
    assert [whole(each) for each in back(name, (item,))] == [whole(item)] * len(back(name, (item,)))


def test_what_a_person_writes_is_no_markup_in_a_package() -> None:
    said = "若 a<b 且 <b>c</b>&amp;d"
    parts = CHOICE.replace("哪个？", escape(said))
    assert [item.stem for item in imports.read("题.zip", qti_item(parts)).items] == [said]


@pytest.mark.parametrize(
    ("line", "section", "day"),
    [
        ("工作要点 · 一、民生 · 2025-02-18 · 文件", "一、民生", date(2025, 2, 18)),
        ("工作要点 · 一、民生 · 0958-02-18 · 文件", "一、民生 · 0958-02-18", None),
        ("工作要点 · 一、民生 · 文件", "一、民生", None),
    ],
)
def test_a_day_on_which_nothing_was_published_is_no_day_of_an_origin(
    line: str, section: str, day: date | None
) -> None:
    assert origin_of(line) == Origin("工作要点", section, day)
