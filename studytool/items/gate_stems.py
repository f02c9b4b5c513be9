"""Gates on the words of the stem and the evidence: can this stand alone, and is it clean?"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from studytool.data import tables
from studytool.items import citations, dating
from studytool.items.authority import without_reporter
from studytool.items.clauses import balanced
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.items.forms import SPLIT_FIGURE
from studytool.items.narration import is_private
from studytool.items.scope import city_names
from studytool.model import BLANK, ItemKind, KnowledgeKind, Sentence
from studytool.words import Word, begins_word

_FURNITURE = re.compile(
    r"^\d{1,2}[.．](?!\d)[^。；]{4,60}：(?:（[1１]）|$)|"  # the contents of a broadcast: 9.…：（1）…
    r"^\d{1,2}：|"  # a picture's caption: 2：1982年11月24日，邓小平在主席台上
    r"(?:节目主要内容|内容提要|要目|导读|看点)：(?:[1１][.．、]|[（(][1１][）)])|"
    r"本报[^，。；]{0,20}[讯电](?![子报话视])|扫码|邮发代号|抖音|公众号|定价[:：\d]|本报记者|本报讯|作者系|作者分别|作者单位|执笔人|责任校对|责任编辑|印刷[/／]|供图|文[/／]|图[/／]|(?<![、和])摄影(?![、等和或])|全媒体"
    r"|[^\s][★◆▲](?=[\u4e00-\u9fff])"  # pieces of a page run together
    r"|记者|编辑[:：]|校对[:：]|来源[:：]|电话[:：]|邮箱|网址|http|www\.|第\d+版|（图|图为|央视网消息|新华社|（[左右中前后][一二三四]?）"
)
_GARBLED = re.compile(
    r"(?<![自知克利律舍异身体先爱个贵])己(?=经(?!济)|提前|达|建成|完成|成为)|&#?[a-zA-Z0-9]{2,8}[;；]|市委主任|联(?P<joint>[防建])联[控治]联(?P=joint)"
    r"|野战军(?:东北|华北|华东|西北|中原|华南)|军区(?:东北|华北|华东|西北|中原|华南)"
    r"|兵团(?:东北|华北|华东|西北|中原|华南)|纵队(?:东北|华北|华东|西北|中原|华南)"
)
# One number in two kinds of digits, 一八四0年: read wrongly, or written so that half of it is taken for all.
_TWO_HANDS = re.compile("[〇零一二三四五六七八九]{2}\\d|[〇零一二三四五六七八九]0[〇零一二三四五六七八九]")
# 63．4万人．城乡: a full stop written as a point, and two sentences run together
_POINT = re.compile("[\u4e00-\u9fff]．[\u4e00-\u9fff]")
# What begins with one of several characters is looked for by itself: the search leaps from one to the next.
_BROKEN = tuple(
    map(
        re.compile,
        (
            r"[\ufffd\[\]①②③④⑤□■◆●▲△★☆※#*|<>_\\^~`]",
            r"\d{4}年\d{1,2}、\d{4}年",
            r"[，、；：。](?:。|(?<!。)[，、；：])",
            r"[a-z]{16,}",
            r"\.{3,}",
            r"\s{2,}",
            r"^[（，、；：。）”]",
            r"\d方(?=[人元吨亩户斤])",  # 1.5方人: a myriad misread
            r"（\s*）",  # the blank of somebody else's question
        ),
    )
)
# Each alternative begins with a plain character: then the search leaps from one such to the next.
_STORY = re.compile(
    r"让人们?感到|令人|冒着|乡长|镇长|村长|村支书|村主任|村党支部书记|各位代表|同志们|朋友们|道[：，:,]“|告诉(?:记者|采访|笔者)|介绍[，：]|(?<!自)我(?![国市省区县州军党们院校方])|你|咱|我们(?!党|国家|要|必须|坚持)|"
    r"他们?(?:说|看|想|把|在|又|也|就|还|是)|她们?(?:说|看|想|把|在|又|也|就|还|是)|您|！|……|来(?:具体)?看(?:一下|看)|哪(?!些内容)|吗|呢|怎么(?!样)|为什么"
)
_NAMED_WHY = re.compile("“[^“”。，]{0,8}为什么[^“”。？]{2,12}”")  # “过去为什么能够成功” is a term of its own
LONGEST_NAME = 4  # characters of a person's
_SAYS = re.compile(r"说[：，:,]")
_ANY_YEAR = re.compile(r"\d{4}年|[〇一二三四五六七八九]{4}年")
_YEAR = re.compile(r"\d{4}年")
# The 80 years of the Party: counted until when?
_AGE = re.compile(
    r"(?:党|军|国|改革开放|成立)[^，。；]{0,8}____(?:的|来|以来|间)|以来的?____|(?:经过|历经|历时)____的"
)
_ANNOUNCED = re.compile(
    r"将(?:第一次|首次)|将[于在][^，。；]{2,20}(?:举行|召开|开幕|举办|访问|出席|开通|启用)"
)  # was it so?
_PASSING = re.compile("仍有|尚有|春节|长假|节前|节后|比平时|当天|当晚")
_BARE_DAY = re.compile(  # 6日: of which month?
    r"(?<![月\d至到、—－–～-])\d{1,2}日(?=\d{1,2}[时点]|[^，。；内前后以的]{0,2}(?:发布|召开|举行|在|上午|下午|晚|电|讯|表示|说|会见|通过))"
    r"|(?<![月\d至到、—－–～-])\d{1,2}号(?=上午|下午|凌晨|[早晚])"
    r"|(?<![月\d至到、—－–～于-])\d{1,2}日发[表出]"  # what went before is not told by 并于24日发表
    r"|^[一二三四五六七八九十]{1,3}日(?:、[一二三四五六七八九十]{1,3}日)*，"
)
_PART_OF_YEAR = re.compile(r"(?<![\d一二两三四五六七八九十几数])年内|年[底末初]")  # 五年内: a term
_NOW = re.compile(
    r"今[年春夏秋冬]|去年|明年|前年|近日|日前|昨[日天]|今[日天]|明[日天]|截至目前|目前|本周|上周|最近|如今|现在|近年|年来|上月|本月|当前|迄今|至今|眼下|不久前|刚刚|即将|在即"
)
# 会议召开十日前, 最近三年内: counted from what the rule is about, in any year.
_RULED_TIMES = re.compile(
    "[之一二三四五六七八九十百作准止]日前|最近[一二两三四五六七八九十]{1,3}(?:年|个月)|当前"
)
_YEARS_REPORTED = re.compile("(?<![前近几])[两三四五六七八九十]年来")  # up to the report, whose year is told
_NOW_ALONE = re.compile("如今|现在|目前|眼下|今天，")
_TRIED_THERE = re.compile("各试点(?:城市|地区|单位|省份|学校|企业)")  # of which trial?
_OWN_OFFICE = re.compile(
    r"(?<!等)市(?:委(?!员)|政府|纪委|监委|人委|人大|政协|军管会|总工会|[\u4e00-\u9fff]{2,4}部门)"
    "|(?<![等级辖的县、])市人民政府"
)
_SOME_SCHOOL = re.compile(
    "(?<![\u4e00-\u9fff])学校(?=党委|校长|任命|聘|研究|决定|成立|批准|召开|举行|机构|领导|新生|发文|印发)|(?<![\u4e00-\u9fff])校(?:团委|党委|工会|学生会|领导|友会)|(?:开学|毕业)典礼|(?<![\u4e00-\u9fff])党委(?:研究)?决定任命"
    "|____[^，。；]{0,4}[任为][^，。；]{2,16}(?:学院|系|教研室)(?:常务)?(?:党总支|党委)?副?(?:院长|主任|书记)"
)
_NAMED_SCHOOL = re.compile("大学|学院|中学|小学|党校")
_OWN_PLACE = re.compile(
    r"(?<!举)[我本全](?:[市省区县州镇乡村](?![委直级场长])|(?<=全)地区|(?<=我)[局院校]|(?<=本)(?:地|单位))"
)


def doubtful(draft: Draft, _context: Context) -> bool:
    other = draft.knowledge.member_sentence
    return bool(draft.knowledge.sentence.doubts or (other and other.doubts))


def furniture(draft: Draft, _context: Context) -> bool:
    return _printed(draft.stem) or _printed(draft.evidence.text)


@lru_cache(1 << 10)  # several items have the same evidence
def _printed(text: str) -> bool:
    return _FURNITURE.search(text) is not None


def _misread(draft: Draft, context: Context) -> bool:
    """“防范化解重大风险烦86.88兆瓦”: a lone adjective before a figure is the rest of lost words."""
    sentence = draft.knowledge.sentence
    return context.recall(("misread", *context.place_of(sentence)), lambda: _lone(context.words(sentence)))


_BEFORE_FIGURES = frozenset(
    "近约超满达至占到有比为于从共是等在出以仅用获增降涨减建设收发完投开种签引派办任当属距隔每按向对挣购买卖招造植修打过逾破如即同使数时列居排升高低长宽深重"
    "率委分村跨例快慢提较起讲通定会作做演写读教办走跑坐留存剩余缺差欠还交缴领借拨免扣罚判处抓俘歼毙伤沉"
)


def _lone(words: tuple[Word, ...]) -> bool:
    return any(
        len(one.text) == 1
        and one.tag[:1] in ("a", "v", "z")
        and one.text not in _BEFORE_FIGURES
        and other.text[0].isdigit()
        for one, other in pairwise(words)
    )


def garbled(draft: Draft, context: Context) -> bool:
    if _misread(draft, context):
        return True
    if any(mixed.search(draft.statement) for mixed in (_TWO_HANDS, SPLIT_FIGURE, _POINT)):
        return True
    return spoilt(draft.said.replace(BLANK, "空"))


_RUN_ON = re.compile("[\u4e00-\u9fff\\d]{40,}")
_REPEATED = 10  # characters


def _said_twice(text: str) -> bool:
    """A headline and the text below it on one line: ……主持会议中共中央政治局常务委员会7月17日召开会议."""
    return any(run[:_REPEATED] in run[_REPEATED:] for run in _RUN_ON.findall(text))


@lru_cache(1 << 10)  # several kinds of item ask the same words
def spoilt(text: str) -> bool:
    """Are there recognition errors or lost characters in `text`, or did two lines run together?"""
    return any(pattern.search(text) for pattern in (_GARBLED, *_BROKEN)) or _said_twice(text)


def unbalanced(draft: Draft, _context: Context) -> bool:
    return not all(map(balanced, (draft.stem, *draft.key)))


def _begins_with_speaker(sentence: Sentence, context: Context) -> bool:
    """顾益康：习近平同志在浙江工作期间……: what somebody answers who is asked."""
    name, mark, _ = sentence.text.partition("：")
    if not mark or not 2 <= len(name) <= LONGEST_NAME:
        return False
    return all(word.tag == "nr" for word in context.words(sentence) if word.start < len(name))


def story(draft: Draft, context: Context) -> bool:
    if draft.knowledge.rule == "vows":
        return False  # 我志愿加入: whoever vows says “I”
    article = draft.knowledge.sentence.article
    said = draft.said if draft.kind is not ItemKind.SHORT_ANSWER else "".join(draft.key)
    counted = draft.knowledge.kind in (KnowledgeKind.FIGURE, KnowledgeKind.DATE)
    if counted and not citations.is_norm(article) and is_private(said):
        return True
    if "？" in said and draft.kind is not ItemKind.SHORT_ANSWER:
        return True
    if _begins_with_speaker(draft.knowledge.sentence, context):
        return True
    spoken = draft.knowledge.kind is not KnowledgeKind.PERSON and _SAYS.search(said)
    return bool(spoken or _STORY.search(_NAMED_WHY.sub("", without_reporter(said, article))))


_SOME_PROVINCE = re.compile("(?:^|[，。；的])省(?:委|政府|人民政府|人大|政协|纪委|高级人民法院)(?!和)")
_SOME_ASSEMBLY = re.compile("(?:^|[，。；])省[一二三四五六七八九十]+[届次]")  # whose 省十三届人大?
_PROVINCE = re.compile("[\u4e00-\u9fff]{2}省")


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(tables("gazetteers.toml")["families"]["省份"])


def placeless(draft: Draft, _context: Context) -> bool:
    said = draft.said
    if citations.is_national_norm(draft.knowledge.sentence.article):
        return False  # 本村五分之一以上的村民: of any village
    nameless = any(
        said[max(0, m.start() - 2) : m.start()] not in city_names() for m in _OWN_OFFICE.finditer(said)
    )
    nameless = nameless or any(map(_OWN_OFFICE.match, draft.key))  # 市委经济工作会议: of which city?
    own = any(begins_word(said, m.start()) for m in _OWN_PLACE.finditer(said))
    if _SOME_SCHOOL.search(said) and not _NAMED_SCHOOL.search(draft.frame.anchor):
        return True
    if _TRIED_THERE.search(said) and not draft.frame.anchor:
        return True
    if _SOME_ASSEMBLY.search(said) and not any(name in draft.stem for name in _provinces()):
        return True
    if _SOME_PROVINCE.search(said) and not _PROVINCE.search(draft.frame.anchor):
        return True
    return nameless or "place" in draft.frame.gaps or own


_OF_TWO_YEARS = re.compile("[今去明]年")  # （2019年和今年以来工作回顾）: of which of the two?


def _in_office(draft: Draft) -> bool:
    """“____任中央组织部长”, “____为委员长”: others were before and after."""
    held = _HELD.search(draft.said)
    return held is not None and not re.search(r"\d{4}年", draft.stem)


_HELD = re.compile("____(?:兼|时)?任|(?<!主)任____|(?:^|，)____为[^，。]{2,24}(?:[长记任理]|主席|委员)[，。]")


def _of_no_year(draft: Draft) -> bool:
    """A day of no year, or one on which something was to happen: did it?"""
    dated = re.search(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)|[〇一二三四五六七八九]{4}", draft.filled)
    return dated is None or _ANNOUNCED.search(draft.filled) is not None


_YEARLY = re.compile("每年____")  # 每年9月30日为烈士纪念日


def timeless(draft: Draft, _context: Context) -> bool:
    passing = not draft.frame.anchor or _PASSING.search(draft.said) is not None
    if draft.knowledge.kind is KnowledgeKind.FIGURE and passing and not _ANY_YEAR.search(draft.stem):
        return True  # a figure of no year and no document, or of one holiday among many
    if _ages(draft) or _of_an_entry(draft):
        return True
    if draft.knowledge.kind is KnowledgeKind.PERSON and _in_office(draft):
        return True
    if _PART_OF_YEAR.search(draft.said) and not _YEAR.search(draft.stem):
        return True
    if draft.knowledge.kind is KnowledgeKind.DATE and _of_no_year(draft) and not _YEARLY.search(draft.said):
        return True
    unsure = "time" in draft.frame.gaps or _OF_TWO_YEARS.search(draft.frame.anchor) is not None
    article = draft.knowledge.sentence.article
    said = without_reporter(draft.said, article)
    if citations.is_norm(article):
        said = _RULED_TIMES.sub("", said)
    elif "工作报告" in article.title and _ANY_YEAR.search(draft.frame.anchor):
        said = _YEARS_REPORTED.sub("", said)
    return unsure or _said_of_now(draft) or any(one.search(said) for one in (_NOW, _BARE_DAY))


def _of_an_entry(draft: Draft) -> bool:
    """Is it told below the day or year of an entry in a chronicle, and without it?"""
    entry = dating.ENTRY.fullmatch(draft.knowledge.sentence.section or "")
    return entry is not None and not _ANY_YEAR.search(draft.statement)


def _ages(draft: Draft) -> bool:
    """Is it asked how old something was, and not when? 留党察看处分____的党员: a term a rule lays down."""
    told = draft.knowledge.kind is KnowledgeKind.RULE or _ANY_YEAR.search(draft.stem) is not None
    return not told and draft.key[0].endswith(("年", "年来")) and _AGE.search(draft.stem) is not None


def _said_of_now(draft: Draft) -> bool:
    """“如今，林草产业总产值达10万亿元”, without its 如今: of what day?"""
    figure = draft.knowledge.kind is KnowledgeKind.FIGURE and not _ANY_YEAR.search(draft.stem)
    return figure and _NOW_ALONE.search(draft.frame.left_out) is not None
