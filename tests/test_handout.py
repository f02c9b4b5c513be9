"""The worksheet of an article: where its blanks are, how many, and what is not asked."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest

from studytool.errors import StudyError
from studytool.exports.sheet.layout import blank_width
from studytool.exports.sheet.worksheet import Heads, blanked, worksheet
from studytool.model import Item, ItemKind, Role, Span

Make = Callable[..., Item]
BODY, HEADING = Role.BODY, Role.HEADING
FIRST = "推动京津冀协同发展，要牵牢疏解北京非首都功能这个“牛鼻子”。"
SECOND = "三地联合打造的生命健康集群获批国家级先进制造业集群。"
FILLER = "各区各部门狠抓落实，群众获得感不断增强，城乡面貌焕然一新，干部作风明显好转。"


@pytest.fixture
def blank(make_item: Make) -> Callable[..., Item]:
    """The numbered item that asks `answer` of `sentence`."""

    def made(number: int, sentence: str, answer: str, **changes: object) -> Item:
        stem = sentence.replace(answer, "____", 1)
        given = {"stem": stem, "key": (answer,), "evidence": sentence, "ranges": (Span(0, 1),)}
        return make_item(number, **{**given, **changes})

    return made


def read(texts: tuple) -> list[str]:
    """The paragraphs with their blanks as [number]."""
    return ["".join(p.text if p.kind == "text" else f"[{p.text}]" for p in text.pieces) for text in texts]


def test_the_answer_is_left_blank_where_the_evidence_has_it(blank: Callable[..., Item]) -> None:
    texts, answers = blanked(
        [(FIRST, BODY), (SECOND, BODY)],
        [blank(1, SECOND, "生命健康集群"), blank(2, FIRST, "牛鼻子")],
    )
    assert read(texts) == [FIRST.replace("牛鼻子", "[1]"), SECOND.replace("生命健康集群", "[2]")]
    assert answers == ("牛鼻子", "生命健康集群")


def test_of_two_places_the_one_the_stem_leaves_blank_is_taken(blank: Callable[..., Item]) -> None:
    sentence = "天津建成3个中心，新设3家企业。"
    item = blank(1, sentence, "3", stem="天津建成3个中心，新设____家企业。")
    texts, _ = blanked([(sentence, BODY)], [item])
    assert read(texts) == ["天津建成3个中心，新设[1]家企业。"]


def test_a_place_the_stem_does_not_tell_is_not_blanked(blank: Callable[..., Item]) -> None:
    sentence = "建成3个中心，建成3个基地。"
    _, answers = blanked([(sentence, BODY)], [blank(1, sentence, "3", stem="____")])
    assert answers == ()


def test_a_family_gives_one_blank(blank: Callable[..., Item]) -> None:
    items = [blank(1, FIRST, "牛鼻子", family="f"), blank(2, FIRST, "京津冀", family="f")]
    _, answers = blanked([(FIRST, BODY)], items)
    assert answers == ("牛鼻子",)


def test_a_paragraph_gets_at_most_four_blanks(blank: Callable[..., Item]) -> None:
    sentences = [f"第{number}项工程完成投资{number}{number}亿元。{FILLER}" for number in range(1, 10)]
    items = [
        blank(number, sentence.removesuffix(FILLER), f"{number}{number}亿元")
        for number, sentence in enumerate(sentences, 1)
    ]
    _, answers = blanked([("".join(sentences), BODY)], items)
    assert answers == ("11亿元", "22亿元", "33亿元", "44亿元")


@pytest.mark.parametrize(
    ("paragraphs", "changes"),
    [
        pytest.param([(FIRST, BODY), ("“牛鼻子”怎么牵", HEADING)], {}, id="the answer stands in a heading"),
        pytest.param([(FIRST, HEADING)], {}, id="the evidence is a heading"),
        pytest.param([(SECOND, BODY)], {}, id="the evidence is not in the article"),
        pytest.param([(FIRST, BODY)], {"kind": ItemKind.SHORT_ANSWER}, id="it is no cloze"),
    ],
)
def test_what_cannot_be_asked_in_place_is_left_alone(
    paragraphs: list, changes: dict, blank: Callable[..., Item]
) -> None:
    texts, answers = blanked(paragraphs, [blank(1, FIRST, "牛鼻子", **changes)])
    assert answers == ()
    assert read(texts) == [text for text, _ in paragraphs]


def test_the_answers_stand_on_the_last_page_only(blank: Callable[..., Item]) -> None:
    content = worksheet(
        Heads("握紧“方向盘”", "某某", "2024-02-26"), [(FIRST, BODY)], [blank(1, FIRST, "牛鼻子")]
    )
    first, last = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert "牛鼻子" not in first
    assert "非首都功能" in first
    assert "1. 牛鼻子" in last


def test_an_article_without_items_is_refused() -> None:
    with pytest.raises(StudyError, match="《甲》没有可以挖空的题"):
        worksheet(Heads("甲", None, None), [(FIRST, BODY)], [])


def test_a_blank_stands_whole_in_one_line_wherever_it_falls(blank: Callable[..., Item]) -> None:
    sentences = [f"{FILLER * 2}{'好' * n}，加快构建{n:02d}新发展格局。" for n in range(5, 50)]
    items = [blank(n, one, f"{n:02d}新发展格局") for n, one in enumerate(sentences, 5)]
    heads = Heads("文章", None, None)
    content = worksheet(heads, [(one, BODY) for one in sentences], items)
    shapes = (one for page in pypdfium2.PdfDocument(content) for one in page.get_objects(filter=[2]))
    widths = [right - left for left, _, right, _ in (shape.get_bounds() for shape in shapes)]
    assert sum(abs(one - blank_width("10新发展格局") * 10.5) < 1 for one in widths) == len(items)
