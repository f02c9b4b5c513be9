"""Gate on what points outside its sentence: 这, 该, 上述, 在会上, 论坛 of which nothing was said."""

from __future__ import annotations

import re

from studytool.items import citations
from studytool.items.context import Context
from studytool.items.drafts import Draft
from studytool.words import tagged

_POINTS_OUT = re.compile(
    r"^(?:首先|其次|再次|以此|据此|借此|就此|从此|自此|会后|会前|会上|因为|\d{1,2}日|或者|或|及|以及|和(?![平谐])|与(?!会)|批准其|年增长率|增长率|增速|增幅|涨幅|降幅|年均|主要(?:包括|有)|包括(?!主体)|不只是?|不单|同比|环比|占|增长|下降|分别|较|高于|低于|达到|相当于|情节|这|其|该|此|它|他|她|上述|以上|以下|对此|为此|同时|此外|因此|其中|但|而|并|也|又|还|则|都(?![市会城])|所以|由此|因而|即|从而|以便|使|同样|相反|另|再|后者|前者|如果|若)"
)
_ANYWHERE = re.compile(
    r"在此|至此|：(?:随后|然后|接着)|一是(?!.*二是)|(?:^|(?<=[，；：]))一要(?!.*二要)|几个(?:特点|方面|问题)|第[一二三四]款|前[一二三两]款|上述(?!期限)|前述|前款|本款|本条(?!例)|同款|前条|该[\u4e00-\u9fff]|此次|此项|此类|这次|这项|这些|那些|那个|那次|这里|那里|如下(?!：[^。]{20})|下列(?!不属于|[^。]{2,60}：（[一二三四五六七八九十])|本次|本届|本月|当年|当日|当天|同年|同月|同日|次年|翌年|是年"
    r"|以[他她]为|在[他她]们?的(?:带动|带领|领导|影响|帮助|支持|推动|努力)下|另外[一二两三四五几]位|(?:^|，)需要?与之|紧随其后|下同|此间|彼时|第[二三四五六七八九十]天|次日|翌日|(?:\d+|[一二三四五六七八九十几数]+)[年天](?:前|后)，"
    r"|与会(?:者|同志|代表|人员)|同时(?:废止|失效|停止执行)|如前|见表|见图|表\d|图\d|附件|上图|左图|右图|文中|本文|本书|本卷|本章|本刊|笔者|编者|^(?:文章|讲话|社论|评论|报道|来信)(?:指出|强调|认为|提出|说)"
)
_A_TERM = re.compile("[\\d一二两三四五六七八九十]个?[年月日天](?:以?内|以上|前|后)")
_OF_WHAT = re.compile(
    # of which continent?
    r"(?:在|同|与|(?<!结)对|向)地区(?![性生间级差发协和事冲热])|(?<![\u4e00-\u9fff])地区\d"
    r"|(?:^|，)当地"
    # whose income, when prices are deducted?
    r"|^(?:\d{4}年，)?(?:扣除[^，。]{2,14}，)?实际(?:增长|增加|下降|提高)"
    # in which trial?
    r"|^(?![^。]*[\u4e00-\u9fff]{3}试点[^。]*试点)[^。]*(?:参与|参加|纳入|列入|进入)试点(?=[，。；])"
    # so is who else? 中南区也是六分之一
    r"|^[^，。；]{1,8}也(?:是|有|为|达到?)[\d一二三四五六七八九十百千万]{1,6}分?[^，。；]{0,4}。$"
    # besides what?
    r"|^(?:[^，]*[年月日期]，)?[^，。；、]{1,12}?(?<![偿归退返交生])还(?=[对在将与要向把设建举推出开组先])"
    r"(?!还(?:要求|原|款|贷|乡|林|湖|草))"
    r"|^[^，。；]{0,12}[年月日份]还(?!有|是)"
    # who, or what thought, makes it clear? in what are there faults on that side?
    r"|^明确[^，。；]{3,}(?:是|必须|在于|就是)|^[\u4e00-\u9fff]{2,6}方面，主要是"
    # what does, and who?
    r"|^[^，]*[年月日]，(?:标志着|意味着|表明|说明|体现|宣告|预示)"
    r"|^[^，]*[年月日]，[\u4e00-\u9fff]{1,4}地(?:加入|投身|走上|献出|牺牲|参加)"
)
# The second of several things, when the first is not told: 二是…… without 一是.
_SECOND = re.compile(r"^(?!.*[一其]是|.*其一)(?:.*[，；：。])?(?:[二三四五六七八九]是|其[二三四五])")
# Half of 增强“四个意识”、坚定“四个自信”、做到“两个维护”.
_HALF_OF_THREE = re.compile("(?:坚定“四个自信”[、，](?:坚决)?做到|坚定|做到|坚决做到)“____”")
_A_YEAR = re.compile(r"^\d{4}年，(?=其中|其他|其余|同时|此外|对此|为此)")  # put before what points back
_THIRD_PERSON = re.compile(r"(?<![其吉])[他她它](?!乡|国|们?的)")
_BESIDES = re.compile("^[^，。；]{2,10}还(?:先后|相继|陆续)")  # besides what?
_OF_ITS_CASE = re.compile("(?<=；)当年(?=[未没不])")  # 年满十八周岁的公民，应当……；当年未被征集的
_HIS = re.compile(r"[，；](?:使)?[他她]的(?=[\u4e00-\u9fff])")
_SAYING = re.compile(r"“[^”]*”[。]?")
_THESE = re.compile(r"这(?!个“|一“)")
_JOINT = re.compile(r"三地|两地|双方|三省|两省|两市|三市|各方|两者|三者|二者|四地")
_OWN_RULES = re.compile(r"本(?:条例|规定|办法|准则|法|细则|章程|规划|意见|决定|方案|报告|纲要|法规)")
_ON_WHAT = re.compile(r"对|将|把|就|给|依法|的[^，。；]{2,}")
_ACTS = re.compile(r"予以(?:批准|通过|公布|确认|同意|发表|转发|印发|采纳)(?=[，。；])")
# A paper or an assembly told of before: “论坛形成了5大类成果”, “报告指出，……”.
_SOME_PAPER = re.compile(
    r"^(?:报告|决议|决定|通知|意见|方案|规划|白皮书|公报|宣言)(?:中|还|也|同时)?(?:指出|强调|认为|提出|要求|明确|说|称|显示)"
)
_SOME_FORUM = re.compile(
    r"^(?:\d{4}年[^，。]{0,8}，)?(?:论坛|峰会|博览会|展会|活动)(?=共?(?:形成|达成|取得|设置?|举[行办]|吸引|签署|发布|通过|期间))"
)


def _acts_on_nothing(filled: str) -> bool:
    """“中央政府予以批准”: what, the sentence before says."""
    act = _ACTS.search(filled)
    return act is not None and _ON_WHAT.search(filled[: act.start()]) is None


def dangling(draft: Draft, _context: Context) -> bool:
    said = draft.said
    filled = draft.statement
    if citations.is_norm(draft.knowledge.sentence.article):
        filled = _OF_ITS_CASE.sub("", filled)
        # 下列条件：……: the point below it is told, if without its number.
        filled = filled.replace("：", "：（一）", 1) if draft.frame.tells_one_point else filled
    if (
        _HALF_OF_THREE.match(said)
        or _POINTS_OUT.match(_A_YEAR.sub("", filled))
        or any(one.search(filled) for one in (_BESIDES, _ANYWHERE, _THESE, _OF_WHAT, _SECOND, _SOME_FORUM))
    ):
        return True
    points = _THIRD_PERSON.search(said) or _HIS.search(said)
    if points and not any(w.tag == "nr" for w in tagged(said)):
        return True
    before, limit, _ = filled.partition("上述期限")
    if (limit and not _A_TERM.search(before)) or _acts_on_nothing(filled):
        return True
    untold = "相应" in said and draft.frame.kept[0].start > 0
    if untold or ("在会上" in said and "会" not in draft.frame.anchor) or _SAYING.fullmatch(filled):
        return True  # at which? a saying without who says it
    if not draft.frame.anchor and (_OWN_RULES.search(said) or _SOME_PAPER.search(said)):
        return True
    return bool(_JOINT.search(said)) and "京津冀" not in draft.stem and not re.search(r"京津|和|与", said)
