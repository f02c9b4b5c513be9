"""Gate on a further sentence of a provision: does it hang on what the provision has said before?

“董事长应当自接到提议后十日内召集会议”: a proposal of whom, to do what? The sentence before says; in a
question it stands alone.
"""

from __future__ import annotations

import re

from studytool.items import provisions
from studytool.items.context import Context
from studytool.items.drafts import BLANKED, Draft
from studytool.model import BLANK

ORGAN = re.compile("(?:部门|机关|委员会|政府|法院|检察院|国务院|单位|组织|党委|支部|大会|中央|[局厅])$")
FIGURE = re.compile(  # not the 一 of 进一步
    r"\d|分之|半数|半年|[一二两三四五六七八九十百千万]+(?:[个年月日天周名人次倍户票届份级分至到以元岁学]|小时|季度)"
)

# What begins so goes on with what the provision has said before.
_GOES_ON = re.compile(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.]|其中|同时|并且?|也|还|但|不过|该|其|上述|前[款项述条]|除此|情节|有前|违反前"
    r"|需要|确需|必要时|逾期|期满|在?特殊情况|期限(?:延长|届满)|经(?![济营验费])|未(?!成年)"
    r"|公告|公示|记录|凭证|被(?:建议|通知|告知|投诉|举报)单位|当事人对[^，。；]{0,14}决定|[一二三四五六七八九十]+(?:个工作)?[日天]内不能"
    r"|[^，。；]{2,12}?还(?:必须|应当|需)|[^，。；]{2,40}(?:确需|需要)(?:增加|延长|调整)的，"
)
# But a thing that stands with its case before it: 未经安全生产教育和培训合格的从业人员，不得……
_OF_WHOM = re.compile("[经未][^，。；]{2,24}的(?!情况)[\u4e00-\u9fff、]{2,14}，(?:不得|应当|必须|可以)")
_CASE = re.compile("[^，。；]{0,40}的，")  # 试用期满合格的，
# A thing the provision has named before: the 办理期限 of what? (留党察看期限 says of what itself.)
_THE_THING = re.compile(
    "[\u4e00-\u9fff]{2,3}?(?:期限|时间|名单|名录|方案|意见|决定|申请|材料|结果|比例|数额|标准|报告|费用|证书|情况|手续)"
    "(?=应当|必须|不得|最长|最低|由|在|自|一般|可以|，)"
)
# 自收到申请之日起: which application, unless the sentence has said so.
_SOME_PAPER = re.compile(
    "(?:收到|接到|受理|接受)(?:书面)?(?P<what>申请|通知|建议|提议|报告|意见|请求|投诉|举报|材料|申诉|委托|移送|异议)?书?(?:后|之日|之时|以后)"
)
# 应当在三十日内进行处理: what is dealt with?
_DEALT_WITH = re.compile(
    f"^[^，。；]*(?:应当|可以|必须)在?{BLANK}内?(?:进行处理|作出(?:是否[^，。]{{2,6}}的)?(?:书面)?(?:决定|回复|答复|裁定)"
    "|予以答复|答复|进行审查|组织审查)"
)
# A case that only goes on from the one before, and what is to be done by somebody who is not named.
_DEPENDS = re.compile(
    "情节|造成|致使|导致|后果|数额|拒不|涉嫌|对于?|有(?:前|下列)|应当|必须|可以|不得|不|不属于|根据本|予以|给予"
)
_SHORTEST_CASE = 10  # characters before 的，
# 对于补充调查的案件，应当在____内……; 禁闭的期限不得超过____: the case, or what it is a term of, stands there.
_NAMES_ITS_CASE = re.compile(
    "对于?(?![前上其该此有本])[^，。；]{3,24}的(?!，)[\u4e00-\u9fff]{2,8}，"
    "|(?![前上其该此]|公[布示告]|延长|处理|办理)[\u4e00-\u9fff]{2,12}的(?:期限|时间|年限|数额|人数|比例)(?:为|不得|最长|最低|最多|不少于|不超过)"
)
# What was received, doubted, found or appealed against, and by whom, the sentence before has told.
_UNTOLD = re.compile(
    "自(?:异议|公示|公告)期?满|发现[^，。；]{0,6}(?:不当|有误|错误)的，|尚不构成犯罪的，"
    "|^[^，。；]{2,8}对(?:仲裁裁决|复议决定|复核决定)不服的，|^[^，。；]{2,8}对(?:复议申请|申请|异议|投诉|举报)，"
)
_SANCTIONS = re.compile(f"[给予]予{BLANK}")
_ENOUGH_SAID = 18  # characters of a rule without a subject


# What has numbered provisions: an essay that cites 第七条 is not the paper they stand in.
_HAS_PROVISIONS = re.compile(
    "条例|规定|办法|准则|章程|规则|细则|法|守则|规范|公约|制度|纲领|决定|决议|意见|方案|要求|标准|通知|通告|公告|协定|合同|纲要"
)


def of_other_rules(draft: Draft, _context: Context) -> bool:
    """Is a provision cited of what has none? A reading list holds rules, and its title stands above them."""
    title = draft.knowledge.sentence.article.title
    return provisions.is_cited(draft.frame.anchor) and _HAS_PROVISIONS.search(title) is None


def hangs(draft: Draft, context: Context) -> bool:
    """Is it a further sentence of a provision that needs the one before it: 情节严重的，……?"""
    sentence = draft.knowledge.sentence
    if draft.frame.case or provisions.numbered(sentence.text) or not provisions.number_of(sentence, context):
        return False
    if _GOES_ON.match(sentence.text):
        return not _OF_WHOM.match(sentence.text)
    if _of_some_paper(sentence.text) or _UNTOLD.search(sentence.text) or _DEALT_WITH.match(draft.said):
        return True
    if draft.kind in BLANKED and FIGURE.search(draft.key[0]) and _NAMES_ITS_CASE.match(sentence.text):
        return False
    if _CASE.match(sentence.text) or "subject" in draft.frame.gaps:
        return not _tells_its_case(draft) and not provisions.says_whom(draft.statement)
    thing = _THE_THING.match(sentence.text)
    return (
        thing is not None
        and "的" not in thing.group()  # 国家秘密的保密期限: it says of what
        and any(thing.group() in other.text for other in provisions.before(sentence, context))
    )


def of_a_bare_case(draft: Draft, context: Context) -> bool:
    """“被撤职的，按照规定降低职务、职级、衔级和级别”: who was, the sentence before says."""
    sentence = draft.knowledge.sentence
    if draft.frame.case or sentence.opens or not provisions.number_of(sentence, context):
        return False
    case = _CASE.match(sentence.text)
    return case is not None and len(case.group()) < _SHORTEST_CASE


def stands_alone(text: str) -> bool:
    """Does a rule of a paper without numbered provisions name its case and who is bound?"""
    return not (_GOES_ON.match(text) or _DEPENDS.match(text))


def is_exact(draft: Draft) -> bool:
    """Is it a figure, a sanction or whom one reports to, which the rule has and nobody could word otherwise?
    (Who decides is an organ in any text, and asked as one.)"""
    key = draft.key[0]
    reports = ORGAN.search(key) is not None and f"由{BLANK}" not in draft.stem
    return _SANCTIONS.search(draft.stem) is not None or FIGURE.search(key) is not None or reports


def _of_some_paper(text: str) -> bool:
    """Is something received of which the sentence has not said what it is?"""
    match = _SOME_PAPER.search(text)
    if match is None:
        return False
    said = text[: match.start()].replace("受理申请的", "")
    return "的，" not in said and not (match["what"] and match["what"] in said)


def _tells_its_case(draft: Draft) -> bool:
    """“冻结的财产经查明与案件无关的，应当在查明后____内解除冻结”: a term or a sanction that hangs on nothing
    but the case told beside it."""
    sentence = draft.knowledge.sentence.text
    if draft.kind not in BLANKED or _DEPENDS.match(sentence) or not is_exact(draft):
        return False
    case = _CASE.match(sentence)
    return len(case.group()) > _SHORTEST_CASE if case else len(sentence) > _ENOUGH_SAID
