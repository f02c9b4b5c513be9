"""A list that is imported again corrects its own questions; nothing it says is dropped without a word."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from studytool.model import Harvest, Item, ItemFilter, ItemKind, Status
from studytool.store import documents, items
from studytool.store.opening import open_bank

Run = Callable[..., Any]
MakeItem = Callable[..., Item]
MakeHarvest = Callable[..., Harvest]
LIST = """一、单选题
1、新桥有几座？（ A ）
A、一座 B、两座 C、三座
二、判断题
2、摊位每日清扫两次。（√）
三、填空题
3、总办法是____。
答案：先清后绿
解析：见简报
"""
DOT = (  # a picture of one point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
FORMATS = {"md": "md", "gift": "gift", "moodle": "xml", "qti": "zip"}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "bank.db"


def again(
    db: Path, folder: Path, run_here: Run, *changes: tuple[str, str], name: str = "题库.txt"
) -> tuple[int, str]:
    """Import LIST, and once more with changes; the code and what is said the second time."""
    place, text = folder / name, LIST
    if not db.exists():
        (folder / "题库.txt").write_text(LIST, encoding="utf-8")
        run_here(db, "import", str(folder / "题库.txt"), "--yes")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    place.write_text(text, encoding="utf-8")
    done = run_here(db, "import", str(place), "--yes")
    return done.returncode, done.stderr


def kept(db: Path, *statuses: Status) -> dict[str, Item]:
    with open_bank(db) as bank:
        return {item.stem: item for item in items.select(bank, ItemFilter(statuses=statuses))}


def test_an_answer_corrected_in_the_list_replaces_the_old_one(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    code, said = again(db, tmp_path, run_here, ("（ A ）", "（ B ）"), ("（√）", "（×）"))
    assert code == 0
    assert "题库.txt 第 2 行“新桥有几座？（ ）”：答案改为“两座”，题库里（" in said
    assert "来自 题库.txt）是“一座”；存入后以这里为准" in said
    assert "改了 2 题" in said
    assert [item.key for item in kept(db).values()] == [item.key for item in kept(db, Status.DRAFT).values()]
    assert kept(db)["新桥有几座？（ ）"].key == ("两座",)
    assert kept(db)["摊位每日清扫两次。"].key == ("错误",)
    assert len(kept(db)) == 3


def test_a_correction_is_not_taken_back_by_the_same_list(db: Path, tmp_path: Path, run_here: Run) -> None:
    again(db, tmp_path, run_here, ("（ A ）", "（ B ）"))
    _, said = again(db, tmp_path, run_here, ("（ A ）", "（ B ）"))
    assert "要改动 0" in said
    _, said = again(db, tmp_path, run_here)
    assert "1 题在题库里改过，这份名单里还是原来的：仍用题库里的" in said
    assert kept(db)["新桥有几座？（ ）"].key == ("两座",)


def test_another_list_with_another_answer_is_refused_with_both_places(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    again(db, tmp_path, run_here)
    code, said = again(db, tmp_path, run_here, ("（ A ）", "（ B ）"), name="别的.txt")
    assert code == 2
    assert "studytool: 别的.txt 第 2 行“新桥有几座？（ ）”：题库里已有这一题（" in said
    assert "来自 题库.txt），答案是“一座”，这里是“两座”：没有存入" in said
    assert kept(db)["新桥有几座？（ ）"].key == ("一座",)
    assert len(kept(db)) == 3


@pytest.mark.parametrize(
    ("change", "stem", "field", "value"),
    [
        (("C、三座", "C、四座"), "新桥有几座？（ ）", "options", ("一座", "两座", "四座")),
        (("解析：见简报", "解析：见公报"), "总办法是____。", "explanation", "见公报"),
    ],
    ids=["an option", "the explanation"],
)
def test_what_the_list_says_otherwise_is_taken(
    db: Path, tmp_path: Path, run_here: Run, change: tuple[str, str], stem: str, field: str, value: object
) -> None:
    _, said = again(db, tmp_path, run_here, change)
    assert "改了 1 题" in said
    assert getattr(kept(db)[stem], field) == value


def test_another_difficulty_is_not_taken_and_said(db: Path, tmp_path: Path, run_here: Run) -> None:
    _, said = again(db, tmp_path, run_here, ("解析：见简报", "解析：见简报\n难度：难"))
    assert "1 题的难度与题库里的不同：没有采用" in said


def test_other_options_in_another_list_are_not_taken_and_said(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    again(db, tmp_path, run_here)
    _, said = again(db, tmp_path, run_here, ("C、三座", "C、四座"), name="别的.txt")
    assert "1 题的选项与题库里的不同，那一题不是从这份名单来的：没有采用" in said
    assert kept(db)["新桥有几座？（ ）"].options == ("一座", "两座", "三座")


def test_a_word_list_is_corrected_as_well(db: Path, tmp_path: Path, run_here: Run) -> None:
    place = str(tmp_path / "题库.docx")
    for text in (LIST, LIST.replace("（ A ）", "（ B ）")):
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(place)
        said = run_here(db, "import", place, "--yes").stderr
    assert "答案改为“两座”" in said
    assert len(kept(db)) == 3


@pytest.mark.parametrize("name", FORMATS)
def test_a_correction_in_what_we_exported_is_taken_by_its_id(
    db: Path, tmp_path: Path, run_here: Run, name: str
) -> None:
    again(db, tmp_path, run_here)
    file = tmp_path / f"题.{FORMATS[name]}"
    run_here(db, "export", name, "-o", str(file), "--kind", "cloze")
    assert "要改动 0" in run_here(db, "import", str(file), "--yes").stderr
    if name == "qti":
        return  # packed: what is the same comes back the same
    file.write_text(file.read_text(encoding="utf-8").replace("总办法是", "总的办法是"), encoding="utf-8")
    assert "改了 1 题" in run_here(db, "import", str(file), "--yes").stderr
    assert kept(db)["总的办法是____。"].key == ("先清后绿",)


def test_an_answer_that_a_document_contradicts_is_refused(
    db: Path, tmp_path: Path, run_here: Run, seeds: Path
) -> None:
    run_here(db, "build", str(seeds / "002_981a720ff13f0452.txt"))
    item = next(item for item in kept(db).values() if item.kind == "cloze" and len(item.key) == 1)
    place = tmp_path / "题库.txt"
    place.write_text(f"1. {item.stem}\n答案：某某\n", encoding="utf-8")
    done = run_here(db, "import", str(place), "--yes")
    assert done.returncode == 2
    assert f"题库里已有这一题（{item.id}，来自 {item.source}）" in done.stderr


def test_a_list_in_a_pdf_and_a_table_of_results_are_refused_with_the_remedy(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    from openpyxl import Workbook  # noqa: PLC0415

    pdf, results, book = tmp_path / "题库.pdf", tmp_path / "成绩.xlsx", Workbook()
    pdf.write_bytes(b"%PDF-1.4\n")
    book.active.title = "成绩"
    book.active.append(["姓名", "得分"])
    book.create_sheet("逐题统计").append(["题号", "题干", "答案"])
    book.save(results)
    for place, message in ((pdf, "存为 .docx 或 .txt 再导入"), (results, "studytool group")):
        done = run_here(db, "import", str(place))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert message in done.stderr


def test_a_question_with_a_picture_is_left_out_with_its_reason(
    db: Path, tmp_path: Path, run_here: Run
) -> None:
    document = docx.Document()
    document.add_paragraph("1. 图中是哪座桥？（ A ）")
    document.add_picture(BytesIO(base64.b64decode(DOT)))
    for line in ("A. 新桥", "B. 老桥", "2. 新桥有几座？（ B ）", "A. 一座", "B. 两座"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "题库.docx"))
    done = run_here(db, "import", str(tmp_path / "题库.docx"), "--yes")
    assert "第 1 行“图中是哪座桥？（ ） ［图］”：题里有图片或公式，只能导入文字" in done.stderr
    assert list(kept(db)) == ["新桥有几座？（ ）"]


AWKWARD = (
    ("①坚持党的领导", "（一）坚持人民至上", "1.坚持改革开放", "依据：坚持实事求是"),
    ("&lt;b&gt;", "解析：见简报；", "出处：坚持", "要点：坚持；反对"),
    ("坚持__强调__", "甲\\:乙", "坚持 √", "（略）"),
)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_nobody_has_touched_changes_nothing_whatever_its_format_cannot_hold(
    name: str, db: Path, tmp_path: Path, run_here: Run, make_item: MakeItem, make_harvest: MakeHarvest
) -> None:
    points = [
        make_item(at, kind=ItemKind.SHORT_ANSWER, stem=f"第{at}次会议讲了什么？", key=key, accepted=())
        for at, key in enumerate(AWKWARD)
    ]
    plain = make_item(9, kind=ItemKind.SHORT_ANSWER, stem="第九次会议讲了什么？", key=("新桥",), accepted=())
    with open_bank(db) as bank:
        documents.keep(bank, make_harvest(*points, plain), "s1", datetime(2026, 3, 2, tzinfo=UTC))
    before, place = kept(db), tmp_path / f"题.{FORMATS[name]}"
    run_here(db, "export", name, "-o", str(place))
    run_here(db, "import", str(place), "--yes")
    assert kept(db) == before
    if name != "qti":  # an archive is not edited by hand
        text = place.read_text(encoding="utf-8")
        place.write_text(text.replace("新桥", "旧桥"), encoding="utf-8")
        assert "改了 1 题" in run_here(db, "import", str(place), "--yes").stderr
        assert kept(db)["第九次会议讲了什么？"].key == ("旧桥",)
