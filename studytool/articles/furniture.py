"""Line -> why it is page furniture and not prose, or None: one ordered table of rules.

The surprising decision: what only looks like furniture inside a sentence (“公众号” in a report on new
media) is kept: nearly every rule wants a line that is short or does not end as a sentence does.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool import unread
from studytool.articles import fields, names
from studytool.articles.lines import Line, spaced


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    longest: int  # characters; a longer line is prose
    reason: str


def _rule(pattern: str, longest: int, reason: str) -> Rule:
    return Rule(re.compile(pattern), longest, reason)


NUMBER_OF_PAPER = "number of a paper"
NEWSPAPER = "page of a newspaper"
UNREAD = "page that was not read"
JOURNAL = "what a journal notes of an article"
TABLE_ROW = "table row"
ABSTRACT = "abstract or keywords"  # notes for learners have them as well
REFERENCES = "list of references"
CITED = "work cited as standards have it"
LISTED = "work listed"
REPRINT = "notice of a reprint"  # whoever handed the text in said neither when nor by whom it was issued

# How a paper is numbered: 河政发〔2023〕5号, in whatever brackets.
NUMBERED = r"[\u4e00-\u9fff]{1,10}[〔（(\[［【](?P<year>\d{4})[〕）)\]］】]\s?第?\d{1,4}\s?号"
_LONGEST_ABSTRACT = 600  # characters
_OPENS_ABSTRACT = r"[\[［【〔](?:摘\s?要|内容提要|关键[词字])[\]］】〕]"
_OF_JOURNAL = "中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目"

RULES: tuple[Rule, ...] = (
    _rule(unread.PATTERN, 30, UNREAD),
    _rule(r"[-—–·.\s]*(?:第\s*)?\d{1,4}\s*(?:页|版)?[-—–·.\s]*$", 12, "page number"),
    _rule(r"(?:[.．。·•…]{3,}|[-—–=_*~＊]{3,}|[■□▲★●◆◎☆▼]+)$", 200, "separator"),
    _rule(
        r"扫码|扫一扫|扫描(?:上方|下方|左侧|右侧)?二维码|长按(?:识别)?二维码", 30, "invitation to scan a code"
    ),
    _rule(
        r"(?!.*[。！？])(?:.*公众号|.*公号|抖音搜索|.*(?:微信|微博|视频号|客户端)[:：])", 40, "advertisement"
    ),
    _rule(r"(?!.*[。！？]).*(?:全媒体矩阵|新闻热线|订阅热线|广告热线|投稿邮箱)", 40, "advertisement"),
    _rule(
        r"(?!.*[。！？]).*(?:邮发代号|统一刊号|标准刊号|ISSN|ISBN|定\s?价\s?[/：:]|印\s?刷\s?[/：:]|发行范围|广告经营许可|邮政编码"
        r"|编辑部电话|发行部电话|网络地址|电子邮箱|法律顾问\s?[/：:]|合作媒体\s?[/：:]|联系地址|总第\s?\d+期|每月\d+日出版|版权所有)",
        60,
        "imprint",
    ),
    _rule(
        r"[⊙◎●○□■◆▲★☆※]?\s?(?:主管主办|主\s?管|主\s?办|编辑出版|发行单位|总编辑|副总编辑|社\s?长|副社长|主\s?编|副主编|文字采编|美术编辑|责任校对|责任编辑|责编"
        r"|校\s?对|版式(?:设计)?|本版(?:编辑|责编|主编|美编)|值班(?:编辑|总编)|策\s?划|统\s?筹|制\s?图|美\s?编)[\s:：/／]\s?\S",
        40,
        "imprint",
    ),
    _rule(
        r"[（(]?(?:[^，。；！？]{0,30}(?:供图|资料图片?|[图摄影]\s?[/／：:]\s?\S{2,4}(?:\s\S{2,4})*)|\S{2,10}\s?(?:摄|摄影|制图|绘图)"
        r"|.{0,40}记者\s?\S{2,4}(?:\s\S{2,4})?\s?摄)[）)]?$",
        60,
        "picture credit",
    ),
    _rule(
        r"(?:封面|封底|封二|封三|题图|图|上图|下图|左图|右图|图片)(?:[:：]|为|来源|说明)(?!.*[。！？])",
        60,
        "caption",
    ),
    _rule(
        r"(?:图为|[上下左右]图[为是:：])[^。！？]{2,100}。?(?:\s?[（(]?\S{2,10}\s?(?:摄|摄影|供图)[）)]?)?$",
        130,
        "caption",
    ),
    _rule(  # what the picture shows, and in the same breath who took it
        r"(?=\d{1,2}月\d{1,2}日|.*(?:这是|图为)).*[。！]\s?[（(]?(?:新华社|本[报刊网]|人民网|光明网|[\u4e00-\u9fff]{2,4}日报)?\s?(?:首席|特约)?记者\s?[\u4e00-\u9fff]{1,3}(?:\s[\u4e00-\u9fff]{1,3})?\s?摄[）)]?$",
        260,
        "caption",
    ),
    _rule(
        rf"(?:{_OPENS_ABSTRACT}.*)?(?:[\[［【〔](?:{_OF_JOURNAL}|作者简介|DOI)[\]］】〕]|(?:{_OF_JOURNAL})\s?[:：](?!.*。.))",
        _LONGEST_ABSTRACT,
        JOURNAL,
    ),
    _rule(_OPENS_ABSTRACT, _LONGEST_ABSTRACT, ABSTRACT),
    _rule(  # who asked whom, and where; not what they asked
        r"(?:采\s?访|受\s?访|访\s?谈)\s?(?:(?:组|人|者|整理)\s?[:：](?!.*[。！？])|(?:对象|地点)\s?[:：])",
        200,
        "note on an interview",
    ),
    _rule(r"关键[词字]\s?[:：](?!.*。.)", _LONGEST_ABSTRACT, "fields of a page"),
    _rule(r"[\[［【〔]?(?:主要)?(?:参考文献|参考资料|参考书目|注\s?释)[\]］】〕]?\s?[:：]?$", 12, REFERENCES),
    _rule(r"[\[［〔]\d{1,3}[\]］〕].*[\[［][A-Z]{1,2}(?:/[A-Z]{2})?[\]］]", 300, CITED),
    _rule(
        r"(?:[①-⑳]|[\[［〔]\d{1,3}[\]］〕])\s?[^。]{0,60}《[^》]+》[^。]*(?:年第\s?\d{1,3}\s?期|年版|出版社|\d\s?页)[^。]{0,30}。?$",
        300,
        LISTED,
    ),
    _rule(
        r"\d{1,3}\s[\u4e00-\u9fff]{2,8}\s(?:19|20)\d\d[.年]\s?\d{1,2}(?:月|期)?$",
        24,
        "running head",
    ),
    _rule(
        r"本刊(?:刊发|投稿|声明|法律)|.*(?:领取稿酬|信息网络传播权|转载请注明|未经(?:授权|许可)|版权所有)",
        200,
        "notice of the publisher",
    ),
    _rule(r"声\s?明$", 4, "notice of the publisher"),
    _rule(r"特此(?:通知|公告|通报|通告|报告|函告|函复|批复|说明)[。.！!]?$", 10, "closing words"),
    _rule(
        r"[*（(]*(?:根据|原载|选自|摘自|录自|转自)[^。；]{2,60}(?:刊印|排印|刊载|原件|选印|付印)[*）)]*$",
        90,
        "where a text was printed from",
    ),
    _rule(
        r"(?:新华社|本报|人民网|中新社)[^，。：:]{0,12}?\d{1,2}月\d{1,2}日(?:电|讯)$",
        30,
        "dateline without text",
    ),
    _rule(
        rf"(?:{NUMBERED}|第\s?\d{{1,4}}\s?号)$"
        r"|[\u4e00-\u9fff]{2,30}(?:委员会|政府|国务院|主席|[部局厅])令(?:\s?第\s?\d{1,4}\s?号)?$",
        40,
        NUMBER_OF_PAPER,
    ),
    _rule(
        r"[（(](?:此件|此文|本文件?|此页)[^（()）。]{0,12}(?:公开|发布|发至|删减|登报|印发|无正文)[^（()）。]{0,12}[）)]$",
        30,
        "who may read a paper",
    ),
    _rule(r"(?:抄\s?[送报]|分\s?送|报\s?送|主\s?送|[报送])\s?[:：].*", 160, "whom a paper went to"),
    _rule(r"[（(]?联系(?:人|电话|方式)(?:及[^：:，。]{2,8})?[:：]", 120, "whom to ask"),
    _rule(
        rf"(?:(?:(?:{fields.OF_A_PAGE})[:：]\s?+)++[^\s:：]{{0,20}}+(?:\s++|$))++$|[大中小]字号$",
        60,
        "fields of a page",
    ),
    _rule(
        r"[^，。]{0,40}\b\d{1,6}\s?(?:条评论|次(?:浏览|阅读|点击)|人(?:浏览|阅读|点赞))$",
        60,
        "fields of a page",
    ),
    _rule(r"[^，。]{2,8}(?:消息|讯|电)(?:[（(][^）)]{2,10}[）)])?\s?[:：]$", 24, "dateline without text"),
    _rule(r"(?:https?://|www\.)\S+$|[^，。：:]{2,20}[:：]\s?https?://\S+$", 200, "web address"),
    _rule(
        r"(?:[单多]选|[单多]项选择|不定项选择?|判断|填空|简答)题?$|(?:答案[:：]?\s?)?[A-H]{1,6}$",
        10,
        "of a question",
    ),
    _rule(r"第?\s?\d{1,2}\s?版(?:[（(][^（()）]{0,6}[）)])?$|专栏[:：]?$", 16, NEWSPAPER),
    _rule(
        r"(?:下载|打印|全屏|收藏|分享[:：]?|关闭|加大|还原|减小|[大中小]|】|购物车|我的足迹|(?:APP|客户端)下载|色彩风格"
        r"|【?字[号体][:：]?[】\s大中小+\d-]*|选择区域[:：].*|首页|[>＞]|登录|注[册销]|搜索|网站(?:地图|导航)|联系我们|关于我们|设为首页|加入收藏|打印本页|关闭窗口|返回|[上下]一页|P\.\s?\d+"
        r"|(?:发布|发表|更新)?(?:时间|日期)[:：])$",
        16,
        "navigation",
    ),
    _rule(r"(?:【[^】。]{0,8}】?){2,}$", 60, "navigation"),
    _rule(
        r"(?:[您你]的)?(?:当前|所在)?的?位置[:：]|更多[》>»]|Page \d+\b|欢迎(?:访问|光临|登录)",
        80,
        "navigation",
    ),
    # A site's menu: words of four characters side by side, and nothing else. A motto has five at most.
    _rule(r"(?=(?:.*?(?:^|\s)[\u4e00-\u9fff]{4}(?=\s|$)){6})[\u4e00-\u9fff\s]+$", 100, "navigation"),
    _rule(
        r"(?=(?:.*?(?:新闻中心|新闻动态|政务公开|信息公开|办事服务|网上办事|互动交流|政民互动|公众参与|数据开放|专题专栏|在线服务"
        r"|领导信箱|通知公告)){2})[\u4e00-\u9fff\s|丨]+$",
        100,
        "navigation",
    ),
    _rule(r"[^。]*(?:>>|＞＞|»)[^。]*(?:>>|＞＞|»)[^。]*$", 120, "navigation"),
    _rule(r"[（(][^（()）。；]{6,60}\s?\d{6}[）)]$", 80, "where the authors work"),
    _rule(r"[\u4e00-\u9fff]{4,20}\s?(?:19|20)\d\d年第?\d{1,2}期$", 30, "issue of a journal"),
    _rule(
        r".*(?:来源于|来自|整理于)(?:网友|网络|互联网)(?:上传|投稿|整理|收集)",
        160,
        REPRINT,
    ),
    _rule(
        r"(?:查看原文|阅读原文|点击(?:查看|进入|下载)|返回(?:顶部|首页)|上一篇|下一篇|相关阅读|更多精彩)",
        60,
        "navigation",
    ),
    _rule(r"[（(]?更新时间戳?[:：]?", 40, "navigation"),
    _rule(
        r"[-*·]?\s?(?:(?:抓取|采集|爬取|下载|获取|收录|转换|导出|检索|访问)(?:时间|日期|方式|来源|地址)"
        r"|数据源|聚合页|原文(?:链接|网址|地址)|(?:新闻|文章|稿件)条数|正文字数)\s?[:：](?!.*。)",
        120,
        "note of whoever collected it",
    ),
    _rule(  # 成都 2.9 -0.9 -0.2, and what stands above its columns
        r"[\u4e00-\u9fff]{1,8}(?:\s?[-－]?\d{1,4}[.·]\d{1,2}){2,}(?:\s?[\u4e00-\u9fff]{4,16})?$"
        r"|[^，。]*(?:\s?（[±%％\u4e00-\u9fff]{1,3}）){2,}$",
        60,
        TABLE_ROW,
    ),
    _rule(
        r"广\s?告$|下转第?.{1,6}版|[（(]?(?:上接|下转|转|接)第?.{1,6}版.{0,8}[）)]?$",
        20,
        "reference to another page",
    ),
)
_LONGEST = max(rule.longest for rule in RULES)
_IMPRINT = ("imprint", "advertisement")


def reason(line: Line) -> str | None:
    """Why the line is furniture; None: it is not."""
    if "#" in line.raw[:1] and not line.text.strip("#"):
        return "separator"
    if len(line.text) > _LONGEST:
        return None
    text = spaced(line)
    found = (rule.reason for rule in RULES if len(text) <= rule.longest and rule.pattern.match(text))
    return next(found, None) or ("who attended" if names.is_attendance(text) else None)


def is_imprint(why: str | None) -> bool:
    return why in _IMPRINT


_CONTENTS = re.compile(
    r"(?:本期)?(?:目\s?[录次]|要\s?目|导\s?读|新闻摘要|内容提要|节目主要内容)\s?(?:contents)?[:：]?", re.I
)


def opens_contents(line: Line) -> bool:
    return len(line.text) <= 20 and _CONTENTS.fullmatch(line.text.strip("【】[]")) is not None
