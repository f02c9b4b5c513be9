"""A file that was renamed, or lies in a folder that was, is the document it has been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from studytool import exports, moved, pipeline
from studytool.exports import Deck
from studytool.model import ItemFilter, Status
from studytool.store import documents, edits, items, withdrawal
from studytool.store.bank import Bank
from studytool.store.opening import open_bank

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SHARED = "天津市建成高标准农田120万亩，粮食总产量达到250万吨，比上年增长3.2%。"
OLD, NEW = "2020年天津市农业工作报告\n\n2020年11月20日\n\n", "2024年天津市政府工作报告\n\n2024年11月20日\n\n"
UNDATED = "北京市农业工作报告\n\n北京市建成高标准农田96万亩，蔬菜总产量达到230万吨，比上年增长2.7%。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same sentence in a paper of 2020 and in one of 2024, and a paper without a date."""
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{OLD}{SHARED}\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"{NEW}{SHARED}\n会议通过《天津市节约用水条例》。\n", encoding="utf-8")
    (folder / "u.txt").write_text(UNDATED, encoding="utf-8")
    return folder


Run = Callable[..., Any]


def built(bank: Bank, folder: Path, day: date | None = None) -> pipeline.BuildReport:
    return pipeline.build(bank, pipeline.discover([str(folder)], day), AT)


def asked(bank: Bank) -> bytes:
    return exports.export("jsonl", Deck("全部", items.select(bank, ItemFilter()))).data


def asked_of(folder: Path, day: date | None = None) -> bytes:
    """What a bank asks that never knew anything else."""
    with open_bank(":memory:") as fresh:
        built(fresh, folder, day)
        return asked(fresh)


def renamed(before: str, now: str) -> Callable[[Path], Path]:
    def rename(folder: Path) -> Path:
        (folder / before).rename(folder / now)
        return folder

    return rename


def swapped(folder: Path) -> Path:
    return renamed("c", "b.txt")(renamed("b.txt", "a.txt")(renamed("a.txt", "c")(folder)))


CHANGES: dict[str, tuple[Callable[[Path], Path], int]] = {
    "one file": (renamed("b.txt", "工作报告.txt"), 1),
    "the first of two that say the same": (renamed("a.txt", "c.txt"), 1),
    "the second, to be the first": (renamed("b.txt", "0.txt"), 1),
    "the folder": (lambda folder: folder.rename(folder.with_name("文献")), 3),
    "two that take each other's name": (swapped, 0),
}


@pytest.mark.parametrize(("change", "count"), CHANGES.values(), ids=CHANGES)
def test_a_renamed_file_is_no_second_document(
    bank: Bank, folder: Path, change: Callable[[Path], Path], count: int
) -> None:
    built(bank, folder)
    now = change(folder)
    report = built(bank, now)
    assert (len(report.moved), len(documents.stamps(bank))) == (count, 3)
    assert asked(bank) == asked_of(now)


def test_a_copy_is_a_second_document(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    (folder / "d.txt").write_bytes((folder / "a.txt").read_bytes())
    report = built(bank, folder)
    assert (report.moved, len(documents.stamps(bank))) == ((), 4)


def test_of_two_copies_of_what_is_gone_one_takes_its_place(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    text = (folder / "b.txt").read_bytes()
    (folder / "b.txt").unlink()
    for name in ("d.txt", "e.txt"):
        (folder / name).write_bytes(text)
    report = built(bank, folder)
    assert report.moved == ((str(folder / "b.txt"), str(folder / "d.txt")),)
    assert (len(documents.stamps(bank)), asked(bank)) == (4, asked_of(folder))


def test_a_copy_elsewhere_is_not_in_the_way(bank: Bank, folder: Path, tmp_path: Path) -> None:
    beside = tmp_path / "文件2"
    beside.mkdir()
    (beside / "b.txt").write_bytes((folder / "b.txt").read_bytes())
    built(bank, folder)
    built(bank, beside)
    renamed("b.txt", "d.txt")(folder)
    assert built(bank, folder).moved == ((str(folder / "b.txt"), str(folder / "d.txt")),)


def test_copies_in_a_folder_that_was_renamed_all_go_with_it(bank: Bank, folder: Path) -> None:
    (folder / "c.txt").write_bytes((folder / "b.txt").read_bytes())
    built(bank, folder)
    now = folder.rename(folder.with_name("文献"))
    names = ("a.txt", "b.txt", "c.txt", "u.txt")
    assert sorted(built(bank, now).moved) == [(str(folder / name), str(now / name)) for name in names]
    assert asked(bank) == asked_of(now)


def test_a_file_that_was_changed_too_is_another(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    renamed("b.txt", "d.txt")(folder)
    (folder / "d.txt").write_text(f"{NEW}会议通过《天津市献血条例》。\n", encoding="utf-8")
    assert built(bank, folder).moved == ()


def test_the_day_a_person_gave_goes_with_it(bank: Bank, folder: Path) -> None:
    day = date(2024, 5, 1)
    built(bank, folder, day)
    renamed("u.txt", "v.txt")(folder)
    assert len(built(bank, folder).moved) == 1
    assert "据2024年《北京市农业工作报告》" in asked(bank).decode()
    assert asked(bank) == asked_of(folder, day)


def test_what_people_said_of_its_items_goes_with_it(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    item = next(one for one in items.select(bank, ItemFilter()) if one.source == "u.txt")
    edits.approve(bank, [item.id], "王", AT)
    renamed("u.txt", "v.txt")(folder)
    built(bank, folder)
    assert items.select(bank, ItemFilter(statuses=(Status.APPROVED,)))[0].id == item.id


def test_a_build_tells_which_files_have_moved(folder: Path, tmp_path: Path, run_here: Run) -> None:
    run_here(tmp_path / "bank.db", "build", str(folder))
    renamed("b.txt", "d.txt")(folder)
    again = run_here(tmp_path / "bank.db", "build", str(folder))
    assert f"{folder / 'd.txt'} 就是原来的 {folder / 'b.txt'}（已不在原处）" in again.stderr


def test_what_was_withdrawn_has_not_moved(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    withdrawal.withdraw(bank, str(folder / "b.txt"), None, AT)
    renamed("b.txt", "d.txt")(folder)
    assert built(bank, folder).moved == ()


# ---- what is there no more --------------------------------------------------------------------------


def gone(bank: Bank, folder: Path, *more: Path) -> tuple[list[str], int]:
    """What a build of the folder says is gone: by name, and how many items are left of it."""
    found = pipeline.discover([str(folder)])
    pipeline.build(bank, found, AT)
    said = moved.gone(bank, found, [str(folder), *map(str, more)])
    return [Path(path).name for path in said.paths], said.items


def test_a_file_that_is_gone_is_named_with_the_items_it_leaves(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    assert gone(bank, folder) == ([], 0)
    left = [one for one in items.select(bank, ItemFilter()) if one.source == "u.txt"]
    (folder / "u.txt").unlink()
    assert left
    assert gone(bank, folder) == (["u.txt"], len(left))
    assert len([one for one in items.select(bank, ItemFilter()) if one.source == "u.txt"]) == len(left)


def test_items_that_stand_in_another_file_too_are_not_counted(bank: Bank, folder: Path) -> None:
    (folder / "c.txt").write_text((folder / "u.txt").read_text(encoding="utf-8"), encoding="utf-8")
    built(bank, folder)
    (folder / "c.txt").unlink()
    assert gone(bank, folder) == (["c.txt"], 0)


def test_what_was_moved_withdrawn_or_lies_elsewhere_is_not_gone(
    bank: Bank, folder: Path, tmp_path: Path
) -> None:
    beside = tmp_path / "文件2"
    beside.mkdir()
    (beside / "v.txt").write_text(UNDATED.replace("北京", "河北"), encoding="utf-8")
    built(bank, folder)
    built(bank, beside)
    renamed("b.txt", "d.txt")(folder)
    withdrawal.withdraw(bank, str(folder / "u.txt"), None, AT)
    (folder / "u.txt").unlink()
    (beside / "v.txt").unlink()
    assert gone(bank, folder) == ([], 0)


def test_a_file_that_cannot_be_read_any_more_is_not_gone(bank: Bank, folder: Path) -> None:
    built(bank, folder)
    (folder / "u.txt").write_bytes(b"")
    assert gone(bank, folder) == ([], 0)


def test_what_is_gone_is_not_taken_for_what_was_skipped_beside_it(bank: Bank, folder: Path) -> None:
    (folder / "u").write_bytes(b"")
    built(bank, folder)
    (folder / "u.txt").unlink()
    assert gone(bank, folder)[0] == ["u.txt"]


def test_a_build_says_which_files_are_gone_and_how_to_withdraw_them(
    folder: Path, tmp_path: Path, run_here: Run
) -> None:
    run_here(tmp_path / "bank.db", "build", str(folder))
    (folder / "u.txt").unlink()
    again = run_here(tmp_path / "bank.db", "build", str(folder))
    told = [line for line in again.stderr.splitlines() if "已不在文件夹里" in line]
    assert len(told) == 1
    assert told[0].startswith("u.txt 已不在文件夹里，其中 ")
    assert told[0].endswith(f"studytool withdraw {folder / 'u.txt'}")
    assert run_here(tmp_path / "bank.db", "withdraw", str(folder / "u.txt")).returncode == 0
    assert "已不在文件夹里" not in run_here(tmp_path / "bank.db", "build", str(folder)).stderr
