"""Text of heads, imprints and front matter -> the day a piece was published or adopted, and its genre.

The surprising decision: only a whole date counts. A year or a month alone dates nothing, but an
issue that says “每月1日出版” and “2024年第09期” names its day.
"""

from __future__ import annotations

import re
from datetime import date

from studytool.articles import fields

_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s?(?:年|[-/.])\s?(?P<m>1[0-2]|0?[1-9])\s?(?:月|[-/.])\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d{2})(?P<m2>0[1-9]|1[0-2])(?P<d2>[0-2]\d|3[01])(?!\d)"
)
_CHINESE_DATE = re.compile(
    r"([一二][〇○零Ｏ九][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DATE_LINE = re.compile(
    r"[（(—―\-]*\s*(?:[^，。]{0,12})(?:\d{2,4}|[一二][〇○零九][〇○零一二三四五六七八九]{2})年\s?[\d一二三四五六七八九十]{1,2}月(?:\s?[\d一二三四五六七八九十]{1,3}日)?.{0,160}?[）)]?"
)
# When a page was put up, as its converter notes it: 发布时间：2024-08-30 | 来源：新华网.
# A field gives nothing back (?+): of sixty in a row each could end in two places.
_FIELD = (
    rf"(?:{fields.OF_A_PAGE}|记者)[:：]?\s?+(?!(?:发布)?(?:时间|日期))[^\s|丨，。]{{0,20}}+"
    r"|[大中小]字号|【?字[号体][:：]?[^】。]{0,12}】?"
)
_AGAIN = r"(?:发布|更新)?(?:时间|日期)[:：]\s?[\d年月日:/.-]{8,12}"  # some pages say it twice
_STAMP = re.compile(
    rf"[（(]?(?:(?:{_FIELD})[\s|丨]++)*+"
    r"(?:(?:发布|发表|印发|公布|成文|更新|刊登)?(?:时间|日期)[:：]?\s?)?"
    r"(?:19|20)\d{2}\s?(?:年|[-/.])\s?\d{1,2}\s?(?:月|[-/.])\s?\d{1,2}\s?日?"
    rf"(?:\s?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?(?:(?<=\d)(?!日)[\u4e00-\u9fff]{{2,3}})?(?:[\s|丨]++(?:{_AGAIN}|{_FIELD}|[\u4e00-\u9fff]{{2,4}}))*\s?[）)]?"
)
# The page of a newspaper as an archive names it: 1955年2月2日人民日报 第2版, 1948-01-31第2版面所有文章内容,
# 《人民日报》（2025年3月13日第15版）.
_PAGE = re.compile(
    r"(?:[^，。：；]{0,40}《[^《》]{2,10}》[（(]\s?|[\u4e00-\u9fff]{2,8}[报刊]\s?)?(?:19|20)\d{2}\s?(?:年|[-/.])\s?\d{1,2}\s?(?:月|[-/.])\s?\d{1,2}\s?日?\s?(?:《?[\u4e00-\u9fff]{2,8}[报刊]》?)?"
    r"\s?第?\s?\d{1,2}\s?版[\u4e00-\u9fff]{0,10}[）)]?"
)
# A line all in brackets with a whole day in it: （……部分修改，2017年10月24日通过）.
_NOTED = re.compile(r"[（(][^（）()]*\d{4}年\d{1,2}月\d{1,2}日[^（）()]*[）)]")
# When a rule was made, as a gazette notes it below the title: 1989年5月5日 国务院第40次常务会议通过.
_MADE = re.compile(r"(?:发布|公布|通过|批准|修订|修正|印发)$")
# In which year, and by whom: of itself a page only says that it was put up (2024年5月17日 发布).
_NUMBER_OF_IT = r"(?:第\d{1,3}[次号][^\d]{0,60}?)?"
_ENACTED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年\s?\d{1,2}月\s?\d{1,2}日"
    rf"(?:[^\d]{{0,80}}?{_NUMBER_OF_IT}(?:通过|批准|修订|修正)|[^\d]{{2,80}}?{_NUMBER_OF_IT}(?:发布|公布|印发))"
)
_AMENDED = re.compile("修[订正]")
_ISSUE = re.compile(r"(?P<y>20\d{2}|19\d{2})年第?0?(?P<m>1[0-2]|[1-9])期")
_ADOPTED = re.compile(r"(?:全体会议|大会|会议)，?于(?P<when>.{8,30}?)(?:在[^，。]{2,12})?(?:召开|举行)。")
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0"}

# Genre by the words of a head, in this order: what a title says of itself goes before its subject.
_GENRES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"侧记$|侧记[）)]?$"), "侧记"),
    (re.compile(r"社论"), "社论"),
    (re.compile(r"评论员"), "评论员文章"),
    (re.compile(r"工作报告|大会上的报告"), "工作报告"),
    (re.compile(r"统计公报"), "统计公报"),
    (re.compile(r"公报$"), "公报"),
    (re.compile(r"决议$"), "决议"),
    (re.compile(r"(?:条例|规定|办法|准则|细则)(?:（.{1,12}）)?$"), "条例"),
    (re.compile(r"决定$"), "决定"),
    (re.compile(r"(?:意见|方案|纲要|规划|通知)(?:（.{1,12}）)?$"), "文件"),
    (re.compile(r"(?:讲话|致辞|贺信)$|上的讲话"), "讲话"),
    (re.compile(r"综述|纪实|见闻|观察|特写$"), "通讯"),
)


def find(text: str) -> date | None:
    """The last whole date in the text: an adoption comes after what it amends."""
    found = [
        _safe(m.group("y") or m.group("y2"), m.group("m") or m.group("m2"), m.group("d") or m.group("d2"))
        for m in _DATE.finditer(text)
    ]
    found += [
        _safe("".join(_DIGITS[c] for c in y if c in _DIGITS), str(_small(m)), str(_small(d)))
        for y, m, d in _CHINESE_DATE.findall(text)
    ]
    whole = [day for day in found if day]
    return whole[-1] if whole else None


def _safe(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _small(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    one = int(_DIGITS.get(ones, "0"))
    return one + (10 * int(_DIGITS.get(tens, "1")) if ten else 0)


def enacted_in(text: str) -> int | None:
    """The year in which, as the line says, a rule was adopted, issued or amended: the last of several."""
    years = [] if is_stamp(text) else [int(match["year"]) for match in _ENACTED.finditer(text)]
    return years[-1] if years else None


def tells_amendment(text: str) -> bool:
    """“2024年12月25日……会议修正”: it dates the text as it stands, and no longer the day of its adoption."""
    return _AMENDED.search(text) is not None


def is_stamp(text: str) -> bool:
    """“发布时间：2024-05-07”, “2024-05-07 10:30 来源：河东日报”: when a page was put up."""
    return _STAMP.fullmatch(text) is not None


def is_date_line(text: str) -> bool:
    """“（2024年8月25日……通过）”, “——2011年1月16日在……会议上”, “2024年5月7日”, “发布时间：2024-05-07”."""
    if is_stamp(text) or _PAGE.fullmatch(text) or _NOTED.fullmatch(text):
        return True
    if len(text) > 200 or text.endswith("。") or not _DATE_LINE.fullmatch(text):
        return False
    return text.startswith(("（", "(", "—", "―", "-")) or len(text) <= 16 or bool(_MADE.search(text[:60]))


def of_page(text: str) -> date | None:
    """The day of a newspaper whose page an archive shows."""
    return find(text) if _PAGE.fullmatch(text) else None


def of_issue(text: str) -> date | None:
    """The day of a monthly's issue, from its imprint."""
    match = _ISSUE.search(text)
    day = re.search(r"每月0?(\d{1,2})日出版", text)
    return _safe(match.group("y"), match.group("m"), day.group(1)) if match and day else None


# 会议12月10日至11日在北京举行。……总结2025年经济工作，……，部署2026年经济工作。
_HELD = re.compile(
    r"(?<![\d年])(?P<month>1[12])月(?P<day>\d{1,2})日(?:至(?P<last>\d{1,2})日)?在[\u4e00-\u9fff]{1,8}(?:举行|召开)"
)
_SUMS_UP = re.compile(r"总结(?P<year>20\d\d)年[^。]{0,16}工作[^。]{0,40}部署(?P<next>20\d\d)年")


def of_meeting(opening: str) -> date | None:
    """When a communiqué's meeting was held, from its opening sentence: it is adopted there."""
    match = _ADOPTED.search(opening[:120])
    if not match:
        return None
    when = match.group("when")
    return _last_day(when) if "至" in when else find(when)


def of_yearly_meeting(begins: str) -> date | None:
    """When a meeting was held that sums up one year and plans the next, from how its report begins: the day
    it tells is of the first of the two."""
    held, planned = _HELD.search(begins), _SUMS_UP.search(begins)
    if held is None or planned is None or int(planned["next"]) != int(planned["year"]) + 1:
        return None
    return _safe(planned["year"], held["month"], held["last"] or held["day"])


def _last_day(when: str) -> date | None:
    match = re.search(r"(\d{4})年(\d{1,2})月\d{1,2}日至(?:(\d{1,2})月)?(\d{1,2})日", when)
    return _safe(match.group(1), match.group(3) or match.group(2), match.group(4)) if match else None


def genre_of(*heads: str | None) -> str | None:
    """The genre a head names, or None."""
    for words in heads:
        for pattern, genre in _GENRES:
            if words and pattern.search(words):
                return genre
    return None
