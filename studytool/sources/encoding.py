"""Bytes of a text file -> its characters, newlines and byte order marks of UTF-8 left as they are.

UTF-8 that decodes is UTF-8. Anything else is read in every encoding Chinese files come in, and the
reading with the largest share of common Hanzi wins: it is sure from some thirty characters on, even
on damaged files, where general detectors fail. A few damaged bytes become U+FFFD and the reading
goes on; more than one character in a thousand, or two encodings in one file, is refused, because
half the sentences would be wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from studytool import data as package_data
from studytool.errors import UnreadableSource

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# In order of how common they are: the earlier wins a tie.
CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
LEGACY = ("gb18030", "big5hkscs")
WIDE = ("utf-16-le", "utf-16-be")  # the only ones whose texts contain NUL bytes

SAMPLE = 1 << 16  # bytes that are enough to decide
LEAST_SHARE = 0.7  # of the characters beyond ASCII; right readings have 0.95, wrong ones below 0.6
DAMAGE = 1000  # one place in so many characters may be damaged
FEW = 10  # of fewer characters than this not even one

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DAMAGED = re.compile("\ufffd+")
_UTF8_HANZI = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){3}")


def decode(data: bytes) -> str:
    """The characters of `data`; raises UnreadableSource when it is not text."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    encoding = marked or _encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        _refuse_damage(text)
    _refuse_controls(text)
    return text


def _encoding_of(data: bytes) -> str:
    if b"\0" in data:
        return _likeliest(data, WIDE)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _likeliest(data, CANDIDATES)
    else:
        return "utf-8"
    if encoding in LEGACY and _has_utf8_lines(data):
        raise UnreadableSource("一个文件里混用了几种编码；请用记事本打开，另存为 UTF-8 再试")
    return encoding


def _refuse_damage(text: str) -> None:
    damaged = len(_DAMAGED.findall(text))
    if damaged > max(1, len(text) // DAMAGE) or damaged * FEW > len(text):
        raise UnreadableSource(f"约有 {damaged} 处编码损坏；请用原来的软件打开，另存为 UTF-8 再试")


def _refuse_controls(text: str) -> None:
    controls = len(_CONTROL.findall(text, 0, SAMPLE))
    if "\0" in text or controls > max(3, min(len(text), SAMPLE) // 100):
        raise UnreadableSource("里面有空字节或控制字符，不像文字文件；请换成文字文件（另存为 UTF-8）")


def _likeliest(data: bytes, encodings: tuple[str, ...]) -> str:
    sample = data[:SAMPLE]
    share, best = max(
        ((_share_of_common(sample.decode(name, "replace")), -order) for order, name in enumerate(encodings))
    )
    if share < LEAST_SHARE:
        raise UnreadableSource("不像文字文件，或看不出是哪种编码；请换成文字文件（另存为 UTF-8）")
    return encodings[-best]


def _share_of_common(text: str) -> float:
    """The share of common Hanzi and Chinese punctuation among what is neither ASCII nor a space."""
    common, other = 0, 0
    for character, count in Counter(text).items():
        if character in _common():
            common += count
        elif not (" " <= character <= "~" or character in "\t\r\n\f"):
            other += count
    return common / (common + other) if common + other else 1.0


@cache
def _common() -> frozenset[str]:
    hanzi = "".join(package_data.lines("common_hanzi.txt"))
    punctuation = "".join(map(chr, (*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F))))
    return frozenset(hanzi + punctuation + "“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩℃％○●■□★▲◆→×")


def _has_utf8_lines(data: bytes) -> bool:
    """Is there a line of three or more Hanzi in UTF-8? In GBK or Big5 text that does not happen."""
    for found in _UTF8_HANZI.finditer(data):
        start, end = data.rfind(b"\n", 0, found.start()) + 1, data.find(b"\n", found.end())
        try:
            data[start : end if end >= 0 else len(data)].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
