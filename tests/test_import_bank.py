"""Banks that trainers have go in after a preview; what is there already is never doubled or lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from studytool.model import Item, ItemFilter, Status
from studytool.store import edits, items, study, undoing
from studytool.store.opening import open_bank

Run = Callable[..., Any]
LIST = """1. 新发展理念包括创新、协调、绿色、开放、____。
答案：共享
2. 会议在哪里召开？
A. 北京  B. 天津
答案：B
"""
UNANSWERED = LIST + "3. 这道题没有答案\n"
FORMATS = {
    "jsonl": "jsonl", "csv": "csv", "xlsx": "xlsx", "kaoshibao": "xlsx",
    "moodle": "xml", "gift": "gift", "qti": "zip", "md": "md",
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "bank.db"


@pytest.fixture
def built(db: Path, run_here: Run, seeds: Path) -> Path:
    """A bank made from one seed."""
    assert run_here(db, "build", str(seeds / "002_981a720ff13f0452.txt")).returncode == 0
    return db


def file_of(folder: Path, text: str, name: str = "题库.txt") -> str:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return str(place)


def kept(db: Path, **chosen: Any) -> tuple[Item, ...]:
    with open_bank(db) as bank:
        return items.select(bank, ItemFilter(**{"statuses": (), **chosen}))


def test_a_preview_shows_what_was_understood_and_stores_nothing(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    shown = run_here(db, "import", file_of(tmp_path, LIST))
    assert shown.returncode == 0
    for words in ("读懂 2 题（填空题 1，单选题 1）", "新题 2", "只是预览"):
        assert words in shown.stderr
    assert "答案：B. 天津" in shown.stdout
    assert kept(db) == ()


def test_what_looks_wrong_is_named_with_its_line_and_the_rest_goes_in(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    done = run_here(db, "import", file_of(tmp_path, UNANSWERED), "--yes")
    assert done.returncode == 2
    assert "studytool: 题库.txt 第 6 行“这道题没有答案”：没有找到答案\n" in done.stderr
    assert len(kept(db)) == 2


def test_the_same_file_again_adds_nothing_wherever_it_lies(db: Path, tmp_path: Path, run_here: Run) -> None:
    run_here(db, "import", file_of(tmp_path, LIST), "--yes")
    before = kept(db)
    (tmp_path / "别处").mkdir()
    for place in (tmp_path, tmp_path / "别处"):
        assert "新题 0，题库里已有 2" in run_here(db, "import", file_of(place, LIST), "--yes").stderr
    assert kept(db) == before


def test_imported_items_are_drafts_with_their_file_as_source_and_verify_passes_them_over(
    built: Path, tmp_path: Path, run_here: Run
) -> None:
    before = json.loads(run_here(built, "verify", "--json").stdout)
    run_here(built, "import", file_of(tmp_path, LIST), "--yes")
    new = kept(built, sources=("题库.txt",))
    assert [(item.status, item.ranges) for item in new] == [(Status.DRAFT, ())] * 2
    assert json.loads(run_here(built, "verify", "--json").stdout) == before


def test_an_imported_item_can_be_studied_reviewed_exported_and_withdrawn(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    run_here(db, "import", file_of(tmp_path, LIST), "--yes")
    with open_bank(db) as bank:
        assert len(study.cards(bank, "我", [item.id for item in kept(db)])) == 2
    assert run_here(db, "review", "--approve-all", "--yes").returncode == 0
    assert run_here(db, "export", "anki", "--approved-only", "-o", str(tmp_path / "x.apkg")).returncode == 0
    assert "停用 2 题" in run_here(db, "withdraw", "题库.txt").stderr


def test_numbers_of_somebodys_list_are_no_ids(db: Path, tmp_path: Path, run_here: Run) -> None:
    one = "编号,题型,题干,答案\n1,填空,甲是____。,乙\n"
    other = "编号,题型,题干,答案\n1,填空,丙是____。,丁\n"
    for name, text in (("一.csv", one), ("二.csv", other)):
        run_here(db, "import", file_of(tmp_path, text, name), "--yes")
    assert {item.key for item in kept(db)} == {("乙",), ("丁",)}


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_exported_and_comes_back_is_known(
    built: Path, tmp_path: Path, run_here: Run, name: str
) -> None:
    file = str(tmp_path / f"题.{FORMATS[name]}")
    before = kept(built)
    run_here(built, "export", name, "-o", file)
    done = run_here(built, "import", file, "--yes")
    assert "新题 0" in done.stderr
    assert "要改动 0" in done.stderr
    assert kept(built) == before


def test_a_correction_made_in_excel_becomes_an_edit(built: Path, tmp_path: Path, run_here: Run) -> None:
    run_here(built, "review", "--approve-all", "--yes", "--reviewer", "王芳")
    file = tmp_path / "题.xlsx"
    run_here(built, "export", "xlsx", "-o", str(file))
    book = load_workbook(file)
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, head.index("题干") + 1)
    item_id = sheet.cell(2, head.index("编号") + 1).value
    cell.value = f"请回答：{cell.value}"
    book.save(file)
    done = run_here(built, "import", str(file), "--yes", "--reviewer", "李华")
    assert "改了 1 题" in done.stderr
    (item,) = kept(built, ids=(item_id,))
    assert item.stem.startswith("请回答：")
    assert item.status is Status.DRAFT
    with open_bank(built) as bank:
        undoing.undo(bank, "李华", datetime(2026, 3, 2, tzinfo=UTC))
    assert kept(built, ids=(item_id,))[0].status is Status.APPROVED


def corrected_in_excel(built: Path, file: Path, run_here: Run, **cells: str) -> str:
    """Change cells of the first multiple response of an exported workbook; its id."""
    run_here(built, "export", "xlsx", "-o", str(file), "--kind", "multiple_response")
    book = load_workbook(file)
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    for name, text in cells.items():
        sheet.cell(2, head.index(name) + 1).value = text
    book.save(file)
    return str(sheet.cell(2, head.index("编号") + 1).value)


def test_one_right_option_more_or_fewer_is_a_correction(built: Path, tmp_path: Path, run_here: Run) -> None:
    file = tmp_path / "题.xlsx"
    item_id = corrected_in_excel(built, file, run_here, 答案="AB")
    assert "要改动 1" in run_here(built, "import", str(file), "--yes").stderr
    (item,) = kept(built, ids=(item_id,))
    assert set(item.key) == set(item.options[:2])
    assert set(item.distractors) == set(item.options[2:])


def test_what_an_import_does_not_take_from_a_file_is_said(built: Path, tmp_path: Path, run_here: Run) -> None:
    file = tmp_path / "题.xlsx"
    item_id = corrected_in_excel(built, file, run_here, 状态="已审", 标签="重点")
    done = run_here(built, "import", str(file), "--yes")
    assert f"1 题的状态或标签与题库里的不同，没有采用（{item_id}）" in done.stderr
    cloze = tmp_path / "填空.xlsx"
    other = corrected_in_excel(built, cloze, run_here, 题型="填空", 答案="甲")
    done = run_here(built, "import", str(cloze), "--yes")
    assert f"1 题的题型或答案的个数与题库里的不同，没有采用（{other}）" in done.stderr


ADDED = (
    ({"题型": "填空题", "题干": "坚持______。", "答案": "甲"}, "坚持____。", ("甲",)),
    ({"题型": "简答题", "题干": "简述两点。", "答案": "1. 甲点；2. 乙点"}, "简述两点。", ("甲点", "乙点")),
    (
        {"题型": "匹配题", "题干": "对上。", "选项A": "津", "选项B": "京", "答案": "天津=津；北京=京"},
        "对上。",
        ("天津=津", "北京=京"),
    ),
)


@pytest.mark.parametrize(("cells", "stem", "key"), ADDED)
def test_a_question_that_somebody_adds_to_a_table_of_ours_is_read_as_people_write(
    built: Path, tmp_path: Path, run_here: Run, cells: dict[str, str], stem: str, key: tuple[str, ...]
) -> None:
    file = tmp_path / "题.xlsx"
    run_here(built, "export", "xlsx", "-o", str(file), "--kind", "single_choice")
    book = load_workbook(file)
    sheet = book.active
    sheet.append([cells.get(str(cell.value)) for cell in sheet[1]])
    book.save(file)
    assert "新题 1" in run_here(built, "import", str(file), "--yes").stderr
    (item,) = kept(built, sources=("题.xlsx",))
    assert (item.stem, item.key) == (stem, key)


def edited(db: Path, item_id: str, **fields: object) -> None:
    """A person's edit of an item in the bank."""
    with open_bank(db) as bank:
        edits.apply(bank, [edits.Edit(item_id, "王芳", edits.Action.EDIT, fields)], datetime.now(UTC))


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_what_is_emptied_in_a_file_of_ours_is_empty_and_what_a_format_cannot_hold_stays(
    make_bank: Callable[..., Path], tmp_path: Path, run_here: Run, ending: str
) -> None:
    db, file = make_bank("cloze"), tmp_path / f"题.{ending}"
    moodle, said = tmp_path / "题.xml", '[["一基地三区","1基地3区"]]'
    (item,) = kept(db)
    edited(db, item.id, accepted='[["一基地三区"]]')
    run_here(db, "export", ending, "-o", str(file))
    run_here(db, "export", "moodle", "-o", str(moodle))
    edited(db, item.id, accepted=said, explanation="见第一段。")
    assert "要改动 0" in run_here(db, "import", str(moodle), "--yes").stderr
    assert "要改动 1" in run_here(db, "import", str(file), "--yes").stderr
    (item,) = kept(db)
    assert (item.accepted, item.explanation) == ((("一基地三区",),), None)


def test_the_right_options_in_another_order_are_the_same_answer(
    make_bank: Callable[..., Path], tmp_path: Path, run_here: Run
) -> None:
    db, file = make_bank("several"), tmp_path / "题.xlsx"
    edited(db, kept(db)[0].id, options='["协调","守旧","创新"]')
    run_here(db, "export", "xlsx", "-o", str(file))
    done = run_here(db, "import", str(file), "--yes")
    assert "要改动 0" in done.stderr
    assert kept(db)[0].key == ("创新", "协调")


def test_options_that_somebody_puts_in_another_order_in_excel_stand_so(
    make_bank: Callable[..., Path], tmp_path: Path, run_here: Run
) -> None:
    db, file = make_bank("single"), tmp_path / "题.xlsx"
    run_here(db, "export", "xlsx", "-o", str(file))
    book = load_workbook(file)
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            cell.value = {"北京": "天津", "天津": "北京", "B": "A"}.get(str(cell.value), cell.value)
    book.save(file)
    assert "要改动 1" in run_here(db, "import", str(file), "--yes").stderr
    assert (kept(db)[0].options, kept(db)[0].key) == (("天津", "北京", "上海", "重庆"), ("天津",))


@pytest.mark.parametrize("changed", [{"依据": "别的话。"}, {"日期": "2020-01-31"}, {"文章": "别的题名"}])
def test_evidence_and_its_place_changed_in_a_file_are_not_taken_and_that_is_said(
    built: Path, tmp_path: Path, run_here: Run, changed: dict[str, str]
) -> None:
    file = tmp_path / "题.xlsx"
    item_id = corrected_in_excel(built, file, run_here, **changed)
    done = run_here(built, "import", str(file), "--yes")
    assert f"1 题的依据、出处或日期与题库里的不同，没有采用（{item_id}）" in done.stderr


def test_a_withdrawn_list_that_is_imported_again_is_asked_again(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    file = file_of(tmp_path, LIST)
    run_here(db, "import", file, "--yes")
    before = kept(db)
    run_here(db, "withdraw", "题库.txt")
    assert {item.status for item in kept(db)} == {Status.RETIRED}
    assert "重新启用撤回过的 2" in run_here(db, "import", file, "--yes").stderr
    assert kept(db) == before


def test_an_imported_item_found_in_a_document_takes_it_as_its_source(
    db: Path, tmp_path: Path, run_here: Run, seeds: Path
) -> None:
    other, file = tmp_path / "other.db", str(tmp_path / "题.jsonl")
    seed = str(seeds / "002_981a720ff13f0452.txt")
    run_here(other, "build", seed)
    run_here(other, "export", "jsonl", "-o", file)
    run_here(db, "import", file, "--yes")
    assert {item.source for item in kept(db)} == {"题.jsonl"}
    run_here(db, "build", seed)
    assert {item.source for item in kept(db)} == {"002_981a720ff13f0452.txt"}
    assert len(kept(db)) == len(kept(other))
    assert run_here(db, "verify").returncode == 0


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("没有.txt", None, "没有.txt"),
        ("空.csv", b"", "空"),
        ("表.csv", "甲,乙\n1,2\n".encode(), "找不到表头"),
        ("坏.xlsx", b"PK\x03\x04 nothing", "不是 Excel"),
        ("坏.xml", b"<quiz><question>", "坏.xml"),
        ("坏.zip", b"PK\x03\x04", "坏.zip"),
        ("坏.apkg", b"PK\x03\x04", "Anki"),
        ("没有.apkg", None, "没有"),
        ("坏.docx", b"PK\x03\x04", "坏.docx"),
    ],
)
def test_a_file_that_is_no_bank_is_one_line(
    built: Path, tmp_path: Path, run_here: Run, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run_here(built, "import", str(tmp_path / name))
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert message in done.stderr


HOSTILE = ("<script>", "[bold]甲[/bold]", "=HYPERLINK(1)", "{{c1::甲}}", "]]>", "#let x", "\\u0007")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(db: Path, tmp_path: Path, run_here: Run, text: str) -> None:
    rows = f"1. 甲{text}是____。\n答案：乙{text}\n"
    done = run_here(db, "import", file_of(tmp_path, rows), "--yes")
    assert done.returncode == 0
    (item,) = kept(db)
    assert (item.stem, item.key) == (f"甲{text}是____。", (f"乙{text}",))
    assert f"甲{text}是____" in done.stdout.replace("\n", "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "甲乙"}, "key 应为一列文字"),
        ({"options": [1, 2]}, "options 应为一列文字"),
        ({"stem": 3}, "stem 应为文字"),
        ({"key": ["不在选项里"]}, "答案不在选项中"),
        ({"kind": "poem"}, "poem"),
        ({"kind": ["cloze"]}, "kind 应为 cloze、"),
        ({"ranges": [[1]]}, "ranges 应为一对一对的整数"),
        ({"ranges": None}, "ranges 应为一对一对的整数"),
        ({"accepted": [3]}, "accepted 应为一列一列的文字"),
        ({"explanation": []}, "explanation 应为文字或 null"),
        ({"section": {}}, "section 应为文字或 null"),
        ({"original": 3}, "original 应为文字或 null"),
        ({"changed": False}, "changed 应为文字或 null"),
        ({"published_on": 20260131}, "published_on 应为文字或 null"),
        ({"published_on": "去年"}, "published_on 应为日期"),
        ({"difficulty": inf}, "difficulty 应为 0 到 1 的数"),
        ({"difficulty": True}, "difficulty 应为 0 到 1 的数"),
        ({"score": nan}, "score 应为 0 到 1 的数"),
        ({"score": 1e200}, "score 应为 0 到 1 的数"),
        ({"score": 10**400}, "score 应为 0 到 1 的数"),
        ({"score": -0.1}, "score 应为 0 到 1 的数"),
        ({"options": [str(number) for number in range(27)]}, "选项有 27 个，最多 26 个"),
    ],
)
def test_a_json_line_whose_values_cannot_be_an_item_is_named(
    db: Path, tmp_path: Path, run_here: Run, change: dict[str, Any], message: str
) -> None:
    run_here(db, "import", file_of(tmp_path, LIST), "--yes")
    lines = run_here(db, "export", "jsonl", "--kind", "single_choice").stdout.splitlines()
    line = json.dumps({**json.loads(lines[0]), **change}, ensure_ascii=False)
    done = run_here(db, "import", file_of(tmp_path, line, "题.jsonl"), "--yes")
    assert done.returncode == 2
    assert message in done.stderr
    assert "第 1 行" in done.stderr
    assert len(kept(db)) == 2


@pytest.mark.parametrize("count", [26, 27, 40])
def test_a_question_with_more_options_than_letters_is_named_and_the_rest_is_taken(
    db: Path, tmp_path: Path, run_here: Run, count: int
) -> None:
    wrong = "".join(f"~错{number}" for number in range(1, count))
    done = run_here(
        db, "import", file_of(tmp_path, f"甲？{{=对{wrong}}}\n\n乙？{{=对~错}}", "题.gift"), "--yes"
    )
    assert "Z. 错25" in done.stdout if count == 26 else f"选项有 {count} 个，最多 26 个" in done.stderr
    assert {item.stem for item in kept(db)} == {"乙？", *(["甲？"] if count == 26 else [])}


def test_the_users_own_template_is_filled(built: Path, tmp_path: Path, run_here: Run) -> None:
    template, file = tmp_path / "模板.xlsx", tmp_path / "题.xlsx"
    run_here(built, "export", "kaoshibao", "-o", str(template))
    book = load_workbook(template)
    book.create_sheet("说明")["A1"] = "请勿删除"
    book.save(template)
    done = run_here(built, "export", "kaoshibao", "--template", str(template), "-o", str(file))
    assert done.returncode == 0
    filled = load_workbook(file)
    assert filled["说明"]["A1"].value == "请勿删除"
    assert filled.worksheets[0].max_row > 50
