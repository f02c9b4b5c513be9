"""A page's article -> the same with the blocks beside it that are its own: its lead, what continues it.

Sites put what is of other things beside an article, and say so nowhere: teasers, who its author is,
advertisements. The surprising decision: prose beside it is its own only if it stands between headline and
text (导语, 核心提示), or right behind it in a container called like its own, or in none (a </div> too many).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from studytool.model import BlockKind
from studytool.sources.html_flat import Flat, Paragraph
from studytool.sources.page_article import best_container, heads_others, text_from
from studytool.sources.page_title import is_menu

SHORTEST = 15  # characters of a sentence that stands alone beside the article

_ENDED = re.compile(r"[。！？…][”’）》]?$")
_LEAD = re.compile(
    r"[【\[]?(?:导[语读]|核心(?:提示|阅读)|内容?(?:摘要|提要)|摘要|提要|编者按)[】\]]?\s*[:：]?"
)
# What a container behind the article is called that ends or continues it.
_CONTINUES = re.compile(
    r"(?:^|[\s_-])(?:end(?:ing)?|more|rest|tail|conclusion|continued?|jiewei)(?:$|[\s_-])", re.IGNORECASE
)
# What only a page says, not an article.
_OF_PAGE = re.compile(
    r"版权|备案号|ICP备|[主承]办单位|网站标识码|技术支持|免责声明|浏览器|不良信息|举报(?:电话|邮箱)|客服|转载|文明上网"
    r"|理性发言|(?:请|立即|用户|会员)(?:登录|注册)|客户端|扫[码描一]|二维码|公众号|点击|点赞|打赏|上一篇|下一篇|仅供参考"
    r"|不代表本|本站|本网|网友|匿名|(?:邮箱|电话)[:：]|欢迎(?:访问|关注|选购|品[鉴尝]|订阅|致电|咨询)|选购|品鉴|从优|敬请"
    r"|温馨提示|小贴士|请关注|更多(?:报道|内容|精彩|新闻)|地址(?:[:：]|位于)|咨询|热线|推荐[:：]|融媒体中心|本栏目|本报记者了解|系统升级|Copyright|cookie",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"(?:来源|发布时间|发布日期|作者)\s*[:：]|^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
# Behind such a line nothing is of the article.
_ENDS_ARTICLE = re.compile(
    r"[（(【\[]?\s*(?:责任?编辑|责编|编辑|审核|校对|编审|监制|初审|终审)\s*[:：]|上一篇|下一篇|版权|[主承]办单位|【?打印"
)


class _Block(NamedTuple):
    """Paragraphs beside the article, by their places; one in no container of its own has none."""

    places: tuple[int, ...]
    container: int | None


def with_neighbours(flat: Flat, chosen: Sequence[int], title: str | None, left_out: Set[int]) -> list[int]:
    """The article with the blocks of prose beside it that are its own."""
    if not chosen:
        return []
    main = best_container(flat, left_out)
    blocks = _blocks_beside(flat, frozenset(chosen))
    leads = _leads(flat, chosen, blocks, title) if main else []
    more = list(_continuing(flat, chosen, blocks, main)) if main else []
    return sorted({*chosen, *(at for block in (*leads, *more) for at in block.places if at not in left_out)})


def _blocks_beside(flat: Flat, taken: Set[int]) -> list[_Block]:
    """Everything outside the article in blocks: the outermost containers that hold nothing of it, and single
    paragraphs beside them."""
    around = {0}
    for at in taken:
        container = flat.paragraphs[at].container
        while container not in around:
            around.add(container)
            container = flat.parents[container]
    outermost = list(range(len(flat.parents)))
    for container in range(1, len(outermost)):
        if flat.parents[container] not in around:
            outermost[container] = outermost[flat.parents[container]]
    blocks: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for at, one in enumerate(flat.paragraphs):
        if at not in taken:
            alone = one.container in around
            blocks[alone, at if alone else outermost[one.container]].append(at)
    return [_Block(tuple(places), None if alone else number) for (alone, number), places in blocks.items()]


# ---- before the text ------------------------------------------------------------------------------


def _leads(flat: Flat, chosen: Sequence[int], blocks: Sequence[_Block], title: str | None) -> list[_Block]:
    """The prose between the headline and the text."""
    begins = text_from(flat, chosen)
    heads = [at for at in range(begins, -1, -1) if flat.paragraphs[at].part.text == title]
    between = range(heads[0] + 1, chosen[0]) if heads else range(0)
    return [block for block in blocks if block.places[0] in between and _is_lead(_paragraphs(flat, block))]


def _is_lead(paragraphs: Sequence[Paragraph]) -> bool:
    named = len(paragraphs) > 1 and _LEAD.fullmatch(paragraphs[0].part.text) is not None
    return _is_prose(paragraphs[1:] if named else paragraphs) and not any(
        one.part.kind is BlockKind.HEADING for one in paragraphs[named:]
    )


# ---- behind it ------------------------------------------------------------------------------------


def _continuing(flat: Flat, chosen: Sequence[int], blocks: Sequence[_Block], main: int) -> Iterator[_Block]:
    """The blocks behind the article that go on with it, up to what ends it; advertisements may part them."""
    if any(_ENDS_ARTICLE.match(flat.paragraphs[at].part.text) for at in chosen[-3:]):
        return
    for block in blocks:
        paragraphs = _paragraphs(flat, block)
        if block.places[0] < chosen[-1]:
            continue
        if _ends_article(paragraphs, block):
            return
        if _is_named_alike(flat, chosen, block, main) and _is_prose(paragraphs):
            yield block


def _ends_article(paragraphs: Sequence[Paragraph], block: _Block) -> bool:
    first = paragraphs[0].part
    is_heading = block.container is None and first.kind is BlockKind.HEADING
    return (
        is_heading
        or heads_others(first.text)
        or any(_ENDS_ARTICLE.match(one.part.text) for one in paragraphs)
    )


def _is_named_alike(flat: Flat, chosen: Sequence[int], block: _Block, main: int) -> bool:
    """Does the page put the block where it puts its article?"""
    first = flat.paragraphs[block.places[0]].part
    if first.kind is BlockKind.HEADING and not _begins_like(first.level, flat.paragraphs[chosen[0]]):
        return False
    if block.container is None:
        return flat.paragraphs[block.places[0]].container == flat.parents[main]
    if first.text.startswith("问"):
        return True
    name = flat.names[block.container]
    alike = name == flat.names[main] and flat.parents[block.container] == flat.parents[main]
    return alike or _CONTINUES.search(name) is not None


def _begins_like(level: int, one: Paragraph) -> bool:
    return level > 1 and one.part.kind is BlockKind.HEADING and one.part.level == level


# ---- both -----------------------------------------------------------------------------------------


def _paragraphs(flat: Flat, block: _Block) -> list[Paragraph]:
    return [flat.paragraphs[at] for at in block.places]


def _is_prose(paragraphs: Sequence[Paragraph]) -> bool:
    """Are these sentences, and of nothing else?"""
    texts = [one.part.text for one in paragraphs]
    if any(one.linked or is_menu(one) for one in paragraphs):
        return False
    is_another = not _ENDED.search(texts[0]) and any(map(_OF_ANOTHER.search, texts))
    if is_another or any(map(_OF_PAGE.search, texts)):
        return False
    if any(one.part.kind is BlockKind.HEADING and one.part.level == 1 for one in paragraphs):
        return False
    return len(texts[-1]) >= SHORTEST and _ENDED.search(texts[-1]) is not None
