"""The gates' names -> what a trainer reads of the questions each kept out of the bank."""

from __future__ import annotations

GATES = {
    "aimed": "说的是目标，不是已经做到的",
    "ambiguous": "同样的话，文中别处填的是别的词",
    "anecdote": "故事里顺带说到的，不值得考",
    "baseless": "增长了多少，没说和什么时候比",
    "blanks": "空和答案对不上，或者空太多",
    "change": "错误说法改得不合规矩",
    "compound": "判断题一次说了不止一件事",
    "conflict": "同一个指标，文中还有别的数值",
    "cut": "裁短后的句子没有说完",
    "dangling": "题中的“这、该、上述”指句子外面的事",
    "doubtful": "句子可能识别错了或接错了",
    "example": "只是举的例子，不是规定本身",
    "exhorting": "号召、口号，换个词也说得通",
    "few_options": "找不到足够的干扰项",
    "furniture": "报头、版次、署名一类",
    "garbled": "有识别错误或缺字",
    "generic": "答案太平常，填别的词也对",
    "given_away": "题干里就有答案",
    "half_said": "话只说了一半，或缺年份、地区",
    "half_term": "挖掉的是半个词",
    "incomplete": "条文缺了条号、情形或例外",
    "key_length": "答案或选项太长",
    "leaks": "题干里有一半答案",
    "long": "题干太长",
    "measure": "数字、日期没说是什么的",
    "meeting": "一句话里说到两个会议，容易弄混",
    "nobodys": "数字没说是谁的、哪里的",
    "open_frame": "凭题干定不下答案",
    "own_words": "换个说法也成立，不是非此不可的表述",
    "past": "选项里有已经过去的规划",
    "period": "几年合计的数字，看起来像一年的",
    "place": "“我市、全市”没说是哪里",
    "range": "答案是时间范围，题干只问起点",
    "short": "题干太短，不知道问什么",
    "slip": "人名、地名可能识别错了",
    "story": "对话、场景描写",
    "subject": "没说是谁做的、说的是谁",
    "thin": "空的前后话太少，定不下表述",
    "time": "“今年、目前”没说是什么时候",
    "told": "引用的标题或年份已经说出答案",
    "true_option": "有的错误选项可能也对",
    "unbalanced": "引号、括号不成对",
    "undated": "判断题里的数字没说是哪年的",
    "unlike_options": "选项长短、样子不一，一眼看出答案",
    "unproven": "几项是从别处凑来的，不一定是一回事",
    "untempting": "干扰项不够像",
    "untyped": "看不出要填数字还是时间、填到多细",
}


def named(gate: str) -> str:
    """A gate in the trainer's words; its own name where an older program counted it."""
    return GATES.get(gate, gate)
