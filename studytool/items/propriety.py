"""Text -> may it be changed, or stand as a wrong answer, without becoming improper?

Names of leaders, what leaders said and basic political positions are asked about as they are, never
falsified: a wrong one in front of forty people cannot be explained away.
"""

from __future__ import annotations

import re

_QUOTED = "习近平|毛泽东|邓小平|江泽民|胡锦涛|周恩来|刘少奇|朱德|陈云"
LEADERS = re.compile(rf"{_QUOTED}|总书记|李强|赵乐际|王沪宁|蔡奇|丁薛祥|李希|陈敏尔|国家主席|总理")
NAMED = re.compile(f"{_QUOTED}|毛主席")  # those of them whose words are collected, by their names
_POSITIONS = re.compile(
    r"为中心|基本路线|总路线|指导思想|基本国策|根本制度|党的领导|领导核心|党中央|两个确立|两个维护|四个意识|四个自信|社会主义制度|马克思"
    r"|毛泽东思想|邓小平理论|三个代表|科学发展观|新时代中国特色社会主义思想|四项基本原则|人民民主专政|共产主义|祖国统一|一国两制|台湾|香港"
    r"|反革命|反党|四人帮|林彪|江青"
    r"|澳门|西藏|新疆|主权|民族团结|中国共产党是|中国共产党领导"
)


def touchable(text: str) -> bool:
    """May a statement with these words be falsified, or a term be varied into wrong options?"""
    return not (LEADERS.search(text) or _POSITIONS.search(text))
