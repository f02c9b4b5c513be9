"""An item as a text to edit: it comes back as it was, as it was changed, or with one clear line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studytool.cli import editing, item_text
from studytool.errors import StudyError
from studytool.exports.deck import defect, writable
from studytool.imports.answers import Unclear
from studytool.imports.jsonl import item_from_json
from studytool.imports.soundness import check_sound
from studytool.model import Item, ItemKind

FIXTURES = Path(__file__).parent / "fixtures" / "exports"
LINES = (FIXTURES / "items.jsonl").read_text(encoding="utf-8").splitlines()
ITEMS = [item_from_json(json.loads(line)) for line in LINES]
PLAIN = [item for item in ITEMS if defect(item) is None and item.stem == writable(item.stem)]
KINDS = {item.kind.value: item for item in reversed(ITEMS)}


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.id)
def test_a_text_nobody_changed_changes_nothing(item: Item) -> None:
    assert item_text.parse(item_text.text_of(item), item) == item


def test_words_that_look_like_labels_stay_words(make_item: Callable[..., Item]) -> None:
    item = make_item(1, explanation="第一行\n答案：不是标签\n# 不是注释\n\\斜杠", tags=("甲|乙",))
    assert item_text.parse(item_text.text_of(item), item) == item


# What an editor of lines cannot show as it is, or reads as something else.
HARD = st.text(
    st.one_of(
        st.sampled_from("甲乙|\\\n\r\u2028\u2029\x0b\x1c\x85\t\x00 \u3000#+-＋－=＝：_"),
        st.characters(codec="utf-8"),
    ),
    max_size=12,
) | st.sampled_from(["甲\n乙", "甲\u2028答案：乙", "# 甲", "题干：\n题干：", "甲\\|", " 甲 ", "①\r\n②"])


@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
def test_a_text_nobody_changed_changes_nothing_whatever_it_holds(data: st.DataObject, kind: str) -> None:
    item = replace(_hard(KINDS[kind], data), explanation=data.draw(HARD), tags=(data.draw(HARD),))
    assume(_is_sound(item) and writable(item.stem).strip())
    assert editing.reworded(item, lambda text: text, editing.always) is None
    assert item_text.parse(item_text.text_of(item), item) == item


def _is_sound(item: Item) -> bool:
    try:
        check_sound(item)
    except Unclear:
        return False
    return True


def _hard(item: Item, data: st.DataObject) -> Item:
    """The item with words before and behind its own that are hard to show."""
    item = replace(
        item, stem=f"{data.draw(HARD).replace('_', '')}{item.stem}{data.draw(HARD).replace('_', '')}"
    )
    if item.kind is ItemKind.TRUE_FALSE:
        return item
    odd = {text: f"{data.draw(HARD)}{text}{data.draw(HARD)}" for text in (*item.key, *item.options)}
    if item.kind in (ItemKind.MATCHING, ItemKind.ORDERING):
        odd = {text: f"{text}{data.draw(HARD)}" for text in odd}
    key, options = tuple(odd[text] for text in item.key), tuple(odd[text] for text in item.options)
    return replace(
        item,
        key=key,
        options=options,
        distractors=tuple(odd.get(text, text) for text in item.distractors),
        accepted=tuple((text, data.draw(HARD)) for text in key),
    )


def test_what_is_left_as_it_was_shown_stays_where_something_else_is_changed() -> None:
    item = replace(
        KINDS["single_choice"],
        stem="题干一？",
        key=("甲\n乙",),
        accepted=(("甲\n乙",),),
        options=("甲\n乙", " 丙\u2028"),
        distractors=(" 丙\u2028",),
    )
    text = item_text.text_of(item)
    assert item_text.parse(text.replace("题干一", "题干二"), item) == replace(item, stem="题干二？")
    more = item_text.parse(text.replace("解析：", "- 丁\n解析："), item)
    assert more.options == (*item.options, "丁")
    assert more.key == item.key


def test_every_part_can_be_changed(make_item: Callable[..., Item]) -> None:
    item = make_item(1)
    text = "题干：全市建成____、____。\n答案：\n- 甲 | 一\n- 乙\n解析：见公报。\n标签：重点 | 数字\n"
    assert item_text.parse(text, item) == replace(
        item,
        stem="全市建成____、____。",
        key=("甲", "乙"),
        accepted=(("甲", "一"), ("乙",)),
        explanation="见公报。",
        tags=("重点", "数字"),
    )


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"),
    [
        ("cloze", "____", "那里", "题干里有 0 个空"),
        ("cloze", "题干：", "题干", "不知属于哪一项"),
        ("cloze", "解析：", "题干：", "写了两次"),
        ("cloze", "- ", "-  | ", None),
        ("single_choice", "+ ", "- ", "要有一个对的选项"),
        ("single_choice", "- ", "+ ", "要有一个对的选项"),
        ("single_choice", "- ", "", "前面没有"),
        ("single_choice", "选项：", "标签2：", "“选项：”一项没有内容"),
        ("multiple_response", "+ ", "- ", "没有对的选项"),
        ("true_false", "答案：", "答案：不", "判断题的答案只能是"),
        ("matching", "=", "-", "左=右"),
        ("ordering", "答案：\n", "答案：\n- 多一项\n", "项数不能改"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(kind: str, old: str, new: str, message: str | None) -> None:
    item = KINDS[kind]
    text = item_text.text_of(item)
    assert old in text
    if message is None:
        assert item_text.parse(text.replace(old, new), item).key == item.key
        return
    with pytest.raises(StudyError, match=message):
        item_text.parse(text.replace(old, new), item)


@pytest.mark.parametrize("rule", ["___", "_______", "＿＿＿＿＿", "____"])
def test_a_blank_may_be_drawn_as_long_as_people_draw_it(make_item: Callable[..., Item], rule: str) -> None:
    item = make_item(1, stem="坚持____。", key=("甲",))
    new = item_text.parse(item_text.text_of(item).replace("坚持____", f"必须坚持{rule}"), item)
    assert new.stem == "必须坚持____。"


def test_a_reworded_right_option_is_the_new_answer() -> None:
    item = KINDS["single_choice"]
    new = item_text.parse(item_text.text_of(item).replace(f"+ {item.key[0]}", "+ 新的说法"), item)
    assert new.key == ("新的说法",)
    assert set(new.options) == {"新的说法", *item.distractors}


def test_a_statement_made_right_has_no_correction(make_item: Callable[..., Item]) -> None:
    item = next(item for item in ITEMS if item.changed)
    new = item_text.parse(item_text.text_of(item).replace("答案：错误", "答案：正确"), item)
    assert (new.key, new.original, new.changed) == (("正确",), None, None)


def test_the_message_takes_the_place_of_the_one_before(make_item: Callable[..., Item]) -> None:
    text = item_text.with_message(item_text.with_message(item_text.text_of(make_item(1)), "甲"), "乙")
    assert text.startswith("#! 乙\n# ")
    assert "甲" not in text
    assert item_text.parse(text, make_item(1)) == make_item(1)
