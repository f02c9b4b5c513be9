"""Of a web page the article is read, all of it and nothing else, under its own headline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from studytool import articles, sources
from studytool.model import Document
from studytool.sources.discovery import Skipped
from studytool.sources.page_title import is_name_of_site

HEADLINE = "全市防汛工作会议召开"
TEXT = (
    "<p>6月2日，全市防汛工作会议召开，传达学习全国防汛抗旱工作视频会议精神，安排部署全市防汛工作。</p>"
    "<p>会议要求，立足防大汛、抗大险、救大灾，落实责任制，确保水库无一垮坝、重要堤防无一决口。</p>"
)
LONG = TEXT * 4


def page(tmp_path: Path, body: str, title: str = HEADLINE) -> Path:
    path = tmp_path / "a.html"
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    path.write_text(f"<html>{head}<body>{body}</body></html>", encoding="utf-8")
    return path


def read(path: Path) -> Document:
    (source,) = sources.discover([str(path)]).sources
    return sources.read(source)


# ---- what belongs to the article ------------------------------------------------------------------

LEAD = "2023年河东区生产总值达到1329.65亿元，同比增长6.1%。"
END = "全区上下将牢记嘱托，奋力谱写新篇章。"

# Where prose stands outside the container that holds most of it.
OWN = {
    "a lead above it": f"<h1>{HEADLINE}</h1><div class='lead'><p>{LEAD}</p></div><div>{LONG}</div>",
    "a block behind it": f"<h1>{HEADLINE}</h1><div>{LONG}</div><div class='more'><p>{LEAD}</p></div>",
    "behind a </div> too many": f"<div><div><h1>{HEADLINE}</h1>{LONG}</div><p>{LEAD}</p></div>",
    "beside an advertisement": f"<h1>{HEADLINE}</h1><div>{LONG}</div>"
    f"<div><a href='/'>品质生活，欢迎选购！</a></div><div><p>{LEAD}</p></div>",
    "in a container called like its own": f"<h1>{HEADLINE}</h1><div class='p1'>{LONG}</div>"
    f"<div class='p2'><p>{LEAD}</p></div>",
    "a lead under its name": f"<h1>{HEADLINE}</h1><div><h4>核心提示</h4><p>{LEAD}</p></div><div>{LONG}</div>",
    "below comments that are longer": f"<div><h1>{HEADLINE}</h1><p>{LEAD}</p></div>"
    f"<div><div>网友评论</div><div>{LONG}</div></div>",
}

STAMPED = "<div class='i'><div>{}</div><p>希望全区上下真正落实到基层，让老百姓受益。</p></div>" * 9
OWN |= {
    f"above {name}": f"<div><h1>{HEADLINE}</h1><p>{LEAD}</p></div><div class='l'>{entries}</div>"
    for name, entries in {
        "comments with their writers": STAMPED.format(*("河东市民 2024-06-03 10:11",) * 9),
        "comments below their writers": STAMPED.format(
            *("<b>王建国</b><p>发表于2024年6月3日 10:11</p>",) * 9
        ),
        "teasers with their hours": STAMPED.format(*("<h3>我区召开教育大会</h3>2024-06-03 10:11",) * 9),
    }.items()
}


@pytest.mark.parametrize("body", OWN.values(), ids=OWN.keys())
def test_prose_beside_the_main_block_is_read(tmp_path: Path, body: str) -> None:
    text = read(page(tmp_path, body)).text
    assert LEAD in text
    assert "希望" not in text


@pytest.mark.parametrize(
    ("text", "more"), [(1, ""), (9, f"<p>{LEAD}</p>")], ids=["nothing else", "long ones"]
)
def test_what_bears_hours_and_is_the_text_is_read(tmp_path: Path, text: int, more: str) -> None:
    entries = STAMPED.format(*(f"2024-06-03 10:11<p>{TEXT * text}</p>",) * 9)
    assert read(page(tmp_path, f"<h1>{HEADLINE}</h1>{more}{entries}")).text.count("希望") == 9


# What stands beside the article and is none of it.
OTHER = {
    "comments under their heading": "<div><h3>网友评论</h3><p>{}</p></div>",
    "comments by their name": "<div class='cmt'><p>{}</p></div>",
    "comments by their writer": "<div><p>滨河网友：{}</p></div>",
    "related articles": "<div><p>相关阅读</p><p>{}</p></div>",
    "a list of links": "<ul><li><a href='1'>{}</a></li><li><a href='2'>我区召开教育大会。</a></li></ul>",
    "prose with many links": "<div><p><a href='1'>{}</a>我区召开教育大会。</p></div>",
    "whose page it is": "<div><p>主办单位：河东区人民政府。{}</p></div>",
    "a statement of the site": "<div><p>{}</p><p>本网注明来源的稿件，未经许可不得转载。</p></div>",
    "another article": "<div><h1>我区召开教育大会</h1><p>{}</p></div>",
    "another article with its day": "<div><h3>我区召开教育大会</h3><p>2024-05-01</p><p>{}</p></div>",
    "a teaser": "<div class='next'><p>{}</p></div>",
    "who its author is": "<div class='au'><p>王建国</p><p>{}</p></div>",
    "short news": "<div><h3>24小时快讯</h3><p>{}</p></div>",
    "short news without a container": "<h3>24小时快讯</h3><p>{}</p>",
    "what a site says of more": "<div class='more'><p>更多报道请关注本报。</p><p>{}</p></div>",
    "an advertisement": "<div><p>好酒河东春，欢迎选购。{}</p></div>",
    "behind the editor's name": "<p>责任编辑：王小明</p><p>{}</p>",
    "in containers of its own": "<div><div class='box'><p>{}</p></div></div>".replace(
        "<div>", "<div id='b'>", 1
    ),
    "words that are no sentence": "<div><p>河东区 概况</p></div>",
}


@pytest.mark.parametrize("block", OTHER.values(), ids=OTHER.keys())
def test_what_is_of_the_page_is_not_read(tmp_path: Path, block: str) -> None:
    text = read(page(tmp_path, f"<h1>{HEADLINE}</h1><div>{LONG}</div>{block.format(LEAD)}")).text
    assert not any(words in text for words in (LEAD, "教育大会", "网友", "概况"))
    assert text.count("会议要求") == 4


def test_prose_above_the_headline_is_of_the_page(tmp_path: Path) -> None:
    body = f"<div><p>{LEAD}</p></div><h1>{HEADLINE}</h1><div>{LONG}</div><div><p>{END}</p></div>"
    text = read(page(tmp_path, body)).text
    assert LEAD not in text
    assert END in text


def test_a_section_headed_like_the_page_is_read(tmp_path: Path) -> None:
    sections = f"<section><h3>最新进展</h3>{TEXT}</section><section><h3>相关要求</h3>{TEXT}</section>"
    text = read(page(tmp_path, f"<h1>{HEADLINE}</h1>{sections}")).text
    assert text.count("会议要求") == 2
    assert "最新进展" in text
    assert "相关要求" in text


def test_questions_and_answers_in_containers_of_their_own_are_read(tmp_path: Path) -> None:
    asked = "<div><p>问：为什么？</p><p>答：为了规范党费收缴，根据有关规定制定。</p></div>"
    assert "问：为什么？" in read(page(tmp_path, f"<h1>{HEADLINE}</h1><div>{LONG}</div>{asked}")).text


# ---- its headline ---------------------------------------------------------------------------------

LINE = f"<div class='tit'>{HEADLINE}</div><div>2024-06-03 来源：市水务局</div><div>{TEXT}</div>"
SUBTITLED = f"<h2>奋楫扬帆开新局</h2><h3>——滨河市2023年工作综述</h3><div>{TEXT}</div>"
MENU = "<div><a href='1'>首页</a> | <a href='2'>机构职能</a> | <a href='3'>政策法规</a></div>"
PLACE = "您现在的位置：首页 &gt;&gt; 党建要闻 &gt;&gt; 正文"

TITLES = {
    "a site behind a hyphen": (f"{HEADLINE}-滨河市水务局", LINE, HEADLINE),
    "a site behind a bar": (f"{HEADLINE}_滨河市人民政府", LINE, HEADLINE),
    "a site and a column": (f"{HEADLINE}-工作动态-滨河市水务局", LINE, HEADLINE),
    "a site before a blank": (f"滨河市水务局 {HEADLINE}", LINE, HEADLINE),
    "only a site and a column": ("滨河党建网-党建要闻", LINE, HEADLINE),
    "only a column": ("要闻动态", LINE, HEADLINE),
    "the site in the largest type": ("滨河党建网", f"<h1>滨河党建网</h1><h2>{HEADLINE}</h2>{TEXT}", HEADLINE),
    "menus above the headline": ("滨河党建网", f"{MENU}<h2>{HEADLINE}</h2><div>{TEXT}</div>", HEADLINE),
    "where one is, above it": (
        "滨河党建网",
        f"{MENU}<div>{PLACE}</div><h2>{HEADLINE}</h2><div>{TEXT}</div>",
        HEADLINE,
    ),
    "its day and source above the text": (
        "滨河党建网",
        f"<p>{HEADLINE}</p><p>2024-06-03 10:12 来源：新华社 字体：大 中 小 【打印本页】</p><div>{TEXT}</div>",
        HEADLINE,
    ),
    "a subtitle in the title": ("滨河市2023年工作综述 - 滨河日报", SUBTITLED, "奋楫扬帆开新局"),
    "no line of the page": (f"{HEADLINE}-滨河市水务局", f"<div>{TEXT}</div>", HEADLINE),
    "a hyphen of its own": (
        "“1-5”行动启动-滨河日报",
        f"<p>“1-5”行动启动</p><div>{TEXT}</div>",
        "“1-5”行动启动",
    ),
    "a bar of its own": (
        "权威发布｜一图读懂条例",
        f"<h1>权威发布｜一图读懂条例</h1>{TEXT}",
        "权威发布｜一图读懂条例",
    ),
    "an organ as headline, an encyclopedia behind it": (
        "中国共产党滨河市委员会-滨河百科",
        f"<h1>中国共产党滨河市委员会</h1>{TEXT}",
        "中国共产党滨河市委员会",
    ),
    "a site as headline, what it is behind it": (
        "中国新闻网（中央新闻网站） - 党史百科",
        f"<h1>中国新闻网</h1>{TEXT}",
        "中国新闻网",
    ),
    "a site in the largest type, a column behind it": (
        "滨河市人民政府-要闻动态",
        f"<h1>滨河市人民政府</h1><h4>{HEADLINE}</h4><div>{TEXT}</div>",
        HEADLINE,
    ),
    "a section in larger type": (
        f"{HEADLINE}-滨河市水务局",
        f"<h3>一、会议要求</h3><div>{TEXT}</div><h3>二、会议强调</h3><div>{TEXT}</div>",
        HEADLINE,
    ),
    "a headline that leads to itself": ("滨河", f"<h1><a href='1'>{HEADLINE}</a></h1>{TEXT}", HEADLINE),
}


@pytest.mark.parametrize(("title", "body", "expected"), TITLES.values(), ids=TITLES.keys())
def test_the_headline_is_the_title(tmp_path: Path, title: str, body: str, expected: str) -> None:
    document = read(page(tmp_path, body, title))
    assert document.source.note.title == expected
    (article,) = articles.reconstruct(document)
    assert article.title == expected
    assert "首页" not in document.text


BROKEN = {
    "in the middle of a phrase": (
        "纪念抗日战争暨<br>反法西斯战争胜利大会",
        "纪念抗日战争暨反法西斯战争胜利大会",
    ),
    "between two halves": ("握紧方向盘<br/>跑好接力赛", "握紧方向盘 跑好接力赛"),
    "above a subtitle": ("握紧方向盘<br>——在全市大会上的讲话", "握紧方向盘"),
}


@pytest.mark.parametrize(("heading", "title"), BROKEN.values(), ids=BROKEN)
def test_a_headline_may_be_broken_into_lines(tmp_path: Path, heading: str, title: str) -> None:
    (piece,) = articles.reconstruct(read(page(tmp_path, f"<h1>{heading}</h1>{LONG}", "重要讲话")))
    assert piece.title == title


def test_a_headline_may_stand_in_two_headings(tmp_path: Path) -> None:
    body = f"<h1>习近平在中青年干部培训班</h1><h1>开班式上发表重要讲话</h1>{LONG}"
    (piece,) = articles.reconstruct(read(page(tmp_path, body, "")))
    assert piece.title == "习近平在中青年干部培训班开班式上发表重要讲话"


def test_the_name_of_a_site_above_a_headline_is_no_line_of_it(tmp_path: Path) -> None:
    body = f"<h1>滨河党建网</h1><h1>{HEADLINE}</h1>{LONG}"
    (piece,) = articles.reconstruct(read(page(tmp_path, body)))
    assert piece.title == HEADLINE


def test_the_day_of_a_second_piece_on_a_page_is_not_that_of_the_first(tmp_path: Path) -> None:
    second = "<h2>全力争创全国文明典范城市</h2><h3>在推进会上强调</h3><p>发布日期：2021-08-28 09:26</p>"
    foot = "<p>来源：绍兴日报</p><p>【打印本页】</p>"
    body = f"<h1>{HEADLINE}</h1><p>“学习强国”学习平台 2021-09-01</p>{LONG}{second}{LONG}{foot}"
    document = read(page(tmp_path, body))
    days = {piece.title: piece.published_on for piece in articles.reconstruct(document)}
    assert days == {HEADLINE: date(2021, 9, 1), "全力争创全国文明典范城市": date(2021, 8, 28)}
    assert document.source.note.issuer is None
    assert "打印" not in document.text


def test_a_page_that_says_nothing_of_itself_gets_no_title(tmp_path: Path) -> None:
    path = page(tmp_path, f"<div><p>一九七四年九月廿二日</p>{TEXT}</div>", "")
    assert read(path).source.note.title is None


# ---- its day --------------------------------------------------------------------------------------

DAYS = {
    "a line of its own": ("2024-06-03 10:12", True),
    "behind whose page it is": ("原创滨河发布2024-06-03 18:30", True),
    "with its source": ("2024-06-03 来源：新华社 字体：大 中 小", True),
    "named": ("发布时间：2024年6月3日　浏览次数：12", True),
    "behind the source": ("来源：市水务局 | 2024/06/03", True),
    "when it appeared and changed": (
        "<div>发布时间：2024-06-03 10:12</div><div>更新时间：2024-06-04 09:00</div>",
        True,
    ),
    "a sentence": ("2024年6月3日，河东区委书记到西山县调研防汛工作，强调要落实责任。", False),
    "a heading": ("2024年6月3日全区防汛工作会议", False),
    "when somebody collected it": ("抓取时间：2024-06-03T10:12:00+08:00", False),
    "a clause that speaks of time": ("时间回到2024年6月3日，洪水来了", False),
}


@pytest.mark.parametrize(("line", "dates"), DAYS.values(), ids=DAYS.keys())
def test_a_page_is_dated_by_a_line_of_its_day(tmp_path: Path, line: str, dates: bool) -> None:
    found = read(
        page(tmp_path, f"<h1>{HEADLINE}</h1><p>{line}</p><div>{TEXT}</div>")
    ).source.note.published_on
    assert found == (date(2024, 6, 3) if dates else None)


NAMES = [
    ("新华网", True),
    ("滨河党建网", True),
    ("滨河党建网-党建要闻", True),
    ("滨河市人民政府", True),
    ("滨河市水务局", True),
    ("通知公告", True),
    ("织密基层治理一张网", False),
    ("滨河市奋力开创发展新局", False),
    ("任前公示", False),
    ("全市防汛工作会议召开", False),
    ("滨河市2023年统计公报", False),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_the_names_of_sites_and_columns_are_known(name: str, expected: bool) -> None:
    assert is_name_of_site(name) is expected


def test_a_line_like_the_name_of_an_organ_stays_in_the_text(tmp_path: Path) -> None:
    contents = "第三节　国务院<br>第四节　中央军事委员会<br>"
    assert "第四节 中央军事委员会" in read(page(tmp_path, f"<div>{contents}{TEXT}</div>", "")).text


# ---- pages from which nothing is read --------------------------------------------------------------

EMPTY = {
    "text that a script shows": f"<div id='app'></div><script>var text = '{TEXT}'</script>",
    "text beside the page": f"<aside><h1>{HEADLINE}</h1>{TEXT}</aside>",
    "text in a tab that is not shown": f"<h1>{HEADLINE}</h1><div style='display:none'>{TEXT}</div>",
    "menus and a headline": f"{MENU}<h1>{HEADLINE}</h1>",
}


@pytest.mark.parametrize("body", EMPTY.values(), ids=EMPTY.keys())
def test_a_page_without_text_is_skipped_with_a_remedy(tmp_path: Path, body: str) -> None:
    (source,) = sources.discover([str(page(tmp_path, body))]).sources
    outcome = sources.read_or_skip(source)
    assert isinstance(outcome, Skipped)
    assert "没有读到正文" in outcome.reason
    assert "；请用浏览器打开" in outcome.reason


FEW = {
    "one sentence": "<p>坚持党的领导。</p>",
    "a list": "<ul><li>坚持和加强党的全面领导</li></ul>",
    "text in headings": f"<h4>{LEAD}</h4>",
    "a table": "<table><tr><td>生产总值（亿元）</td><td>1329.65</td></tr></table>",
}


@pytest.mark.parametrize("body", FEW.values(), ids=FEW.keys())
def test_a_page_with_little_text_is_read(tmp_path: Path, body: str) -> None:
    assert len(read(page(tmp_path, f"<h1>{HEADLINE}</h1>{body}")).blocks) == 2
