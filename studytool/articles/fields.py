"""The names of the fields that a page or a catalogue shows above a text, as alternatives of a pattern."""

from __future__ import annotations

# The values of these are names; of those below numbers, or nothing.
ORIGIN = r"(?:新闻|信息|文章)?来源|出处|责任编辑|责编|编辑"
COUNTS = r"浏览(?:次数|量)?|点击(?:次数|数|量)?|阅读(?:次数|量)?|访问量|字号|字体"
OF_A_PAGE = rf"{ORIGIN}|作者|{COUNTS}"
# What a library, an archive or a portal of rules notes of it.
OF_A_CATALOGUE = (
    r"知识类型|内容出处|知识出处|唯一号|颗粒名称|机构名称|分类号|页[数码]|起始页|文件路径|摘要|关键[词字]|主题词|主题分类|专题分类"
    r"|公文种类|体裁分类|时效性|有效性|效力(?:级别|位阶|状态)|法规类别|公开(?:形式|方式|范围|属性)|文号|发文字号|索引号|信息索引"
    r"|状态|层级|类[型别]|分类|级别|语种|载体|格式|官方链接|原文链接|数据源"
)
