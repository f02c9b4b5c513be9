"""What stands in the column of names -> the person meant, or that it is nobody.

The surprising decision: 张　三 is 张三. Names of two characters are spread to the width of three in nearly
every list, and two spellings of one person would be two learners. So would an accent that one program writes
as a character of its own, and a mark nobody sees that came along when the name was copied.
"""

from __future__ import annotations

import re
import unicodedata

_HAN = r"[\u3400-\u9fff\U00020000-\U000323af]"
_SPREAD = re.compile(rf"{_HAN}(?:\s+{_HAN})+")
# Rows that people put above or below those of a group: sums, means, the key, remarks.
_NOBODY = re.compile(
    r"合\s*计|总\s*计|小\s*计|平\s*均(?:分|值|数)?|均\s*分|最[高低]分|正确率|得分率|满分|分值"
    r"|(?:标准|参考|正确)?答案|(?:备注|说明|注)[:：].*",
    re.DOTALL,
)


def name_meant(said: str) -> str:
    """The name without the space that only makes it as wide as others, and without what cannot be seen."""
    said = "".join(one for one in unicodedata.normalize("NFC", said) if unicodedata.category(one) != "Cf")
    return "".join(said.split()) if _SPREAD.fullmatch(said) else " ".join(said.split())


def is_nobody(said: str) -> bool:
    """Whether what stands for a name says that the row is no person's."""
    return _NOBODY.fullmatch(said) is not None
