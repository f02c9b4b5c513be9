"""What people decide about items stays theirs, through rebuilds, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studytool.errors import StudyError
from studytool.model import Harvest, Item, ItemFilter, ItemKind, Mark, Memory, Rating, Review, Status
from studytool.store import asides, documents, dossiers, edits, items, rows, study, undoing
from studytool.store.bank import Bank
from studytool.store.edits import Action, Edit
from studytool.store.opening import open_bank

MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]
SECOND = timedelta(seconds=1)


@pytest.fixture
def kept(bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime) -> Bank:
    """A bank with two items."""
    documents.keep(bank, make_harvest(make_item(1), make_item(2)), "s1", noon)
    return bank


def only(bank: Bank, item_id: str = "item1") -> Item:
    (item,) = items.select(bank, ItemFilter(ids=(item_id,), statuses=()))
    return item


def reword(bank: Bank, at: datetime, **changes: object) -> edits.Outcome:
    old = only(bank)
    new = replace(old, **changes)  # type: ignore[arg-type]
    return edits.apply(bank, (Edit("item1", "王芳", Action.EDIT, edits.changes(old, new)),), at)


def decide(bank: Bank, action: Action, at: datetime, item_id: str = "item1") -> edits.Outcome:
    return edits.apply(bank, (Edit(item_id, "王芳", action, reason="过时"),), at)


def remember(bank: Bank, at: datetime) -> None:
    memory = Memory(2, None, 3.0, 5.0, at + timedelta(days=3), at)
    study.record(bank, Review("item1", "李华", at, ("第1批",), Mark.RIGHT, Rating.GOOD, 4.0), memory)


# ---- editing -------------------------------------------------------------------------------------


def test_an_edit_is_what_everybody_sees_and_who_made_it_is_kept(kept: Bank, noon: datetime) -> None:
    reword(kept, noon, stem="全市共建成____平台。", tags=("重点",))
    assert (only(kept).stem, only(kept).tags) == ("全市共建成____平台。", ("重点",))
    (decision,) = dossiers.dossier(kept, "item1").decisions
    assert (decision.reviewer, decision.at, decision.action) == ("王芳", noon, Action.EDIT)


def test_an_edit_survives_a_rebuild(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    reword(kept, noon, stem="全市共建成____平台。")
    documents.keep(kept, make_harvest(make_item(1, score=0.2), make_item(2)), "s2", noon + SECOND)
    assert (only(kept).stem, only(kept).score) == ("全市共建成____平台。", 0.2)
    assert dossiers.dossier(kept, "item1").other is None


def test_a_wording_edit_keeps_the_memory(kept: Bank, noon: datetime) -> None:
    remember(kept, noon)
    assert reword(kept, noon, stem="全市共建成____平台。").forgotten == 0
    assert study.memory_of(kept, "李华", "item1")


def test_a_changed_key_resets_the_memory_says_so_and_undo_brings_it_back(kept: Bank, noon: datetime) -> None:
    remember(kept, noon)
    asides.accept_variant(kept, asides.Variant("李华", "item1", 0, "首批"), noon)
    before = study.memory_of(kept, "李华", "item1")
    assert reword(kept, noon, key=("第3批",), accepted=(("第3批",),)).forgotten == 1
    assert study.memory_of(kept, "李华", "item1") is None
    assert asides.variants(kept, "李华", "item1", 1) == ((),)
    undoing.undo(kept, "王芳", noon)
    assert study.memory_of(kept, "李华", "item1") == before
    assert asides.variants(kept, "李华", "item1", 1) == (("首批",),)


@pytest.mark.parametrize(("one", "other", "same"), [
    ('["第1批"]', '["第 1批"]', True),
    ('["３０"]', '["30"]', True),
    ('["30"]', '["31"]', False),
    ('["甲","乙"]', '["乙","甲"]', False),
])  # fmt: skip
def test_width_and_space_do_not_make_another_key(one: str, other: str, same: bool) -> None:
    assert edits.is_same_key(one, other) is same


def test_undo_takes_back_one_step_at_a_time(kept: Bank, noon: datetime) -> None:
    first = only(kept)
    reword(kept, noon, stem="甲____")
    reword(kept, noon, stem="乙____")
    decide(kept, Action.APPROVE, noon)
    seen = []
    while undoing.undo(kept, "王芳", noon).item_ids:
        seen.append((only(kept).stem, only(kept).status))
    assert seen == [("乙____", "draft"), ("甲____", "draft"), (first.stem, "draft")]
    assert only(kept) == first


def test_nobody_undoes_below_what_another_has_done_since(kept: Bank, noon: datetime) -> None:
    reword(kept, noon, stem="甲____")
    edits.apply(kept, (Edit("item1", "李华", Action.APPROVE),), noon)
    with pytest.raises(StudyError, match="李华"):
        undoing.undo(kept, "王芳", noon)
    assert only(kept).stem == "甲____"


def test_undo_keeps_what_was_generated_since(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    reword(kept, noon, stem="甲____")
    documents.keep(kept, make_harvest(make_item(1, stem="全市新建____平台。"), make_item(2)), "s2", noon)
    undoing.undo(kept, "王芳", noon)
    assert only(kept).stem == "全市新建____平台。"


# ---- approving and retiring ----------------------------------------------------------------------


def test_a_batch_is_approved_and_undone_as_one(kept: Bank, noon: datetime) -> None:
    edits.apply(kept, (Edit(one, "王芳", Action.APPROVE) for one in ("item1", "item2")), noon)
    assert {only(kept, one).status for one in ("item1", "item2")} == {Status.APPROVED}
    assert len(undoing.undo(kept, "王芳", noon).item_ids) == 2
    assert {only(kept, one).status for one in ("item1", "item2")} == {Status.DRAFT}


def test_who_approves_thousands_lets_others_write_meanwhile_and_undoes_them_as_one(
    tmp_path: Path, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    many = [make_item(number) for number in range(edits.AT_A_TIME + 2)]
    with open_bank(tmp_path / "bank.db") as bank, open_bank(tmp_path / "bank.db") as other:
        documents.keep(bank, make_harvest(*many), "s1", noon)

        def ids() -> Iterator[str]:
            for place, item in enumerate(many):
                if place == edits.AT_A_TIME:
                    asides.flag(other, "李华", item.id, "有疑问", noon)  # waits for no lock
                yield item.id

        assert len(edits.approve(bank, ids(), "王芳", noon).item_ids) == len(many)
        assert {item.status for item in items.select(bank, ItemFilter())} == {Status.APPROVED}
        assert len(undoing.undo(bank, "王芳", noon).item_ids) == len(many)
        assert {item.status for item in items.select(bank, ItemFilter())} == {Status.DRAFT}


def test_undoing_an_approval_does_not_bring_back_what_is_gone_from_its_source(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    edits.approve(kept, ("item1", "item2"), "王芳", noon)
    documents.keep(kept, make_harvest(make_item(2)), "s2", noon)  # the sentence of the first is gone
    undoing.undo(kept, "王芳", noon)
    assert (only(kept, "item1").status, only(kept, "item2").status) == (Status.RETIRED, Status.DRAFT)
    documents.keep(kept, make_harvest(make_item(1), make_item(2)), "s3", noon)
    assert only(kept, "item1").status is Status.DRAFT


def test_of_a_batch_that_another_has_edited_in_part_nothing_is_undone(kept: Bank, noon: datetime) -> None:
    edits.approve(kept, ("item1", "item2"), "王芳", noon)
    edits.apply(kept, (Edit("item1", "李华", Action.RETIRE, reason="过时"),), noon)
    with pytest.raises(StudyError, match="李华"):
        undoing.undo(kept, "王芳", noon)
    assert only(kept, "item2").status is Status.APPROVED


def test_what_a_person_retired_does_not_come_back_with_a_rebuild(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    decide(kept, Action.RETIRE, noon)
    documents.keep(kept, make_harvest(make_item(1, stem="更好的____。"), make_item(2)), "s2", noon)
    assert only(kept).status is Status.RETIRED


def test_a_decision_closes_flags_and_undo_opens_them(kept: Bank, noon: datetime) -> None:
    asides.flag(kept, "李华", "item1", "答案不对", noon)
    assert dossiers.unclear(kept) == {"item1"}
    decide(kept, Action.APPROVE, noon)
    assert dossiers.dossier(kept, "item1").flags == ()
    undoing.undo(kept, "王芳", noon)
    assert [flag.reason for flag in dossiers.dossier(kept, "item1").flags] == ["答案不对"]


def test_the_stamp_moves_only_when_people_see_another_question(kept: Bank, noon: datetime) -> None:
    decide(kept, Action.APPROVE, noon + SECOND)
    assert items.stamps(kept)["item1"] == noon
    reword(kept, noon + 2 * SECOND, stem="甲____")
    assert items.stamps(kept)["item1"] == noon + 2 * SECOND
    decide(kept, Action.RETIRE, noon + 3 * SECOND)
    assert items.stamps(kept)["item1"] == noon + 3 * SECOND


def test_a_new_score_is_no_reason_to_update_a_card(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    again = documents.keep(kept, make_harvest(make_item(1, score=0.1), make_item(2)), "s2", noon + SECOND)
    assert again == documents.Kept()
    assert only(kept).score == 0.1
    assert items.stamps(kept)["item1"] == noon


# ---- the source changes --------------------------------------------------------------------------


def test_an_edited_item_returns_with_both_versions_when_it_is_generated_anew(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    reword(kept, noon, stem="甲____")
    decide(kept, Action.APPROVE, noon)
    documents.keep(kept, make_harvest(make_item(1, stem="全市新建____平台。"), make_item(2)), "s2", noon)
    dossier = dossiers.dossier(kept, "item1")
    assert dossier.other is not None
    assert (dossier.item.stem, dossier.item.status) == ("甲____", Status.DRAFT)
    assert (dossier.other.item.stem, dossier.other.mine) == ("全市新建____平台。", False)
    assert dossiers.queue(kept, ItemFilter())[0] == "item1"
    edit = dossiers.taking_other(kept, "item1", "王芳")
    assert edit is not None
    edits.apply(kept, (edit,), noon)
    assert only(kept).stem == "全市新建____平台。"
    assert dossiers.dossier(kept, "item1").other is None


def test_an_approved_item_returns_when_its_words_change(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    old = only(kept).stem
    decide(kept, Action.APPROVE, noon)
    documents.keep(kept, make_harvest(make_item(1, stem="全市新建____平台。"), make_item(2)), "s2", noon)
    dossier = dossiers.dossier(kept, "item1")
    assert dossier.other is not None
    assert (dossier.item.stem, dossier.item.status) == ("全市新建____平台。", Status.DRAFT)
    assert (dossier.other.item.stem, dossier.other.mine) == (old, True)
    edit = dossiers.taking_other(kept, "item1", "王芳")
    assert edit is not None
    edits.apply(kept, (edit,), noon)
    assert only(kept).stem == old


def test_a_changed_sentence_makes_a_new_item_beside_which_the_edited_one_is_shown(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    reword(kept, noon, stem="全市共建成____平台。")
    corrected = make_item(3, id="new3", evidence="全市建成第3批新平台。")
    other = make_item(4, evidence="毫不相干的一句话说的是别的事情。")
    documents.keep(kept, make_harvest(corrected, other, make_item(2)), "s2", noon)
    assert only(kept).status is Status.RETIRED
    dossier = dossiers.dossier(kept, "new3")
    assert dossier.other is not None
    assert (dossier.other.item.stem, dossier.other.mine) == ("全市共建成____平台。", True)
    assert dossiers.queue(kept, ItemFilter())[0] == "new3"
    assert "new3" in dossiers.unclear(kept)
    edit = dossiers.taking_other(kept, "new3", "王芳")
    assert edit is not None
    edits.apply(kept, (edit,), noon)
    assert (only(kept, "new3").stem, only(kept, "new3").key) == ("全市共建成____平台。", ("第3批",))
    assert dossiers.unclear(kept) == frozenset()
    undoing.undo(kept, "王芳", noon)
    assert dossiers.dossier(kept, "new3").other == dossier.other


def test_an_edited_item_that_disappears_is_kept_and_comes_back_as_edited(
    kept: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    reword(kept, noon, stem="甲____")
    decide(kept, Action.APPROVE, noon)
    documents.keep(kept, make_harvest(make_item(2)), "s2", noon)
    assert only(kept).status is Status.RETIRED
    documents.keep(kept, make_harvest(make_item(1), make_item(2)), "s3", noon)
    assert (only(kept).stem, only(kept).status) == ("甲____", Status.APPROVED)


# ---- what a reviewer sees ------------------------------------------------------------------------


def test_the_evidence_is_shown_in_its_paragraph_with_what_is_doubtful_there(
    kept: Bank, noon: datetime
) -> None:
    kept.run(
        "update articles set doubts = ?",
        rows.dump([{"kind": "date", "text": "第1批", "reason": "日期不明", "sentence": ""}]),
    )
    dossier = dossiers.dossier(kept, "item1")
    assert dossier.paragraph == "全市建成第1批平台。"
    assert dossier.doubts == ("“第1批”：日期不明",)


def test_flagged_items_can_be_reviewed_alone_even_when_approved(kept: Bank, noon: datetime) -> None:
    decide(kept, Action.APPROVE, noon, "item2")
    assert dossiers.queue(kept, ItemFilter()) == ("item1",)
    asides.flag(kept, "李华", "item2", "太难", noon)
    assert dossiers.queue(kept, ItemFilter(), flagged=True) == ("item2",)


def test_an_unknown_item_is_one_clear_line(bank: Bank, noon: datetime) -> None:
    with pytest.raises(StudyError, match="没有编号为 nix"):
        decide(bank, Action.APPROVE, noon, "nix")


def test_who_changed_the_key_keeps_the_options_they_read_beside_it(
    bank: Bank, make_item: MakeItem, make_harvest: MakeHarvest, noon: datetime
) -> None:
    days = ("1月1日", "2月1日", "3月1日", "4月1日")
    choice = make_item(
        1, kind=ItemKind.SINGLE_CHOICE, key=days[:1], accepted=(days[:1],), options=days, distractors=days[1:]
    )
    documents.keep(bank, make_harvest(choice), "s1", noon)
    new_key = {"key": '["3月1日"]', "accepted": '[["3月1日"]]'}
    edits.apply(bank, [Edit("item1", "王芳", Action.EDIT, new_key)], noon)
    others = ("1月1日", "5月1日", "6月1日", "7月1日")
    documents.keep(bank, make_harvest(replace(choice, options=others, distractors=others[1:])), "s2", noon)
    (found,) = items.select(bank, ItemFilter())
    assert (found.key, found.options) == (("3月1日",), days)
