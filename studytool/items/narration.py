"""An article -> is it a story: a reporter's journey, an interview, somebody's own account?

What a story tells by the way is no examination matter, however exact its figures are.
"""

from __future__ import annotations

import re

from studytool.items.context import Context
from studytool.model import Article

_GENRES = frozenset(("通讯", "特写", "侧记", "散文", "报告文学", "访谈", "随笔", "人物", "手记"))
_SPOKEN = re.compile(
    r"(?<!自)我(?!国|省|市|县|区|州|军|党|院|校|们党|们国|们要|们必|们坚|们应)|记者|笔者|[说道][：，:]|告诉|介绍[，：说]|映入眼帘|笑着|走进|只见"
)
OFTEN = 0.12  # share of sentences with a narrator in them


def narrated(article: Article, context: Context) -> bool:
    """Is `article` a story?"""
    return context.recall(("narrated", article.id), lambda: _narrated(article, context))


def _narrated(article: Article, context: Context) -> bool:
    if article.genre in _GENRES or "记者" in (article.byline or ""):
        return True
    own = context.of_article(article.id)
    told = sum(_SPOKEN.search(sentence.text) is not None for sentence in own)
    return len(own) >= 5 and told >= OFTEN * len(own)
