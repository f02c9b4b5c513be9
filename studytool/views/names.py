"""The Chinese names of the things on the screen."""

from __future__ import annotations

from studytool.model import ItemKind, KnowledgeKind, Status

KINDS = {
    ItemKind.CLOZE: "填空",
    ItemKind.SINGLE_CHOICE: "单选",
    ItemKind.MULTIPLE_RESPONSE: "多选",
    ItemKind.TRUE_FALSE: "判断",
    ItemKind.SHORT_ANSWER: "简答",
    ItemKind.MATCHING: "匹配",
    ItemKind.ORDERING: "排序",
}

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

LETTERS = "ABCDEFGHIJ"
