"""An article -> is it a story: a reporter's journey, an interview, somebody's own account?

What a story tells by the way is no examination matter, however exact its figures are.
"""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.items.propriety import LEADERS
from studytool.model import Article
from studytool.words import is_word, tagged

_GENRES = frozenset(("通讯", "特写", "侧记", "散文", "报告文学", "访谈", "随笔", "人物", "手记"))
# Whoever speaks for a congress says 我们, too.
_OFFICIAL = frozenset(("工作报告", "决议", "决定", "公报", "条例", "文件", "社论"))
_SPEECH = re.compile("[上时]的(?:重要)?讲话$")  # 发表讲话 tells of one
_SPOKEN = re.compile(
    r"(?<!自)我(?!国|省|市|县|区|州|军|党|院|校|们党|们国|们要|们必|们坚|们应)|记者|笔者|[说道][：，:]|告诉|介绍[，：说]|映入眼帘|笑着|走进|只见"
)
OFTEN = 0.12  # share of sentences with a narrator in them


def narrated(article: Article, context: Context) -> bool:
    """Is `article` a story?"""
    return context.recall(("narrated", article.id), lambda: _narrated(article, context))


def is_leaders(article: Article) -> bool:
    """Is it by a leader? Who says 我 there (我说过，……) tells no story, however often; what he tells of years
    and numbers on the way is by the way as in any other."""
    return LEADERS.match(article.byline or "") is not None


def _narrated(article: Article, context: Context) -> bool:
    if article.genre in _GENRES or "记者" in (article.byline or ""):
        return True
    if article.genre in _OFFICIAL or _SPEECH.search(article.title or ""):
        return False
    own = [one for one in context.of_article(article.id) if one.credit is None]  # a quotation tells nothing
    told = sum(_SPOKEN.search(sentence.text) is not None for sentence in own)
    return len(own) >= 5 and told >= OFTEN * len(own)


_NAME = re.compile(
    r"[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐薛雷贺倪汤罗毕郝安常于傅康伍余元顾孟黄穆萧尹姚邵汪祁毛米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓洪包石崔吉龚程邢裴陆荣翁段侯宁甘武刘龙叶黎白蒲乔闻翟谭]"
    r"[\u4e00-\u9fff]?[^年月日期区市县省\W\d]"
)
_PEOPLE = re.compile(r"大家|乡亲|老汉|大妈|大爷|村民们|小伙|姑娘|妻子|丈夫|孩子")


def may_be_name(text: str) -> bool:
    """A family name and one or two characters more, and no word of the dictionary?"""
    return _NAME.fullmatch(text) is not None and not is_word(text)


def is_private(said: str) -> bool:
    """Figures from somebody's own story: of a name at the head of a clause that no dictionary has, as it has
    刘少奇, and 荣获 or 蓝绿, which only look like names."""
    words = tagged(said)
    opening = (
        word.text
        for at, word in enumerate(words)
        if word.tag == "nr" and (at == 0 or (words[at - 1].tag == "x" and words[at - 1].text != "、"))
    )
    named = any(map(may_be_name, opening))
    return (named and not LEADERS.search(said)) or bool(_PEOPLE.search(said))
