"""Bytes of a bank -> its text: UTF-8 with or without a mark, UTF-16 with one, else GBK, as Excel saves it."""

from __future__ import annotations

import codecs

from studytool.errors import StudyError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, name: str) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StudyError(f"“{name}”不是文字文件，或者编码不明，请另存为 UTF-8 再导入。")
