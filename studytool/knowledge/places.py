"""Reading -> places where something happened or lies: “在…举行”, “位于…”, “攻占…”.

Only what ends like a place is one; “在会上举行” and “在工作中” are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.knowledge.finding import Finding
from studytool.knowledge.pattern import MARKS, one_of
from studytool.knowledge.reading import Reading, stripped
from studytool.model import KnowledgeKind, Span

_P = rf"[^{MARKS}]"
_HAPPENS = one_of(
    "举行 召开 举办 成立 会师 启动 揭牌 开幕 闭幕 爆发 签署 诞生 逝世 开工 挂牌 建立 创建 设立 "
    "投产 开馆 试制成功 打响 发射 就义 牺牲 签订 缔结"
)
_STANDS = one_of("位于 地处 坐落于 坐落在 设在 迁至 落户 发源于 毗邻")
_TAKES = one_of("攻占 攻克 解放 收复 占领 进驻 抵达 到达 挺进 会师于 进攻 奔赴")
_HELD = re.compile(
    rf"在(?P<place>(?:(?!在){_P}){{2,18}}?)(?P<event>"
    + one_of("隆重 胜利 正式 同时 顺利 成功 联合 共同")
    + "*"
    + _HAPPENS
    + "[^，。；：]{0,24})"
)
_LIES = re.compile(
    r"(?P<thing>[^，。；：]{2,20}?)?(?P<verb>"
    + _STANDS
    + rf")(?P<place>(?:(?!的){_P}){{2,16}})(?=[，。；]|$)"
)
_NAMED = re.compile(
    rf"位于(?P<where>(?:(?!的){_P}){{2,14}})的(?P<place>(?:(?!的){_P}){{3,10}}?)(?=的|，|。|$)"
)
_TAKEN = re.compile(
    r"(?P<who>[^，。；]{0,24}?)(?P<verb>"
    + _TAKES
    + rf")(?P<place>(?:(?![了的及和各]){_P}){{2,8}}?)(?=两侧|[，。；、]|$)"
)
_STRONGHOLD = re.compile(  # 攻克……最后一个据点耀华中学
    r"(?P<verb>攻克|攻占|占领|收复|夺取)[^，。；]{0,16}(?:据点|要塞|重镇|阵地)(?P<place>[\u4e00-\u9fff]{2,10})(?=[，。；])"
)
_BEGUN = re.compile(  # 蓟县邦均镇打响了……第一枪
    r"(?:^|(?<=[，。；]))(?P<place>[\u4e00-\u9fff]{2,8}?[省市县区镇乡村])(?P<event>打响了?[^，。；]{2,24}第一枪)"
)
# Each with its weight, and with words without which it cannot match: to look for them is quick.
_PATTERNS = (
    (_HELD, re.compile(_HAPPENS), 0.55),
    (_NAMED, re.compile("位于"), 0.45),
    (_LIES, re.compile(_STANDS), 0.45),
    (_TAKEN, re.compile(_TAKES), 0.5),
    (_STRONGHOLD, re.compile("据点|要塞|重镇|阵地"), 0.5),
    (_BEGUN, re.compile("第一枪"), 0.55),
)
_ENDS = re.compile(
    one_of(
        "省 市 县 区 镇 乡 村 州 盟 旗 路 街 巷 里 桥 河 江 湖 海 山 岭 岛 港 湾 站 场 馆 园 院 校 "
        "厅 堂 楼 寺 塔 库 口 岸 沟 坝 峡 洞 城 营 寨 庄 屯 铺 店 门 号 大学 中学 中心 租界 高原 平原 "
        "盆地 流域 根据地 沙地 边缘 南缘 北部 南部 东部 西部 交汇处"
    )
    + "$"
)
_NO_PLACE = re.compile(
    r"会上|工作|过程|期间|背景|基础|领导|全国$|世界$|中国$|^这里|^此|我市|我国|一起|共同|位置|地位|地区$|方面|多地|各地|^城市$|^乡村$|[开通][埠港车航]$"
)


def places(reading: Reading) -> Iterator[Finding]:
    """Places with what happened there."""
    for pattern, needed, weight in _PATTERNS:
        if not needed.search(reading.plain):
            continue
        for match in pattern.finditer(reading.plain):
            place = stripped(reading.text, Span(*match.span("place")))
            if _is_place(reading, place):
                yield Finding(KnowledgeKind.PLACE, (place,), weight, _cue(reading, match))


def _is_place(reading: Reading, place: Span) -> bool:
    text = place.of(reading.text)
    last = reading.ends.get(place.end)
    ends = _ENDS.search(text) is not None or (last is not None and last.tag == "ns")
    words = [word for word in reading.words if place.start <= word.start and word.end <= place.end]
    # The 均 of 邦均镇, a name the dictionary does not have, is no adverb.
    acts = any(w.tag in ("v", "p") or (w.tag in ("d", "c") and len(w.text) > 1) for w in words)
    common = len(words) == 1 and words[0].tag in ("n", "s", "f")
    return ends and reading.whole(place) and not (acts or common or _NO_PLACE.search(text) or "□" in text)


def _cue(reading: Reading, match: re.Match[str]) -> Span | None:
    groups = match.groupdict()
    group = next((name for name in ("event", "where", "thing", "who") if groups.get(name)), None)
    if group is None:
        return None
    cue = stripped(reading.text, Span(*match.span(group)), " 、的了")
    return cue if cue.end - cue.start >= 3 else None
