"""Reading -> coinages and metaphors in quotation marks: “牛鼻子”, “双城记”, “察东四县”.

Quotation marks alone are not enough: the sentence must call something so, or hold it up by a verb or a
head noun, or the document must come back to it. Irony and speech are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.abbreviations import is_name
from studytool.knowledge.finding import Finding, Setting
from studytool.knowledge.pattern import one_of
from studytool.knowledge.reading import Reading
from studytool.model import KnowledgeKind, Span

# What calls something by the name in quotation marks.
_CALLS = re.compile(
    one_of(
        "被誉为 誉为 称为 称作 称之为 被称为 素有 这个 这一 等 叫做 打造 建成 构建 实施 开展 推进 "
        "深化 抓住 牵住 用好 唱好 坚持 形成 筑牢 发扬 弘扬 推出 当好 首个 第一个 完善 健全 落实 "
        "提出 以 建设 走 打通 深入 扎实 发挥 强化 畅通 破解 解决 实行 推行 聚焦 打响 的 全国 全球 "
        "为 是 成为 获得 荣获 授予"
    )
    + "“$"
)
_NAMES = re.compile(
    one_of(
        "唱好 打造 建成 构建 实施 抓住 牵住 用好 形成 筑牢 弘扬 推出 当好 打通 打响 推进 推动 发扬 "
        "破解 深化 开展"
    )
    + r"[\u4e00-\u9fff]{1,4}“$"
)
# What a name in quotation marks is the name of.
_HEADS = re.compile(
    "^”的?"
    + one_of(
        "战略 方针 原则 格局 布局 工程 行动 计划 模式 机制 体系 理念 精神 道路 目标 要求 品牌 称号 "
        "作用 优势 定位 政策 制度 改革 工作法 工作制度 活动 建设 码头 项目 平台 集群 战略部署 "
        "作战方针 事件 惨案 路线 口号 思想 理论 方法 标准 体制 效应 责任 主题 空间 阶段 试验 示范"
    )
)
_NO_NAME = re.compile(
    r"^[\d.%]+$|[。！？：；]|^[的了在是有不要我你他她这那]|[吗呢吧啊独]$|^[十一二三四五六七八九]+$|[A-Za-z]{3,}"
)
_SPEECH_BEFORE = re.compile(one_of("说 问 答 喊 道 表示 指出 强调 认为 写道") + "[：，]?“$")


def coinages(reading: Reading, setting: Setting) -> Iterator[Finding]:
    """Quoted names of 2–12 characters that the sentence or the document holds up."""
    for quote in reading.quotes:
        text = quote.of(reading.text)
        if not 2 <= len(text) <= 12 or _NO_NAME.search(text) or is_name(text) or "《" in text:
            continue
        before, after = reading.text[: quote.start], reading.text[quote.end :]
        if _SPEECH_BEFORE.search(before):
            continue
        called = bool(_CALLS.search(before) or _NAMES.search(before))
        headed = _HEADS.match(after) is not None
        repeated = setting.quoted.get(text, 0) > 1
        if called or headed or repeated:
            weight = 0.4 + 0.12 * called + 0.12 * headed + 0.12 * repeated
            yield Finding(KnowledgeKind.FORMULATION, (quote,), weight, _head(reading, quote))


def _head(reading: Reading, quote: Span) -> Span | None:
    match = _HEADS.match(reading.text[quote.end :])
    if not match:
        return None
    text = match[0].lstrip("”的")
    return Span(quote.end + match.end() - len(text), quote.end + match.end())
