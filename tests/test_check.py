"""What a person should look at: doubts with their sentences, conflicts, what the gates dropped."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from studytool import conflicts, pipeline, sentences, sources
from studytool.articles import reconstruct
from studytool.cli import app
from studytool.items import gate
from studytool.limits import LONGEST_SENTENCE
from studytool.model import (
    Article,
    DoubtKind,
    Harvest,
    Item,
    ItemFilter,
    KnowledgeKind,
    Paragraph,
    Passage,
)
from studytool.store import checks, documents, edits, items, measures, withdrawal
from studytool.store.bank import Bank
from studytool.store.edits import Action, Edit
from studytool.views.gates import GATES

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIXTURES = Path(__file__).parent / "fixtures" / "conflicts.toml"
CASES = tomllib.loads(FIXTURES.read_text(encoding="utf-8"))["pair"]
PAGE = """# 在高质量发展上善作善成

近年来，滨海新区累计引进京冀投资项目5650个，协议投资额1.11万亿元，质量不断提高。

天津滨海一中关村科技园累计注册企业超4900家。
"""


def figure(make_item: Callable[..., Item], number: int, values: dict[str, Any]) -> Item:
    return make_item(
        number,
        asks=KnowledgeKind.FIGURE,
        stem=values["stem"],
        key=(values["key"],),
        evidence=values["stem"].replace("____", values["key"]),
        published_on=values.get("day"),
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_two_values_of_one_measure_are_a_conflict(
    case: dict[str, Any], make_item: Callable[..., Item]
) -> None:
    items = [figure(make_item, n, case[side]) for n, side in enumerate(("one", "other"), 1)]
    found = conflicts.find(items)
    assert [conflict.values for conflict in found] == (
        [(case["one"]["key"], case["other"]["key"])] if case["conflict"] else []
    )


def article(text: str, day: date | None = None) -> Article:
    return Article("a", "a.txt", "题目", (Paragraph(Passage.whole(text)),), published_on=day)


def test_a_time_that_nothing_resolves_is_doubted_but_holds_nothing_back() -> None:
    (sentence,) = sentences.split(article("今年，全市引进项目560个。"))
    assert sentence.doubts == ()
    (doubt,) = sentences.doubts_in(sentence)
    assert (doubt.kind, doubt.text, doubt.sentence) == (DoubtKind.DATE, "今年", sentence.text)


def test_a_time_that_the_day_resolves_is_not_doubted() -> None:
    (sentence,) = sentences.split(article("今年，全市引进项目560个。", date(2024, 5, 1)))
    assert sentences.doubts_in(sentence) == ()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert run(tmp_path / "bank.db", "build", str(page)).exit_code == 0
    return tmp_path / "bank.db"


def run(db: Path, *args: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, ["--db", str(db), *args])


def test_check_lists_each_doubt_with_its_sentence(db: Path) -> None:
    found = json.loads(run(db, "check", "--json").stdout)
    assert set(found) == {"doubts"}
    assert [(one["kind"], one["text"], one["held"]) for one in found["doubts"]] == [
        ("date", "近年来", False),
        ("recognition", "一", True),
    ]
    assert all(one["text"] in one["sentence"] and one["article_id"] for one in found["doubts"])


def test_what_the_gates_dropped_is_counted_by_document(
    bank: Bank, make_harvest: Callable[..., Harvest], noon: datetime
) -> None:
    documents.keep(bank, replace(make_harvest(), dropped={"doubtful": 2}), "stamp", noon)
    assert checks.dropped(bank) == {"公报.txt": {"doubtful": 2}}


def test_check_shows_the_counts_when_asked(db: Path) -> None:
    assert list(json.loads(run(db, "check", "--json", "--dropped").stdout)["dropped"]) == ["page.txt"]


def test_every_gate_has_its_reason_in_the_trainers_words(tmp_path: Path) -> None:
    assert GATES.keys() == {gate.name for gate in gate.GATES}
    page = tmp_path / "讲话.txt"
    page.write_text("# 讲话\n\n2023年，我市新增发明专利4900件，同比增长12.5%。\n", encoding="utf-8")
    run(tmp_path / "bank.db", "build", str(page))
    assert GATES["place"] in run(tmp_path / "bank.db", "check", "--dropped").stdout


def test_check_says_how_to_settle_the_times_of_an_article(db: Path) -> None:
    shown = run(db, "check").stdout
    assert "articles edit" in shown
    assert "存疑：识别 1，时间 1。" in shown


def test_check_of_a_file_that_is_not_there_is_no_clean_bill(db: Path) -> None:
    assert "没有名字含“别的”的文件" in str(run(db, "check", "--source", "别的").exception)


def test_a_date_is_asked_for_only_where_the_article_has_none(tmp_path: Path) -> None:
    text = (
        "# 完整接管天津\n\n1948年11月29日，平津战役打响。1948年12月，中共中央决定成立天津市委。\n\n"
        "1月14日，人民解放军向天津守敌发起总攻，激战29个小时，天津获得解放。\n\n"
        "1949年3月，党的七届二中全会召开。\n"
    )
    (tmp_path / "史.md").write_text(text, encoding="utf-8")
    for args, advice in (((), "补日期：studytool articles edit"), (("--date", "2024-09-01"), "不必补")):
        bank = tmp_path / f"{len(args)}.db"
        run(bank, "build", str(tmp_path / "史.md"), *args)
        assert advice in run(bank, "check").stdout.replace("\n", "")


# ---- what contradicts is held back -------------------------------------------------------------------


def written(folder: Path, name: str, count: str) -> None:
    text = f"# 滨海新区{name}\n\n滨海新区累计引进京冀投资项目{count}，协议投资额1.11万亿元，质量不断提高。\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


def built(bank: Bank, folder: Path) -> None:
    pipeline.build(bank, pipeline.discover([str(folder)]), NOON)


def asked(bank: Bank) -> set[str]:
    """The values that are asked for how many projects there are."""
    chosen = items.select(bank, ItemFilter(find="累计引进京冀投资项目"))
    return {item.key[0] for item in chosen if item.key[0].endswith("个")}


@pytest.fixture
def contradicting(bank: Bank, tmp_path: Path) -> Path:
    written(tmp_path, "一年回顾", "5650个")
    built(bank, tmp_path)
    assert asked(bank) == {"5650个"}
    written(tmp_path, "发展纪实", "5750个")
    built(bank, tmp_path)
    return tmp_path


def test_two_values_of_one_measure_are_both_held_back_and_listed(bank: Bank, contradicting: Path) -> None:
    assert asked(bank) == set()
    (conflict,) = conflicts.find(checks.figures(bank))
    assert set(conflict.values) == {"5650个", "5750个"}


def test_what_agrees_again_is_asked_again(bank: Bank, contradicting: Path) -> None:
    written(contradicting, "发展纪实", "5650个")
    built(bank, contradicting)
    assert asked(bank) == {"5650个"}


def test_what_a_trainer_has_approved_is_asked(bank: Bank, contradicting: Path) -> None:
    (conflict,) = conflicts.find(checks.figures(bank))
    (right, *_) = (item.id for item in conflict.items if item.key == ("5750个",))
    edits.apply(bank, [Edit(right, "教员", Action.APPROVE)], NOON)
    assert asked(bank) == {"5750个"}


def test_the_articles_of_a_withdrawn_document_are_marked(tmp_path: Path) -> None:
    written(tmp_path, "甲", "1000个")
    bank = tmp_path / "bank.db"
    run(bank, "build", str(tmp_path / "甲.md"))
    assert "已撤回" not in run(bank, "articles").stdout
    run(bank, "withdraw", "甲.md")
    assert "已撤回" in run(bank, "articles").stdout


def test_a_withdrawn_document_contradicts_nothing(bank: Bank, contradicting: Path) -> None:
    path = str(contradicting / "发展纪实.md")
    touched = measures.of_document(bank, path)
    withdrawal.withdraw(bank, path, None, NOON)
    pipeline.weigh(bank, touched)
    assert asked(bank) == {"5650个"}


def test_a_page_of_noise_leaves_few_doubts_and_not_itself_beside_each(tmp_path: Path) -> None:
    noise = tmp_path / "noise.txt"
    noise.write_text("标题\n\n全市坚持" + "\uf0b7改" * 10_000 + "。\n", encoding="utf-8")
    document = sources.read(sources.discover([str(noise)]).sources[0])
    found = [
        doubt
        for article in reconstruct(document)
        for sentence in sentences.split(article)
        for doubt in sentences.doubts_in(sentence)
    ]
    assert 0 < len(found) <= sentences.MOST_DOUBTS
    assert all(doubt.text in doubt.sentence for doubt in found)
    assert sum(len(doubt.sentence) for doubt in found) < LONGEST_SENTENCE * 3
