"""An item that stands in several documents: it is always worded and dated by one that holds it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool import exports, pipeline
from studytool.exports import Deck
from studytool.model import Item, ItemFilter, Mark, Rating, Review, Status
from studytool.store import edits, items, study, undoing, withdrawal
from studytool.store.bank import Bank
from studytool.store.edits import Action, Edit
from studytool.store.opening import open_bank

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SHARED = "天津市建成高标准农田120万亩，粮食总产量达到250万吨，比上年增长3.2%。"
OLD, NEW = "2020年天津市农业工作报告\n\n2020年11月20日\n\n", "2024年天津市政府工作报告\n\n2024年11月20日\n\n"
MORE = "会议强调，坚持绿水青山就是金山银山的理念，持续推进生态文明建设。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same sentence in a paper of 2020 and in one of 2024."""
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{OLD}{SHARED}\n{MORE}", encoding="utf-8")
    (folder / "b.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    return folder


def built(bank: Bank, folder: Path) -> pipeline.BuildReport:
    return pipeline.build(bank, pipeline.discover([str(folder)]), AT)


def asked(bank: Bank) -> bytes:
    return exports.export("jsonl", Deck("全部", items.select(bank, ItemFilter()))).data


def asked_of(folder: Path) -> bytes:
    """What a bank asks that never knew anything else."""
    with open_bank(":memory:") as fresh:
        built(fresh, folder)
        return asked(fresh)


def shared(bank: Bank, status: Status = Status.DRAFT) -> tuple[Item, ...]:
    found = items.select(bank, ItemFilter(statuses=(status,)))
    return tuple(item for item in found if "120万亩" in item.evidence)


def path_of(folder: Path, name: str) -> str:
    return str(folder / name)


def test_the_first_by_name_words_what_stands_in_both(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    assert {item.source for item in shared(bank)} == {"a.txt"}


def test_a_sentence_taken_out_of_the_first_is_asked_as_the_second_says_it(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
    built(bank, folder)
    assert shared(bank)
    assert asked(bank) == asked_of(folder)


def test_both_may_change_in_one_build(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
    (folder / "b.txt").write_text(f"{NEW}{SHARED}\n{MORE}", encoding="utf-8")
    built(bank, folder)
    assert asked(bank) == asked_of(folder)


def test_a_document_that_is_not_in_the_build_inherits_too(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
    pipeline.build(bank, pipeline.discover([path_of(folder, "a.txt")]), AT)
    assert asked(bank) == asked_of(folder)


def test_what_is_withdrawn_words_nothing_any_more(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    pipeline.inherit(bank, AT)
    (folder / "a.txt").unlink()
    assert shared(bank)
    assert asked(bank) == asked_of(folder)


def test_an_heir_that_cannot_be_read_leaves_its_items_unasked(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_bytes(b"")
    (skipped,) = pipeline.inherit(bank, AT).skipped
    assert skipped[0] == path_of(folder, "b.txt")
    assert not shared(bank)
    (folder / "b.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    built(bank, folder)
    assert {item.source for item in shared(bank)} == {"b.txt"}


def test_an_approval_outlasts_the_document_if_the_words_do(bank: Bank, folder: Path) -> None:
    (folder / "b.txt").write_bytes((folder / "a.txt").read_bytes())
    built(bank, folder)
    chosen = shared(bank)[0]
    edits.apply(bank, [Edit(chosen.id, "王芳", Action.APPROVE)], AT)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    pipeline.inherit(bank, AT)
    assert [(item.id, item.source) for item in shared(bank, Status.APPROVED)] == [(chosen.id, "b.txt")]


def test_what_had_disappeared_comes_back_with_another_document(bank: Bank, folder: Path) -> None:
    (folder / "b.txt").unlink()
    built(bank, folder)
    for item in shared(bank):  # so that they are retired, not deleted
        study.record(bank, Review(item.id, "李华", AT, ("x",), Mark.WRONG, Rating.AGAIN, 1.0), None)
    (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
    built(bank, folder)
    assert not shared(bank)
    (folder / "b.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    built(bank, folder)
    assert {item.source for item in shared(bank)} == {"b.txt"}
    assert asked(bank) == asked_of(folder)


def test_what_a_person_has_retired_stays_so_wherever_it_stands(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    retired = [item.id for item in shared(bank)]
    edits.apply(bank, [Edit(one, "王芳", Action.RETIRE) for one in retired], AT)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    pipeline.inherit(bank, AT)
    assert not shared(bank)


@pytest.mark.parametrize("how", ["withdrawn", "rewritten", "neither"])
def test_undoing_brings_back_what_still_stands_and_nothing_else(bank: Bank, folder: Path, how: str) -> None:
    (folder / "b.txt").unlink()
    built(bank, folder)
    before = shared(bank)
    edits.apply(bank, [Edit(item.id, "王芳", Action.RETIRE) for item in before], AT)
    if how == "withdrawn":
        withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    if how == "rewritten":
        (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
        built(bank, folder)
    undoing.undo(bank, "王芳", AT)
    assert shared(bank) == (before if how == "neither" else ())


def test_who_corrects_a_withdrawn_question_has_not_retired_it(bank: Bank, folder: Path) -> None:
    (folder / "b.txt").unlink()
    built(bank, folder)
    chosen = shared(bank)[0]
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    edit = Edit(chosen.id, "王芳", Action.EDIT, {"stem": "改过的____。"}, status=Status.RETIRED)
    edits.apply(bank, [edit], AT)
    assert not shared(bank)
    built(bank, folder)
    assert "改过的____。" in {item.stem for item in shared(bank)}


def stamped(bank: Bank, folder: Path, days: int) -> set[datetime]:
    """When the shared questions last changed for those who see them, after a build some days later."""
    pipeline.build(bank, pipeline.discover([str(folder)]), AT + timedelta(days=days))
    stamps = items.stamps(bank)
    return {stamps[item.id] - timedelta(days=days) for item in shared(bank)}


def test_a_card_is_as_new_as_the_title_and_the_name_that_it_gives_for_its_source(
    bank: Bank, folder: Path
) -> None:
    assert stamped(bank, folder, 0) == {AT}
    assert AT not in stamped(bank, folder, 1)
    (folder / "a.txt").rename(folder / "甲.txt")  # b.txt words it now
    assert stamped(bank, folder, 2) == {AT}
    (folder / "b.txt").rename(folder / "乙.txt")
    assert stamped(bank, folder, 3) == {AT}
    (folder / "sources.toml").write_text('["乙.txt"]\ntitle = "报告"\n', encoding="utf-8")
    assert stamped(bank, folder, 4) == {AT}
    (folder / "乙.txt").rename(folder / "丙.txt")
    (folder / "sources.toml").write_text('["丙.txt"]\ntitle = "报告"\n', encoding="utf-8")
    assert AT not in stamped(bank, folder, 5)


def test_a_card_is_as_new_as_the_document_that_it_is_of_now(bank: Bank, folder: Path) -> None:
    stamped(bank, folder, 0)
    (folder / "0.txt").write_text(f"{OLD}{SHARED}\n", encoding="utf-8")
    assert stamped(bank, folder, 1) == {AT}
    assert {item.source for item in shared(bank)} == {"0.txt"}


def test_an_heir_in_an_archive_is_made_out_of_it(bank: Bank, folder: Path) -> None:
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.write(folder / "b.txt", "b.txt")
    (folder / "b.txt").unlink()
    built(bank, folder)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    assert pipeline.inherit(bank, AT).skipped == ()
    assert {item.source for item in shared(bank)} == {"b.txt"}
    assert "2020" not in shared(bank)[0].stem


@pytest.mark.parametrize("how", ["renamed", "a folder now", "beside a broken note"])
def test_an_heir_that_is_not_there_is_passed_over_for_one_that_is(
    bank: Bank, folder: Path, tmp_path: Path, how: str
) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    (folder / "b.txt").rename(other / "b.txt")
    (folder / "c.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    built(bank, other)
    built(bank, folder)
    if how == "beside a broken note":
        (other / "sources.toml").write_text('["b.txt"', encoding="utf-8")
    else:
        (other / "b.txt").unlink()
    if how == "a folder now":
        (other / "b.txt").mkdir()
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    (skipped,) = pipeline.inherit(bank, AT).skipped
    assert skipped[0] == path_of(other, "b.txt")
    assert {item.source for item in shared(bank)} == {"c.txt"}
    assert pipeline.inherit(bank, AT).skipped == ()


def test_two_heirs_that_are_not_there_are_named_once(bank: Bank, folder: Path) -> None:
    (folder / "c.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    built(bank, folder)
    for name in ("b.txt", "c.txt"):
        (folder / name).unlink()
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    assert len(pipeline.inherit(bank, AT).skipped) == 2
    assert pipeline.inherit(bank, AT).skipped == ()
    assert not shared(bank)
    (folder / "c.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    pipeline.build(bank, pipeline.discover([path_of(folder, "c.txt")]), AT)
    assert shared(bank)


def test_a_new_document_takes_no_claim_from_one_that_still_holds_it(bank: Bank, folder: Path) -> None:
    for name in ("c.txt", "d.txt"):
        (folder / name).write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    (folder / "b.txt").unlink()
    built(bank, folder)
    (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
    (folder / "b.txt").write_text(f"{NEW}{SHARED}\n", encoding="utf-8")
    built(bank, folder)
    for name in ("b.txt", "c.txt"):
        withdrawal.withdraw(bank, path_of(folder, name), None, AT)
        pipeline.inherit(bank, AT)
    assert {item.source for item in shared(bank)} == {"d.txt"}


def test_what_stands_only_in_withdrawn_documents_is_not_asked(bank: Bank, folder: Path) -> None:
    (folder / "b.txt").unlink()
    built(bank, folder)
    edits.apply(bank, [Edit(item.id, "王芳", Action.RETIRE) for item in shared(bank)], AT)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    (folder / "a.txt").rename(folder / "b.txt")
    pipeline.build(bank, pipeline.discover([path_of(folder, "b.txt")]), AT)
    undoing.undo(bank, "王芳", AT)
    assert {item.source for item in shared(bank)} == {"b.txt"}
    withdrawal.withdraw(bank, path_of(folder, "b.txt"), None, AT)
    assert not shared(bank)


def test_an_approval_outlasts_a_correction_while_the_document_is_withdrawn(bank: Bank, folder: Path) -> None:
    (folder / "b.txt").unlink()
    built(bank, folder)
    chosen = shared(bank)[0]
    edits.apply(bank, [Edit(chosen.id, "王芳", Action.APPROVE)], AT)
    withdrawal.withdraw(bank, path_of(folder, "a.txt"), None, AT)
    edits.apply(bank, [Edit(chosen.id, "王芳", Action.EDIT, {"explanation": "见原文。"})], AT)
    built(bank, folder)
    assert chosen.id in {item.id for item in shared(bank, Status.APPROVED)}


def test_an_approval_of_what_has_disappeared_holds_when_it_comes_back(bank: Bank, folder: Path) -> None:
    (folder / "b.txt").unlink()
    built(bank, folder)
    chosen = shared(bank)[0]
    edits.apply(bank, [Edit(chosen.id, "王芳", Action.RETIRE)], AT)
    said = (folder / "a.txt").read_text(encoding="utf-8")
    (folder / "a.txt").write_text(f"{OLD}{MORE}", encoding="utf-8")
    built(bank, folder)
    edits.apply(bank, [Edit(chosen.id, "王芳", Action.APPROVE)], AT)
    assert not shared(bank, Status.APPROVED)
    (folder / "a.txt").write_text(said, encoding="utf-8")
    built(bank, folder)
    assert [item.id for item in shared(bank, Status.APPROVED)] == [chosen.id]
