"""Gate on what was said of campaigns that a later resolution of the Party has judged otherwise."""

from __future__ import annotations

import re

from studytool.items import citations
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.model import Article

_CAMPAIGNS = re.compile(
    r"反右|右派分子|右派猖狂|大跃进|三面红旗|人民公社化|文化大革命|阶级斗争为纲|继续革命|批林批孔|走资派|革委会|革命委员会"
)


# What only those days said of them; a paper of which no day is known may be of those.
_PRAISES = re.compile("亲自发动|伟大的?(?:政治|思想|社会主义|文化)|粉碎[^，。；]*进攻|伟大(?:胜利|领袖)")
# 揭批所谓“……反党集团”: what the paper itself takes back.
_TAKEN_BACK = re.compile("所谓[^，。；]{0,24}____|____[^，。；]{0,6}(?:冤案|错案|假案)")
# What was said of itself between 1966 and 1978 only.
_ITS_OWN_DAY = re.compile(
    r"毛主席语录|最高指示|林副主席|副统帅|无产阶级司令部|资产阶级司令部|革命造反|刘邓|走资派|斗私批修|万寿无疆|反革命修正主义|华主席"
    r"|林彪同志|伟大红旗|走资本主义道路|革命小将|批邓|右倾翻案风|反党集团|革命派|革命大批判|红卫兵小将"
)
_DENOUNCES = re.compile("揭批|批林批孔|批邓|大批判|斗私批修|反击右倾")  # in the title
_ENOUGH = 2  # of them tell of which days a paper is


def _of_those_days(article: Article, context: Context) -> bool:
    """Does an undated paper, or one of its day, speak as was spoken in the cultural revolution?"""
    if _DENOUNCES.search(article.title or ""):
        return True
    if article.published_on and not citations.is_of_another_time(article):
        return False
    texts = (article.title, *(sentence.text for sentence in context.of_article(article.id)))
    return len({word for text in texts for word in _ITS_OWN_DAY.findall(text)}) >= _ENOUGH


def overturned(draft: Draft, context: Context) -> bool:
    """A paper's praise of a campaign of its day, which the resolution of 1981 has judged otherwise."""
    article = draft.knowledge.sentence.article
    if context.recall(("those days", article.id), lambda: _of_those_days(article, context)):
        return True
    if _TAKEN_BACK.search(draft.said):
        return True
    praised = article.published_on is None and _PRAISES.search(draft.knowledge.sentence.text) is not None
    own_day = citations.is_of_another_time(article) or praised
    return own_day and _CAMPAIGNS.search(draft.statement) is not None
