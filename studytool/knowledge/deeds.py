"""Reading -> persons by what they did: “____发起成立‘新启蒙学会’”, “派____以中央代表名义到天津”.

A deed is worth a name where history tells it of one person: what was founded, led, written or ordered. Who
opened a meeting or read something out is in every day's news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import one_of
from studytool.knowledge.persons import any_name, is_name
from studytool.knowledge.reading import Reading, inside
from studytool.model import KnowledgeKind, Span
from studytool.words import is_word

# Whom the Party sent, or worked through.
_SENT = "(?:派出?|派遣|委派|指派|通过|安排)(?:共产党员|地下党员|党员)?"
_MANNER = "(?:同志)?(?:等人?)?(?:首先|率先|亲自|秘密|又|先后|等?率部|率军|率队)?"
_FOUNDS = one_of("发起成立 发起组织 发起 创办 创建 创立 开辟 组建")
_LEADS = "(?:领导|指挥|发动)(?:了)?"
_STRIFE = one_of("起义 暴动 战役 战斗 罢工 斗争 运动 学潮 保卫战")
# Each with what it has to end in; what is done every day (主持会议, 发表讲话) is none.
_DEEDS = "|".join(
    (
        rf"{_FOUNDS}(?:了|成立)?[^，。；：]{{3,24}}",
        rf"{_LEADS}[^，。；：]{{2,20}}?{_STRIFE}",
        r"(?:发布|下达|签发)(?:了)?[^，。；：]{0,12}(?:命令|动员令|通电)",
        r"以[^，。；：]{2,12}(?:名义|身份)(?:到|赴|来)[^，。；：]{2,12}",
        r"就《[^《》]{2,30}》[^，。；：]{0,12}作(?:了)?(?:的)?说明",
        r"(?:起草|撰写|写下|发表)(?:了)?[^，。；：《》]{0,8}《[^《》]{3,24}》",
        r"(?:到|在|赴)[^，。；：]{2,14}?(?:建立|组建|开办|创办|成立)[^，。；：]{2,16}",
        r"率(?:部|军|领[^，。；：]{2,12}?)?(?:攻克|解放|进驻|挺进|到达|开辟|转战)[^，。；：]{2,16}",
    )
)
_CAUSE = re.compile("党|军|部队|起义|根据地|革命|支部|工会|游击|战役|暴动|罢工|解放|救亡|抗日")
_EVERYDAY = re.compile("公司|企业|合作社|品牌|农场|工作室|基金|直播|民宿|讲话|会议|致辞")


@cache
def _deed() -> re.Pattern[str]:
    place = rf"(?:^|(?<=[，。；：])|{_SENT})"
    return re.compile(rf"{place}(?P<name>{any_name()}){_MANNER}(?P<deed>{_DEEDS})")


def deeds(reading: Reading) -> Iterator[Finding]:
    """Names with what history says they did."""
    for match in _deed().finditer(reading.text):
        who, deed = Span(*match.span("name")), Span(*match.span("deed"))
        if _is_known(reading, who, match["deed"]) and not inside(who, reading.titles):
            yield Finding(KnowledgeKind.PERSON, (who,), 0.45, deed)


def _is_known(reading: Reading, who: Span, deed: str) -> bool:
    """Is it a name of the dictionary, or did its bearer do this for the cause?"""
    text = who.of(reading.text)
    stands = who.start in reading.starts and reading.is_edge(who.end)
    known = is_word(text) or _CAUSE.search(deed) is not None or deed.startswith("就《")
    told = _EVERYDAY.search(deed) is None and not deed.endswith(("后", "时", "前"))
    return stands and known and told and is_name(text)
