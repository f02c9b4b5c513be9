"""Bytes -> bytes damaged by chance (a seed decides): characters of a text, members of an archive, or bytes.

A mutator that knows no format never gets past the checksum of a zip or the middle of a Chinese character.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

MutateBytes = Callable[[bytes, int], bytes]

# What has a meaning in one format or another, to a rule, to a terminal or to a number.
# fmt: off
TELLING = (
    "<", ">", "</w:p>", "<w:p>", "<w:tbl>", "&#0;", "&lt;", "&amp;#x1F;", '"', "'", "\\", "\\ud800",
    "{", "}", "[", "]", "]]>", "<![CDATA[", "=", "%", "~", "->", "#", "####", "::", "//", ",", "\t",
    ";", "|", "\\|", "\n", "\n\n", "\r\n", "\r", "\x00", "\x1b[31m", "\x1c", "\x85", "\u2028", "\u200b",
    "\u202e", "\ufeff", "�", "\u3000", "😀", "𠀀", "é", "é", "\uff45", "1", "0", "-1", "9" * 11,
    "9" * 400, "1e999", "-0.0", "nan", "NaN", "Infinity", "null", "true", "[[", "{{c1::", "}}",
    "<!DOCTYPE x [<!ENTITY a 'aa'>]>", "&a;", "<?xml version='1.0'?>", "endobj", "答案：", "答案",
    "解析：", "【答案】", "一、单选题", "1.", "1、", "A.", "B.", "（A）", "（ ）", "____", "√", "×",
    "第一条", "第一章\u3000总则", "一、", "（一）", "1．", "①", "——", "……", "。", "，", "、", "；",
    "：", "“", "”", "‘", "’", "《", "》", "（", "）", "〔", "〕", "2024年1月1日", "2024年13月45日",
    "二〇二四年", "十四五", "百分之", "5.2%", "亿元", "万", "千", "百", "十", "零", "点", "分之",
    "以上", "以下", "至", "和", "不", "习近平", "中共中央", "中国", "天津市委", "来源：", "责任编辑：",
    "（新华社北京1月1日电）", "（记者张三）", "（一届二中全会）", "坚持", "“三个代表”", "四个意识",
    "即", "包括", "是", "指", "分别为", "提出", "强调", "要求", "同比增长", "召开", "会议", "全会",
    "代表大会",
)
# fmt: on

Text = TypeVar("Text", str, bytes)


def mutated(data: bytes, seed: int, longest: int, mutate_bytes: MutateBytes | None = None) -> bytes:
    """`data` changed in one to four places, at most `longest` bytes of it."""
    chance = random.Random(seed)
    if data[:2] == b"PK" and chance.random() < 0.95:
        changed = _archive(data, chance, longest, mutate_bytes)
        return changed if len(changed) <= longest else data
    return _content(data, chance, longest, mutate_bytes)[:longest]


def _archive(data: bytes, chance: random.Random, longest: int, mutate_bytes: MutateBytes | None) -> bytes:
    """An archive with one of its members changed, lost or doubled."""
    members = _members(data, longest)
    if not members:
        return _content(data, chance, longest, mutate_bytes)
    hit, other = chance.choice(sorted(members)), chance.choice(sorted(members))
    what = chance.random()
    if what < 0.03:
        del members[hit]
    elif what < 0.06:
        members[other] = members[hit]
    else:
        members[hit] = _content(members[hit], chance, 8 * longest, mutate_bytes)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _members(data: bytes, longest: int) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name)[: 8 * longest] for name in archive.namelist()[:60]}
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no archive any more
        return {}


def _content(data: bytes, chance: random.Random, longest: int, mutate_bytes: MutateBytes | None) -> bytes:
    if mutate_bytes is not None and chance.random() < 0.3:
        return mutate_bytes(data, longest)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _changed(data, chance, [token.encode() for token in TELLING], b"\n")[:longest]
    return _changed(text, chance, TELLING, "\n").encode()[:longest]


def _changed(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    for _ in range(chance.choice((1, 1, 2, 4))):
        (way,) = chance.choices(WAYS, WEIGHTS)
        whole = way(whole, chance, tokens, line)
    return whole


def _piece(whole: Text, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(whole))
    return start, min(len(whole), start + chance.choice((0, 0, 1, 2, 7, 60, len(whole))))


def _put(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    start, end = _piece(whole, chance)
    return whole[:start] + chance.choice(tokens) * chance.choice((1, 1, 1, 1, 2, 3, 300)) + whole[end:]


def _lose(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    start, end = _piece(whole, chance)
    return whole[:start] + whole[end:]


def _copy(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    (start, end), other = _piece(whole, chance), chance.randint(0, len(whole))
    return whole[:other] + whole[start:end] + whole[other:]


def _repeat(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    start, end = _piece(whole, chance)
    return whole[:start] + whole[start : start + chance.randint(1, 40)] * chance.randint(2, 400) + whole[end:]


def _exchange(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    rows = whole.split(line)
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]
    return line.join(rows)


def _join(whole: Text, chance: random.Random, tokens: Sequence[Text], line: Text) -> Text:
    """One enormous line."""
    return whole.replace(line, line[:0])


WAYS: tuple[Callable[..., Any], ...] = (_put, _lose, _copy, _repeat, _exchange, _join)
WEIGHTS = (50, 15, 15, 5, 8, 7)
