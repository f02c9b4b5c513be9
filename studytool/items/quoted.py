"""A quotation on a page of quotations -> the words that say whose it is, where and when it was said.

They are the page's own: “——2016年2月23日，习近平在……时的讲话” is told as 据2016年2月23日习近平在……时的讲话.
Who speaks may be told by the title of the page alone. What nothing dates, or of which nobody is named, is
not asked: anybody may have said it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from studytool.items.propriety import NAMED
from studytool.items.speakers import is_person
from studytool.model import Article, Credit, Sentence

_DAY = r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?(?:[至到—－～~-](?:\d{1,2}月)?\d{1,2}日)?)?"
_DAY_FIRST = re.compile(rf"^(?P<day>{_DAY})，?(?P<rest>.+)$")
_SPOKE = re.compile(
    r"(?:^|[年月日，])(?P<who>[\u4e00-\u9fff]{2,4}?)(?:总书记|主席|同志|总理)?"
    r"(?=在|同|给|致|对|就|向|于|为|出席|主持|会见|接受|《|(?:19|20)\d\d年)"
)
_VERB = "(?:指出|强调|提出|要求|表示|说|谈到|写道)"
_SAYS = re.compile(f"{_VERB}$")
_SAID_ON = re.compile(rf"(?P<rest>.*{_VERB})（(?P<day>{_DAY})）$")  # 在云南调研时强调（2015年1月19日至21日）
_PAPER = re.compile("^[^《》]{0,8}《")


def told(sentence: Sentence) -> str | None:
    """The words that go before what is quoted; None if it is no quotation, or not enough is told."""
    return _told(sentence.credit, _of_page(sentence.article)) if sentence.credit else None


def is_nobodys(sentence: Sentence) -> bool:
    """Is it a quotation, and the page does not tell whose, or of when?"""
    return sentence.credit is not None and told(sentence) is None


def is_leaders(sentence: Sentence) -> bool:
    """Is it quoted from a leader?"""
    words = told(sentence)
    return words is not None and NAMED.search(words) is not None


@lru_cache(maxsize=4096)
def _told(credit: Credit, of_page: str) -> str | None:
    said = credit.said
    if not said:
        return None
    spoke = next((m for m in _SPOKE.finditer(said) if is_person(m["who"])), None)
    if spoke is None and not of_page:
        return f"据{said}" if _PAPER.match(said) and "讲话" not in said else None
    named = "" if spoke else of_page
    dated = _DAY_FIRST.match(said)
    if spoken := _SAID_ON.match(said):
        return f"{spoken['day']}，{named}{spoken['rest']}"
    if _SAYS.search(said):
        return f"{dated['day']}，{named}{dated['rest']}" if dated else f"{named}{said}"
    return f"据{dated['day']}{named}{dated['rest']}" if dated else f"据{named}{said}"


def _of_page(article: Article) -> str:
    """The one leader whom the head of the page names: 习近平谈调查研究, 毛主席语录."""
    heads = " ".join(filter(None, (article.kicker, article.title, article.subtitle, article.byline)))
    found = set(NAMED.findall(heads))
    return found.pop() if len(found) == 1 else ""
