"""An article -> how it is cited: 《title》, with whose it is where the title alone could be anybody's.

What a title tells of its paper (a report, a regulation, a bulletin of figures) is read here, too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from studytool.items.context import Context
from studytool.items.narration import is_leaders
from studytool.items.scope import place
from studytool.model import Article
from studytool.words import tagged

LONGEST_TITLE = 48
REFORM = 1979  # formulations of papers before it may have been given up since
_NORM = re.compile(r"(?:条例|规定|办法|准则|章程|规则|细则|法|守则|宪法)$")
_GENRE = re.compile(
    r"条例|规定|报告|公报|决定|决议|规划|纲要|意见|办法|准则|章程|讲话|通知|方案|白皮书|讲义|纪要|新闻联播"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:省|市|区|县|州|旗|港|镇)(?!域)")
# A file name, the beginning of a text, a rule of signs, the name of a place on a page.
_NO_TITLE = re.compile(
    r"[\n_…。━─═■◆●★☆※=]|^[\x00-\x7f]+$|^\d{4}年，"
    r"|^[\u4e00-\u9fff]{2,6}[：:][\d\-/.年月日: ]+$"
    r"|^每[日天周月]一[学课读讲题]$|^(?:学习|党建|理论|党员)(?:园地|专栏|天地|之窗|平台|资料|教育)$"
    r"|^(?:民国[\d一二三四五六七八九十]+年|\d{4}年)(?:（[^（）]*）)?$"
    r"|^(?:相关|有关|重要)?(?:通知|公告|文件|报道|新闻)$"
    r"|^(?:输入|示例|测试|样例|文章|新闻)(?:文本|数据|文章|内容|正文)$|^(?:今日|最新|每日)(?:头条|要闻|新闻|资讯|速览|时政)[\d.\-年月日]*$"
)
_WHOLE = re.compile(r"^《(?P<name>[^《》]+)》(?:全文|原文|正文|（全文）)$")
# 中共中央办公厅、国务院办公厅印发《……实施方案》: the paper is what was issued.
_ISSUED = re.compile(r"^[^《》〈〉]{4,40}(?:印发|发布|公布)[《〈](?P<name>[^《》〈〉]{4,60})[》〉]$")
_COLUMN = re.compile(
    r"^【[^【】]{2,24}】 *(?=.{6})(?!\d{1,2}月\d{1,2}日$)"
)  # the column of the paper a piece stands in
_ASSEMBLY = re.compile(r"(?<!召开)(?<!主持)(?<!出席)(?<!参加)(?:会议|全会|代表大会)$")
_BARE_REPORT = re.compile(
    r"^(?:\d{4}年)?(?:政府|人大常委会|政协常委会|(?:人民)?(?:法院|检察院)|纪委)?工作报告$|^(?:公报|决定|决议|通知|报告|意见|讲话)$"
)
_GIVEN_YEARLY = re.compile(
    "工作报告$|(?:经济|农村|政法|宣传思想|统战)工作会议[\u4e00-\u9fff]{0,6}(?:举行|召开)(?=$|[ 　])"
)
_ANYONES = re.compile(  # 《我市农村经济稳步发展》, 《省委办公厅印发〈通知〉》: of which city, which province?
    r"[我全][省市区县州](?![委域])|(?<![\u4e00-\u9fff])[省市区县](?:委|政府|人大|政协|纪委)"
)
_ORDER = re.compile(r"^关于.*(?:意见|通知|方案|办法|决定|规定|细则|规划|计划|纲要|要点)$")
_NATIONAL = re.compile(r"全国|国家|中国|中央|国务院|全党|党内|党组|社会主义")
_OF_A_PLACE = re.compile(r"(?:我|全)[市省区县州](?![委直级场长域])")
_SAID_SO = re.compile("(?<=讲话)(?:时)?(?:强调|指出|要求)$")  # a headline whose other half is another line
_BULLETIN = re.compile(r"据[\u4e00-\u9fff、]+\d{4}年数据[，（]")
_YEARS = re.compile(r"\d{4}(?=年)")
# A programme or a paper of a day: 新闻联播2013-07-15.
_ISSUE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,10}) ?(?P<y>(?:19|20)\d\d)(?P<by>[-/.年]?)"
    r"(?P<m>[01]?\d)(?:(?P=by)|月)(?P<d>[0-3]?\d)日?"
)
_AN_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:联合会|委员会|人民政府|总工会|研究会|学会|协会|公司|大学|学院|医院|银行|研究院|党支部|图书馆|档案馆|博物馆|门户网站|新闻网)"
)
_COUNTS = re.compile(r"统计|局$|厅$|办$|调查队$")
# The year of a report stays; and that rules are on trial is part of their name.
_TAIL = re.compile(r"(?:(?<!报告)|(?![（(]\d{4}))[（(][^（）()]*[）)]$")
_NO_PART = re.compile(rf"(?![（(](?:试行|暂行|\d{{4}}年?[—－–-])){_TAIL.pattern}")


def cited(article: Article, context: Context) -> str | None:
    """《title》, with its issuer or city where the title alone would name any city's report."""
    return context.recall(("cited", article.id), lambda: _cited(article, context))


def _cited(article: Article, context: Context) -> str | None:
    title = _SAID_SO.sub("", _NO_PART.sub("", _title(article)).strip())
    if len(title) > LONGEST_TITLE:
        title = title[max(0, title.find("关于")) :]  # without the offices that issued it
    if not 4 <= len(title) <= LONGEST_TITLE or _NO_TITLE.search(title):
        return _bulletin(article, context)
    if issue := _ISSUE.fullmatch(title):
        return f"{issue['y']}年{int(issue['m'])}月{int(issue['d'])}日《{issue['name']}》"
    if _ASSEMBLY.search(title) or _AN_ORGAN.fullmatch(title):
        return None  # a meeting is no document, nor is an organ
    inner = title.replace("《", "〈").replace("》", "〉")
    if not (_BARE_REPORT.match(title) or _is_anyones(title) or _belongs_to_some_place(article, context)):
        year = _year(article) if _GIVEN_YEARLY.search(title) else ""
        return f"{year}{author(article)}《{inner}》{edition(article)}"
    whose = article.issuer or _whose(article, context)
    if whose is None:
        return None
    named = inner.startswith(whose)  # 《河东省人民政府关于……的通知》 says itself whose it is
    return f"{'' if named else whose}{_year(article)}《{inner}》"


def author(article: Article) -> str:
    """The leader who has written or said it, whose words are recited as his; a report is its congress's."""
    official = article.genre in ("工作报告", "公报", "决议", "决定")
    named = article.byline if is_leaders(article) and not official else None
    return "" if named is None or named in article.title else named


OLD = 2000  # rules issued before are hardly those in force, and their year is to be told


def edition(article: Article) -> str:
    """（2018年）, behind the title of a regulation whose head tells when it was adopted or last amended: its
    provisions may bear other numbers by now."""
    day = article.published_on
    year = article.edition or (day.year if day and day.year < OLD else None)
    return f"（{year}年）" if year and is_norm(article) else ""


def _title(article: Article) -> str:
    title = _COLUMN.sub("", article.title or "")
    issued = None if "关于印发" in title else _ISSUED.match(title)
    return issued["name"] if issued else _unwrapped(title)


def _unwrapped(title: str) -> str:
    return _WHOLE.sub(r"\g<name>", title)


def _year(article: Article) -> str:
    """The year a paper is of, where its title says none: 2026年《最高人民检察院工作报告》."""
    return (
        f"{article.published_on.year}年" if article.published_on and not _YEARS.search(article.title) else ""
    )


def _belongs_to_some_place(article: Article, context: Context) -> bool:
    """《关于推进民生幸福工程的实施意见》, which says 全市: of which city?"""
    if not _ORDER.search(article.title) or _PLACE.search(article.title) or _NATIONAL.search(article.title):
        return False
    return any(_OF_A_PLACE.search(sentence.text) for sentence in context.of_article(article.id))


def is_of_unknown_place(article: Article, context: Context) -> bool:
    """Is it some place's paper, and nothing says of which?"""
    return cited(article, context) is None and _belongs_to_some_place(article, context)


# A government's report to the national congress, or given for the State Council, is that of the nation.
_GOVERNMENTS = re.compile(r"^(?:\d{4}年)?政府工作报告")
_TO_THE_NATION = re.compile("全国人大|全国人民代表大会")
_FOR_THE_NATION = "代表国务院"


def _whose(article: Article, context: Context) -> str | None:
    """The place whose paper it is: the smallest that is known, or the nation."""
    if _GOVERNMENTS.match(article.title) and _is_to_the_nation(article, context):
        return "国务院"
    return next((found for level in "县区市州省" if (found := place(article, level, context))), None)


def _is_to_the_nation(article: Article, context: Context) -> bool:
    own = context.of_article(article.id)
    return _TO_THE_NATION.search(article.title) is not None or any(_FOR_THE_NATION in one.text for one in own)


def is_untitled(article: Article, context: Context) -> bool:
    """Has the article no title to be cited by? (《我市……》 is one, of a city nobody knows.)"""
    return cited(article, context) is None and not _is_anyones(article.title or "")


def _is_anyones(title: str) -> bool:
    """《我市……》; 《陕西全省……》 says itself of which province."""
    found = _ANYONES.search(title)
    before = tagged(title[: found.start()]) if found else ()
    return found is not None and not (before and before[-1].tag == "ns")


def _bulletin(article: Article, context: Context) -> str | None:
    """“黔东南州统计局2023年数据”: what an office counted in a year, where the paper has no heading."""
    own = context.of_article(article.id)
    told = re.match(r"\d{4}年", article.title) or (re.match(r"\d{4}年", own[0].text) if own else None)
    if not told or not article.issuer or not _COUNTS.search(article.issuer):
        return None
    counted = sum(re.search(r"\d", sentence.text) is not None for sentence in own)
    return f"{article.issuer.replace(' ', '、')}{told.group()}数据" if counted >= 0.6 * len(own) else None


def names_subject(article: Article) -> bool:
    """Does the citation tell a stranger whose doings the text is about?"""
    text = (
        f"{article.issuer or ''}{article.title}" if _BARE_REPORT.match(article.title or "") else article.title
    )
    if not text:
        return False
    return bool(_GENRE.search(text) or _PLACE.search(text)) or any(
        word.tag in ("ns", "nt") for word in tagged(text)
    )


def is_norm(article: Article) -> bool:
    """Is the article a regulation, of which no half may be told?"""
    return _is_norms(article.title or "")


def is_national_norm(article: Article) -> bool:
    """Is the article a law of the nation or a regulation of the Party, for every place alike?"""
    return is_norm(article) and _title(article).startswith(("中华人民共和国", "中国共产党"))


@lru_cache(maxsize=1 << 8)
def _is_norms(title: str) -> bool:
    """Every gate and writer asks it of the same few titles."""
    return _NORM.search(_TAIL.sub("", _unwrapped(title))) is not None


def is_bulletin(anchor: str) -> bool:
    """Does `anchor` cite the figures of an office for a year, in place of a title?"""
    return _BULLETIN.match(anchor) is not None


def is_report(article: Article) -> bool:
    """Is the article a report, plan or communiqué, whose title says of whom and of which year?"""
    return _GENRE.search(article.title or "") is not None and names_subject(article)


def can_be_of_a_place(article: Article) -> bool:
    """Is it the report of a place, whose doings without a subject are the place's own? A court's are those
    of many courts."""
    return re.search("法院|检察院", article.title) is None


def is_of_another_time(article: Article) -> bool:
    """Was the paper published before the reform? What was said then is told as said then."""
    return article.published_on is not None and article.published_on.year < REFORM


def preposition(article: Article) -> str:
    """根据 a regulation, 据 anything else."""
    return "根据" if is_norm(article) else "据"


def names(article: Article, subject: str, context: Context) -> bool:
    """Does the citation already say whose doings these are?"""
    citation = cited(article, context) or ""
    return _GENRE.search(citation) is not None and subject.removesuffix("市") in citation
