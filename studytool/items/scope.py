"""An article -> the words that tell a stranger where, by whom and when it was said.

“我市” becomes the city only when the title, the issuer or the article's own text name one city and no other:
a wrong place is worse than a missing item.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from studytool.data import lines
from studytool.items.context import Context
from studytool.model import Article, Sentence, Span
from studytool.words import Word, tagged

OPENING = 3  # sentences that say on whose order a paper is
_LEVELS = "市省区县州"
_OWN = re.compile(f"(?<!举)(?:我|本|全)(?P<level>[{_LEVELS}])(?![委直级场长])")
_OFFICES = re.compile(
    r"(?P<level>[市省区县])(?:委常委会|委|人委|军管会|总工会|政府|人民政府|人大常委会|人大|政协|纪委监委|纪委)(?![员托派]|主任|局长|副主任)"
)
REGION = "京津冀|长三角|粤港澳|成渝"
_BUREAU_HEADS = ("主任", "副主任", "局长", "副局长")
_COMMITTEE = re.compile(r"(?:委(?![员托派])|纪委|监委|军管会|人委|(?:人民)?政府|人大|政协|总工会)")
_BUREAU = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<level>[市省区县])(?=[\u4e00-\u9fff]{2,10}?(?:委|局|办|院|厅|会|部|中心)(?:党组|党委|书记|主任|局长|主席|常委|副|常务))"
)
_ISSUER = re.compile(f"^(?:中共|中国共产党)?(?P<place>[\u4e00-\u9fff]{{2,6}}?(?P<level>[{_LEVELS}]))(?!长)")
# 省委办公厅省…: two offices, and no place; nor is 上半年全市 one.
_OFFICE_WORDS = re.compile("[委厅办府局院和与及、年]|[全我本各][市省县区]$")


class Edit(NamedTuple):
    """Words of a sentence and what stands for them in a stem."""

    span: Span
    text: str


@cache
def city_names() -> frozenset[str]:
    """The cities' names, without 市."""
    return frozenset(lines("cities.txt"))


def headings(article: Article) -> Iterator[str]:
    """Title, kicker and subtitle, as far as it has them."""
    yield from filter(None, (article.title, article.kicker, article.subtitle))


_OF_A_DATE = "年月日"  # 6月14|日竹庭县: read by who does not know the county


def _named(texts: Iterator[str], level: str) -> set[str]:
    """The places of `level` (市, 省 …) that `texts` name."""
    found: set[str] = set()
    for text in texts:
        for word in tagged(text):
            bare = word.text
            if (
                word.tag == "ns"
                and len(bare) >= 2
                and bare[0] not in _OF_A_DATE
                and (bare[-1] == level or (level == "市" and bare in city_names()))
            ):
                found.add(bare if bare[-1] == level else bare + level)
        match = _ISSUER.match(text)
        if match and match["level"] == level and _may_be_place(match["place"]):
            found.add(match["place"])
    return found


_LONGEST_PROVINCE = 4  # 黑龙江省


def _may_be_place(name: str) -> bool:
    """Not 省委办公厅省 or 上半年全市; nor 刘奇主持召开省, who presided over the 省委."""
    if _OFFICE_WORDS.search(name) or (name[-1] == "省" and len(name) > _LONGEST_PROVINCE):
        return False
    return not any(
        word.tag[0] in "pd" or (word.tag[0] == "v" and len(word.text) > 1) for word in tagged(name)
    )


def place(article: Article, level: str, context: Context) -> str | None:
    """The city (level 市), province (省) … the article is about, if there is only one."""
    return context.recall(("place", article.id, level), lambda: _place(article, level, context))


def _place(article: Article, level: str, context: Context) -> str | None:
    named = _named(headings(article), level)
    if not named and article.issuer:
        signed = filter(None, (article.issuer, article.byline))
        named = _named(signed, level) or _published_in(article.issuer, level)
    if not named:
        named = _ordered_by(article, level, context)
    if not named and level == "市":
        return _dominant(article, context)
    if len(named) != 1:
        return None
    name = named.pop()
    bare = name.removesuffix(level)
    own = "\n".join(s.text for s in context.of_article(article.id))
    rivals = Counter(re.findall(f"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,3}}{level}(?![委场])", own))
    others = (n for rival, n in rivals.items() if rival[:-1] not in name and rival[-2] not in "我本全级")
    strongest = max(others, default=0)
    return name if own.count(bare) >= strongest else None


def _ordered_by(article: Article, level: str, context: Context) -> set[str]:
    """The places whose committee or government the opening names: 根据《中共广州市委……的决定》."""
    opening = context.of_article(article.id)[:OPENING]
    organs = re.compile(
        rf"(?:中共|^|[，、《由])(?!中共)(?P<place>[\u4e00-\u9fff]{{2,5}}?{level})(?:委(?![员托派办局])|人民政府)"
    )
    found = {match["place"] for sentence in opening for match in organs.finditer(sentence.text)}
    return {name for name in found if [word.tag for word in tagged(name)] == ["ns"]}


def _published_in(issuer: str, level: str) -> set[str]:
    """The city a paper is named after: 天津日报."""
    return {city + level for city in city_names() if level == "市" and issuer.startswith(city)}


def _dominant(article: Article, context: Context) -> str | None:
    """The city most of the article's place names are, where it names no other nearly as often."""
    found: Counter[str] = Counter()
    for sentence in context.of_article(article.id):
        cities = (w.text for w in context.words(sentence) if w.tag == "ns" and _is_city(w.text))
        found.update(city.removesuffix("市") for city in cities)
    (city, count), *others = [*found.most_common(2), ("", 0)][:2]
    rival = others[0][1] if others else 0
    return f"{city}市" if count >= 3 and count >= 2 * rival else None


def _is_city(name: str) -> bool:
    return name in city_names() or (name.endswith("市") and 3 <= len(name) <= 4)


# 铁岭 and 本溪 are names of people and of something else to jieba.
_NAMED = ("ns", "nz", "nr", "nrt", "nt", "j")
_OF_OTHERS = "各等两三四五六几多数"  # 太原、唐山等市委, 两省政府


def _offices(words: tuple[Word, ...]) -> Iterator[tuple[Span, str]]:
    """Offices named without their place: 市委, 省政府."""
    for index, word in enumerate(words):
        if word.text[0] not in "市省区县":
            continue
        match = _OFFICES.match(word.text)
        before = words[index - 1] if index else None
        bare = before is None or not (before.tag in _NAMED or before.text[-1] in _LEVELS + _OF_OTHERS)
        following = words[index + 1].text if index + 1 < len(words) else ""
        if match and bare and following not in _BUREAU_HEADS:  # 市委主任 is what is left of 市教委主任
            yield Span(word.start, word.start + 1), match["level"]
        elif (
            word.text in ("市", "省", "区", "县")
            and bare
            and _COMMITTEE.match("".join(w.text for w in words[index + 1 : index + 3]))
        ):
            yield Span(word.start, word.end), word.text


def _is_own(span: Span, words: Sequence[Word]) -> bool:
    """全市, 我|市政府 and 本|县; not the middle of 安全|区域, 全|区域, 自我|省察."""
    if not any(word.start == span.start for word in words):
        return False
    last = next(word for word in words if word.end >= span.end)
    return last.end == span.end or _OFFICES.match(last.text) is not None


def _is_throughout(span: Span, words: Sequence[Word]) -> bool:
    """6.5万个智能预案|全市|配置: in the whole city, whose name could not stand there?"""
    before = next((word for word in words if word.end == span.start), None)
    following = next((word for word in words if word.start == span.end), None)
    if before is None or following is None:
        return False
    return before.tag[:1] in "nlij" and following.tag[:1] == "v" and following.tag != "vn"


def resolved_places(sentence: Sentence, context: Context) -> tuple[tuple[Edit, ...], bool]:
    """The edits that name the place meant by 我市, 全市, 市委, and whether every such word found one."""
    name = ("places", *context.place_of(sentence))
    return context.recall(name, lambda: _resolved_places(sentence, context))


def _resolved_places(sentence: Sentence, context: Context) -> tuple[tuple[Edit, ...], bool]:
    words = context.words(sentence)
    own = (m for m in _OWN.finditer(sentence.text) if _is_own(Span(*m.span()), words))
    asked = [(Span(*m.span()), m["level"]) for m in own]
    if any(_is_throughout(span, words) for span, _ in asked):
        return (), False
    asked += [(Span(*m.span()), m["level"]) for m in _BUREAU.finditer(sentence.text)]
    asked += (one for one in _offices(words) if one not in asked)
    edits: list[Edit] = []
    for span, level in asked:
        name = place(sentence.article, level, context)
        if name is None and level == "省" and place(sentence.article, "市", context):
            continue  # the 省委 of a city that is named is one
        if name is None:
            return tuple(edits), False
        edits.append(Edit(span, name))
    return (*edits, *_the_three(sentence, context)), True


_THREE = re.compile(
    r"(?<![\u4e00-\u9fff])三地|(?<=[为在由对与和向聚促动进])三地(?!的?[^，。]{0,6}(?:分别|各自))"
)
_OF_THE_THREE = frozenset(("北京", "天津", "河北", "北京市", "天津市", "河北省", "京", "津", "冀", "京津"))
OFTEN = 3  # times an article says 京津冀 of which 三地 means it


def _the_three(sentence: Sentence, context: Context) -> list[Edit]:
    """“三地” in an article about 京津冀 and no other region, where no other place stands before it."""
    places = list(_THREE.finditer(sentence.text)) if "三地" in sentence.text else []
    if not places or "京津冀" in sentence.text:
        return []
    own = [sentence.article.title, *(s.text for s in context.of_article(sentence.article.id))]
    regions = Counter(found for text in own for found in re.findall(REGION, text))
    before = (word for word in context.words(sentence) if word.end <= places[-1].start())
    others = any(word.tag == "ns" and word.text not in _OF_THE_THREE for word in before)
    if others or set(regions) != {"京津冀"} or regions["京津冀"] < OFTEN:
        return []
    return [Edit(Span(*place.span()), "京津冀三地") for place in places]
