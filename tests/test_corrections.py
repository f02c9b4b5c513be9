"""People's corrections: said in sources.toml, they hold in what is read, and nothing else there changes."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from studytool.articles import reconstruct
from studytool.cli import app
from studytool.errors import StudyError
from studytool.model import (
    Article,
    ArticleNote,
    Block,
    BlockKind,
    Document,
    JointNote,
    Role,
    Source,
    SourceNote,
    Span,
)
from studytool.sources import correcting
from studytool.sources.noted import completed, notes_in

# The first paragraph breaks off; both the third and the fourth could go on with it.
PAGE = """# 抗日烽火遍津门

五四运动后，《觉悟》等各种进步刊物成为传播马克思主义的主要载体，宣传马克

思主义的阵地不断扩大。1922年年底，马克思主义研究会在天津成立。

党的组织在工厂、学校和铁路中逐步建立起来，工人运动的力量不断壮大。
"""
LEFT, RIGHT, OTHER = "宣传马克", "思主义的阵地", "党的组织在工厂"


def articles(text: str, **note: object) -> tuple[Article, ...]:
    source = Source("/page.txt", "page.txt", "0", SourceNote(**note))  # type: ignore[arg-type]
    return reconstruct(Document(source, text, (Block(BlockKind.LINES, Span(0, len(text))),)))


def body(found: Sequence[Article]) -> list[str]:
    return [p.passage.text for a in found for p in a.paragraphs if p.role is Role.BODY]


# ---- what is said holds ------------------------------------------------------------------------------


def test_a_joint_shows_the_words_on_its_sides() -> None:
    (joint,) = articles(PAGE)[0].joints
    assert joint.before.endswith(LEFT)
    assert joint.after.startswith(RIGHT)
    assert joint.confidence < 1.0


def test_a_joint_a_person_cuts_stays_open() -> None:
    (article,) = articles(PAGE, joints=(JointNote(LEFT),))
    assert [joint.made for joint in article.joints] == [False]
    assert body([article])[1].startswith(RIGHT)


def test_a_joint_a_person_makes_is_made_and_beyond_doubt() -> None:
    (article,) = articles(PAGE, joints=(JointNote(LEFT, OTHER),))
    (joint,) = article.joints
    assert (joint.made, joint.confidence) == (True, 1.0)
    assert body([article])[0].endswith(
        "宣传马克党的组织在工厂、学校和铁路中逐步建立起来，工人运动的力量不断壮大。"
    )


def test_a_joint_is_told_by_its_letters_only() -> None:
    spaced = JointNote("载体, 宣传 马克", "思主义 的阵地")
    assert articles(PAGE, joints=(spaced,))[0].joints[0].confidence == 1.0


def test_a_joint_of_words_that_are_not_there_changes_nothing() -> None:
    assert articles(PAGE, joints=(JointNote("没有的话", RIGHT),)) == articles(PAGE)


def test_a_whole_line_goes_on_where_a_person_says_so() -> None:
    said = JointNote("马克思主义研究会在天津成立。", OTHER)
    assert "在天津成立。党的组织在工厂" in body(articles(PAGE, joints=(said,)))[0]


@pytest.mark.parametrize("by_title", [True, False], ids=["by its title", "by its id"])
def test_an_article_a_person_corrects_keeps_its_id(by_title: bool) -> None:
    (before,) = articles(PAGE)
    of = before.title if by_title else before.id
    note = ArticleNote(of, title="津门烽火", published_on=date(2024, 9, 1), issuer="支部生活社")
    (after,) = articles(PAGE, articles=(note,))
    assert (after.title, after.published_on, after.issuer) == ("津门烽火", date(2024, 9, 1), "支部生活社")
    assert (after.id, after.byline, after.paragraphs) == (before.id, before.byline, before.paragraphs)


def test_the_assumed_day_gives_way_to_the_text() -> None:
    day = date(2020, 1, 1)
    assert articles(PAGE, assumed_on=day)[0].published_on == day
    dated = "# 决定\n\n（2024年8月25日通过）\n\n" + PAGE.partition("\n\n")[2]
    assert articles(dated, assumed_on=day)[0].published_on == date(2024, 8, 25)


# ---- sources.toml ------------------------------------------------------------------------------------

TOML = """# What we know of these files.
["a.txt"]  # a page
title = "页"

# Another one.
["b.txt"]
kind = "报纸"
"""


def test_articles_and_joints_are_read_from_sources_toml() -> None:
    text = """
["a.txt"]
joints = [{left = "宣传马克", right = "思主义"}, {left = "成立", open = true}]
["a.txt".articles."原标题"]
title = "新标题"
date = 2024-05-01
kind = "通讯"
"""
    note = notes_in(text, "sources.toml")["a.txt"]
    assert note.joints == (JointNote("宣传马克", "思主义"), JointNote("成立"))
    assert note.articles == (
        ArticleNote("原标题", title="新标题", published_on=date(2024, 5, 1), genre="通讯"),
    )


@pytest.mark.parametrize(
    "entry",
    [
        'joints = "宣传"',
        'joints = [{right = "思主义"}]',
        'joints = [{left = "宣传"}]',
        'joints = [{left = "宣传", right = "思主义", open = true}]',
        "articles = 3",
        'articles = {"题" = 3}',
        'articles = {"题" = {title = 3}}',
        'articles = {"题" = {date = "五月"}}',
    ],
)
def test_a_correction_nobody_can_read_is_one_line_with_a_remedy(entry: str) -> None:
    with pytest.raises(StudyError, match="请写成") as caught:
        notes_in(f'["a.txt"]\n{entry}\n', "sources.toml")
    assert "\n" not in str(caught.value)


def test_a_correction_is_added_and_all_else_stays() -> None:
    note = ArticleNote("0a1b", title="新“标题”\\", published_on=date(2024, 5, 1))
    changed = correcting.with_article(TOML, "a.txt", note, "原标题", "sources.toml")
    assert changed.startswith(TOML)
    assert "# 原标题" in changed
    assert notes_in(changed, "")["a.txt"] == SourceNote(title="页", articles=(note,))
    assert notes_in(changed, "")["b.txt"] == notes_in(TOML, "")["b.txt"]


def test_a_second_correction_of_an_article_joins_the_first() -> None:
    first = correcting.with_article(TOML, "a.txt", ArticleNote("0a1b", title="甲"), "原标题", "")
    second = correcting.with_article(
        first + '\n# 末尾\n["c.txt"]\n', "a.txt", ArticleNote("0a1b", byline="乙"), "甲", ""
    )
    assert notes_in(second, "")["a.txt"].articles == (ArticleNote("0a1b", title="甲", byline="乙"),)
    assert second.count("# 原标题") == second.count("# 末尾") == second.count('["c.txt"]') == 1


def test_a_second_word_on_a_joint_replaces_the_first() -> None:
    one = correcting.with_joint(TOML, "a.txt", JointNote("宣传马克", "思主义"), "")
    two = correcting.with_joint(one, "a.txt", JointNote("逐步", "建立"), "")
    three = correcting.with_joint(two, "a.txt", JointNote("宣传马克"), "")
    assert set(notes_in(three, "")["a.txt"].joints) == {JointNote("宣传马克"), JointNote("逐步", "建立")}
    assert three.startswith(TOML)


def test_a_correction_that_contradicts_a_hand_written_one_is_left_to_the_person() -> None:
    by_hand = '["a.txt"]\njoints = [{left = "宣传马克", right = "思主义"}]\n'
    with pytest.raises(StudyError, match="手工"):
        correcting.with_joint(by_hand, "a.txt", JointNote("逐步", "建立"), "sources.toml")


def test_what_is_said_beside_goes_before_what_is_said_inside() -> None:
    beside = SourceNote(joints=(JointNote("宣传马克"),))
    inside = SourceNote(title="页", joints=(JointNote("逐步"),))
    assert completed(beside, inside) == SourceNote(title="页", joints=(JointNote("宣传马克"),))


# ---- from the command line ---------------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with a page, and a bank beside it that has taken it in."""
    folder = tmp_path / "文献"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    assert run(folder, "build", str(folder)).exit_code == 0
    return folder


def run(folder: Path, *args: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(app, ["--db", str(folder.parent / "bank.db"), *args])


def listed(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(folder, "articles", "--json").stdout)
    return found


def test_an_edit_holds_at_once_and_survives_a_rebuild(built: Path) -> None:
    article_id = str(listed(built)[0]["id"])
    done = run(built, "articles", "edit", article_id, "--title", "津门烽火", "--date", "2024-09-01")
    assert done.exit_code == 0, done.exception
    edited = listed(built)
    assert [(a["id"], a["title"], a["published_on"]) for a in edited] == [
        (article_id, "津门烽火", "2024-09-01")
    ]
    (built.parent / "bank.db").unlink()
    assert run(built, "build", str(built)).exit_code == 0
    assert listed(built) == edited
    assert (built / "page.txt").read_text(encoding="utf-8") == PAGE


def test_what_is_said_of_an_article_that_is_not_there_is_told(built: Path) -> None:
    article_id, title = listed(built)[0]["id"], listed(built)[0]["title"]
    for name, told in (("不存在的题名", True), (article_id, False), (title, False)):
        said = f'["page.txt".articles."{name}"]\nbyline = "李明"\n'
        (built / "sources.toml").write_text(said, encoding="utf-8")
        assert ("没有用上" in run(built, "build", str(built)).stderr) is told


def test_of_copies_the_one_that_words_the_questions_is_corrected(built: Path) -> None:
    copy = built / "a" / "page.txt"
    copy.parent.mkdir()
    copy.write_text(PAGE, encoding="utf-8")
    run(built, "build", str(built))
    article_id = str(listed(built)[0]["id"])
    assert {article["id"] for article in listed(built)} == {article_id}
    run(built, "articles", "edit", article_id, "--title", "津门烽火")
    assert copy.with_name("sources.toml").exists()
    assert run(built, "withdraw", str(copy)).exit_code == 0
    run(built, "articles", "edit", article_id, "--title", "津门烽火")
    assert (built / "sources.toml").exists()


def test_a_withdrawn_document_is_not_corrected_and_does_not_come_back(built: Path) -> None:
    article_id = str(listed(built)[0]["id"])
    run(built, "withdraw", "page.txt")
    done = run(built, "articles", "edit", article_id, "--title", "津门烽火")
    assert isinstance(done.exception, StudyError)
    assert "page.txt 已撤回" in str(done.exception)
    assert "（已撤回）" in run(built, "articles").stdout
    assert not (built / "sources.toml").exists()


def test_a_joint_is_made_and_cut_by_hand(built: Path) -> None:
    article_id = str(listed(built)[0]["id"])
    assert run(built, "articles", "edit", article_id, "--cut", LEFT).exit_code == 0
    assert "未接　…" in run(built, "articles", article_id).stdout
    assert run(built, "articles", "edit", article_id, "--join", LEFT, RIGHT).exit_code == 0
    shown = run(built, "articles", article_id).stdout
    assert "人工" in shown
    assert "未接　…" not in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "没有要更正的内容"),
        (("--join", "没有的话", "也没有"), "接不上"),
        (("--cut", "没有的话"), "接不上"),
    ],
)
def test_an_edit_that_would_not_hold_is_refused_and_nothing_is_written(
    built: Path, options: tuple[str, ...], said: str
) -> None:
    done = run(built, "articles", "edit", str(listed(built)[0]["id"]), *options)
    assert isinstance(done.exception, StudyError)
    assert said in str(done.exception)
    assert not (built / "sources.toml").exists()


def test_a_correction_does_not_wait_for_a_pipe(built: Path) -> None:
    article_id = str(listed(built)[0]["id"])
    os.mkfifo(built / "sources.toml")
    done = run(built, "articles", "edit", article_id, "--title", "新")
    assert isinstance(done.exception, StudyError)
    assert "不是普通文件" in str(done.exception)


def test_the_day_given_to_a_build_is_remembered(built: Path) -> None:
    assert run(built, "build", str(built), "--date", "2024-03-01").exit_code == 0
    assert listed(built)[0]["published_on"] == "2024-03-01"
    again = json.loads(run(built, "build", str(built), "--json").stdout)
    assert (again["new"], again["changed"]) == (0, 0)
    assert listed(built)[0]["published_on"] == "2024-03-01"
