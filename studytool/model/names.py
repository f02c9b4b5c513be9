"""The Chinese names of kinds, of what is asked and of statuses: one word each, on screens and in files.

The surprising decision: a file that comes back is read by these names too, so a change here changes what
`import` understands.
"""

from __future__ import annotations

from studytool.model.items import ItemKind, Status
from studytool.model.knowledge import KnowledgeKind

KINDS = {
    ItemKind.CLOZE: "填空",
    ItemKind.SINGLE_CHOICE: "单选",
    ItemKind.MULTIPLE_RESPONSE: "多选",
    ItemKind.TRUE_FALSE: "判断",
    ItemKind.SHORT_ANSWER: "简答",
    ItemKind.MATCHING: "匹配",
    ItemKind.ORDERING: "排序",
}

# The names in full, as files and headings have them: 填空题.
KIND_NAMES = {kind: f"{name}题" for kind, name in KINDS.items()}


def kind_named(text: str) -> ItemKind | None:
    """The kind a person means: cloze, 填空 or 填空题."""
    known = {name: kind for names in (KINDS, KIND_NAMES) for kind, name in names.items()}
    known |= {kind.value: kind for kind in ItemKind}
    return known.get(text.strip().lower())


ASKS = {
    KnowledgeKind.FORMULATION: "提法",
    KnowledgeKind.ABBREVIATION: "数字缩略语",
    KnowledgeKind.LIST: "列举",
    KnowledgeKind.DEFINITION: "定义",
    KnowledgeKind.RULE: "规定",
    KnowledgeKind.QUOTATION: "引语",
    KnowledgeKind.FIGURE: "数字",
    KnowledgeKind.DATE: "时间",
    KnowledgeKind.PERSON: "人物",
    KnowledgeKind.PLACE: "地点",
    KnowledgeKind.ORGAN: "机构",
    KnowledgeKind.TITLE: "文件书目",
    KnowledgeKind.EVENT: "事件",
    KnowledgeKind.MEETING: "会议",
}

STATUSES = {Status.DRAFT: "待审", Status.APPROVED: "已审", Status.RETIRED: "停用"}
