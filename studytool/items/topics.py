"""A sentence without a subject -> whose doings it tells: its paragraph's first subject, or the place.

Officialese names its subject once and goes on for a paragraph without it. What a sentence inherits is put
before it only when nothing stands between that could be meant as well: in doubt there is no subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.items.clauses import clauses
from studytool.items.context import Context
from studytool.items.scope import REGION, place
from studytool.items.subjects import WILL, has_subject, is_adverbial, is_verb
from studytool.model import Article, Sentence, Span
from studytool.words import Word, beginning_in

_NATION = re.compile(r"我国|全国|中国(?!共产党)")
_OWN_WORDS = re.compile(r"[我全]市|市委|市政府")
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2}(?:新区|区)(?![域位间块分别县])")
_NO_DISTRICT = re.compile(r"先行|示范|试验|功能|城|社|山|灾|老|景|园|校|地|核心|开发|片|特|郊|市|集聚|引领")
_REGION = re.compile(f"{REGION}|大湾区|流域")
_ORGAN = re.compile(
    r"(?![以在对为向由从把将])[\u4e00-\u9fff]{2,12}(?:团|局|委|委员会|政府|公司|集团|港|大学|学院|纪委监委)"
)
_PLACE = re.compile(r"(?![以在对为向由从把将])[\u4e00-\u9fff]{2,10}(?:新区|区|市|省|县|州)")
# What an office tells of its own year: its money is not the city's. (重庆市交通委员会2018年部门预算情况说明)
_OF_AN_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?<!政府)(?<!统计)(?<!人大)(?<!政协)(?:委员会|[局厅]|中心|法院|检察院|学院|大学|公司)"
    r"[^，。]{0,12}(?:预算|决算|总结|年报|年度报告|要点|工作报告|工作计划)"
)
# Places in general, which are nobody: 城镇新增就业……, 生态城市建设……, 国际航运核心区……, 深度
_ANY_PLACE = re.compile(
    r"深度|棚户|城镇|乡镇|农村|乡村|城乡|城市|[市山牧老灾郊景园校地社片]区|边疆|沿海|内陆|街道|先行|示范|试验|功能|核心|开发|集聚|引领|生态"
)
_FIRM = re.compile(r"[^，。；]{2,24}(?:公司|集团|银行|大学|医院|研究院)")
_THERE_IS = re.compile("^[^，。；]*[中里内]，(?:还)?有")  # 在公布的案件中，还有……: nobody's doings
_CITY = re.compile("[\u4e00-\u9fff]{2}(?<![城都超集上入股门夜菜])(?=市(?![场民委政区级场值容属辖直]))")
_WISH = re.compile(r"^(?:还|更|也|仍)?(?:要|须|必须|应|应当|应该|需|需要|让|使|把握|坚持)")
_AGAIN = re.compile("[再也又](?![生次出])")  # 再从“三驾马车”来看: after what was said before, and of whom?
# 三是在唱好京津“双城记”上呈现新气象: done, or to be done? What they are points of was said before.
POINT = re.compile("第?[一二三四五六七八九十]+[是，、]")
_TOGETHER = re.compile(  # whose doings they are then, and not one place's
    f"[两三四多各](?:地|省市?|方)(?!区|面|位)|双方|{REGION}"
)
_CARRIER = re.compile(  # another whose doings they may be: 以滨海—中关村科技园为载体
    r"以[^，。；]{2,20}(?:园|区|城|基地|平台|中心|港|协同)[^，。；]{0,4}为|依托[^，。；]{2,20}(?:园|区|基地|平台|中心)"
)
# Somebody's life: whoever is left out there is that person, whatever else was named before.
_OF_A_LIFE = re.compile(
    r"(?:^|，)(?:他|她)(?!们)|(?:^|，)(?:后|历|先后|曾)?(?:被(?:补?选|任命|推选|追认)|当选|任|担任|出席|加入|毕业|就读|参加)"
)
OF_A_LIFE = 3  # sentences, for an article to tell one
_TIME_TAGS = ("t", "m", "x")
_SKIPPED = ("t", "c", "x", "d", "f")
_QUOTED = "“‘《〈"
LONGEST_SUBJECT = 14
OWN_NAME = 4  # characters at the end of a place's name by which it is known: 滨海新区 of 天津滨海新区
FEW = 3  # sentences that must name the place before an article is about it


class Home(NamedTuple):
    """The place an article is about: its `name` in full, and the `bare` word for it."""

    name: str
    bare: str


def home(article: Article, context: Context) -> Home | None:
    """The place the whole article is about, if it is about one."""
    return context.recall(("home", article.id), lambda: _home(article, context))


def _home(article: Article, context: Context) -> Home | None:
    if article.issuer and re.match("(?:中共|中国共产党)?中央|全国", article.issuer):
        return None
    name = place(article, "市", context)
    if name is None or not 3 <= len(name) <= 5 or _OF_AN_OFFICE.search(article.title):
        return None
    bare = name.removesuffix("市")
    own = context.of_article(article.id)
    about = sum(bare in s.text or _OWN_WORDS.search(s.text) is not None for s in own)
    nation = sum(_NATION.search(s.text) is not None for s in own)
    region = sum(_REGION.search(s.text) is not None for s in own)
    named = any(bare in text for text in (article.title, article.subtitle, article.kicker) if text)
    sure = about >= max(FEW, len(own) // 5) and about > 1.5 * nation and about > region
    if not sure and not (named and about >= FEW and about > 0.8 * region and about > nation):
        return None
    district = _district(article)
    if district is None:
        return Home(name, bare)
    return Home(bare + district if district.endswith("新区") else name + district, district)


def _district(article: Article) -> str | None:
    """The one district that title, subtitle or byline name."""
    heads = " ".join(filter(None, (article.title, article.subtitle, article.byline)))
    found = {
        m.group()[-4:] if m.group().endswith("新区") else m.group()[-3:] for m in _DISTRICT.finditer(heads)
    }
    found = {name for name in found if not _NO_DISTRICT.search(name[:2])}
    return found.pop() if len(found) == 1 else None


def names_carrier(sentence: Sentence) -> bool:
    """Does it name another, by whose means a thing is done? Then the doings may be that one's."""
    return _CARRIER.search(sentence.text) is not None


def inherited(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> tuple[int, str] | None:
    """Where in `sentence` its inherited subject goes, and what it is; None where it is not sure."""
    words = context.words(sentence)
    before = [c for c in clauses(sentence.text) if c.end <= kept[0].start]
    if len(kept) > 1 or names_carrier(sentence) or any(has_subject(clause, words) for clause in before):
        return None
    if POINT.match(sentence.text):
        return None
    at = _entry(sentence, kept[0], words)
    rest = sentence.text[at:]
    if not rest or any(opens.match(rest) for opens in (_WISH, _TOGETHER, _AGAIN)):
        return None
    told = Span(at, kept[0].end)
    if _another(sentence, told, words) or _opens_with_firm(rest, beginning_in(told, words)):
        return None
    subject = _topic(sentence, context)
    if subject and (_THERE_IS.search(rest) or _other_city(rest, subject)):
        return None
    said = kept[0].of(sentence.text)
    return (at, subject) if subject and subject[-OWN_NAME:] not in said else None


# What statistics measure of a whole place, and the time told before: 1957年|工业总产值达.
_MEASURED = re.compile(
    r"(?P<time>(?:(?:截至|到|至)?\d{4}年[底末]?[，,]?)?)(?P<measure>[^，。；、\d]{0,10}?"
    "(?:产值|产量|增加值|里程|总[数额量值]|进出口规?模?|平均工资|财政收入|覆盖率|就业))(?:累计|已|实现)?(?:达|为|增|突破|超|提高|下降|比)"
)
# What these words tell is of more than one place, or of what stands somewhere in it.
_OF_ALL = re.compile(
    f"中国|全国|国家|中央|{REGION}|[两三四]地|[省市县区镇乡村州旗厂社]|公司|工程|企业|集团|国营"
)


def located(sentence: Sentence, kept: tuple[Span, ...], context: Context) -> tuple[int, str] | None:
    """Where in `sentence` the place goes whose figures it tells without naming it, and its name: 1957年
    |天津市|工业总产值达……; None where the words open with anything but such a measure."""
    whose = home(sentence.article, context)
    found = _MEASURED.match(sentence.text, kept[0].start, kept[-1].end)
    if whose is None or len(kept) > 1 or found is None or _OF_ALL.search(found["measure"]):
        return None
    return found.start("measure"), whose.name


def _other_city(rest: str, subject: str) -> bool:
    """Is it of another city, too, what is told here?"""
    return any(match.group() not in subject for match in _CITY.finditer(rest))


def _opens_with_firm(rest: str, words: Sequence[Word]) -> bool:
    """新希望（天津）商业保理有限公司……: a subject, though its name is cut into words that are none."""
    firm = _FIRM.match(rest)
    return firm is not None and not (words and is_verb(words[0]))


def _another(sentence: Sentence, rest: Span, words: tuple[Word, ...]) -> bool:
    """Does the sentence, after a setting of several clauses, name its subject after all?"""
    first = next((w for w in words if w.start >= rest.start), None)
    if first is None or is_verb(first):
        return False
    later = (Span(rest.start + c.start, rest.start + c.end) for c in clauses(rest.of(sentence.text))[1:])
    return any(has_subject(clause, words) for clause in later)


def _entry(sentence: Sentence, first: Span, words: tuple[Word, ...]) -> int:
    """Behind the times the kept words open with: 2023年，|投入……"""
    at = first.start
    for clause in clauses(first.of(sentence.text)):
        span = Span(first.start + clause.start, first.start + clause.end)
        own = beginning_in(span, words)
        dated = re.fullmatch(r"(?:到|截至|至)?\d{4}年[\d月日底末初]*[，,]", span.of(sentence.text))
        if not dated and not all(w.tag in _TIME_TAGS for w in own):
            break
        at = span.end
    return at


def _is_biography(article: Article, context: Context) -> bool:
    own = context.of_article(article.id)
    return sum(_OF_A_LIFE.search(sentence.text) is not None for sentence in own) >= OF_A_LIFE


def _topic(sentence: Sentence, context: Context) -> str | None:
    article = sentence.article
    if context.recall(("biography", article.id), lambda: _is_biography(article, context)):
        return None
    for other in context.earlier(sentence):
        said = _opening(other, context)
        if said is None or other.doubts:
            return None
        if said:
            return said if _is_the_first(said, other, context) else None
    whose = home(sentence.article, context)
    return whose.name if whose else None


def _is_the_first(subject: str, named: Sentence, context: Context) -> bool:
    """Is it what the article is about, or does the paragraph tell of nobody else before it names it?

    手撕镍……。兰州新区入围……。出让矿业权755宗: the next thing told may be the whole province's."""
    whose = home(named.article, context)
    if whose and subject.endswith(whose.bare):
        return True
    before = (_opening(other, context) for other in context.earlier(named))
    return all(said in ("", subject) for said in before)


def _opening(sentence: Sentence, context: Context) -> str | None:
    """The place or organ `sentence` opens with; nothing where it opens with a verb, None where with another
    subject."""
    words = context.words(sentence)
    for clause in clauses(sentence.text):
        own = beginning_in(clause, words)
        if is_adverbial(clause.of(sentence.text), own):
            continue
        while own and own[0].tag[:1] in _SKIPPED:
            if own[0].text in _QUOTED:
                return None  # “近代中国看天津”旅游品牌: what a quotation opens with does nothing
            own = own[1:]
        return _leading(own)
    return None


def _leading(own: Sequence[Word]) -> str | None:
    subject = ""
    for word in own:
        if word.tag[:1] in ("n", "j") or word.text in ("新区", "市", "区"):
            subject += word.text
            continue
        if not subject:
            return "" if is_verb(word) or word.tag[:1] == "p" else None
        if word.text in WILL:
            return None
        ends = is_verb(word) or word.tag[:1] in ("d", "p", "t")
        return subject if ends and _is_topic(subject, own) else None
    return None


def _is_topic(subject: str, own: Sequence[Word]) -> bool:
    """Is it the name of a place or an organ, of which there is one?"""
    if len(subject) > LONGEST_SUBJECT:
        return False
    if _ORGAN.fullmatch(subject):
        return True
    named = (own[0].tag == "ns" and own[0].text == subject) or _PLACE.fullmatch(subject) is not None
    return named and _ANY_PLACE.search(subject) is None
