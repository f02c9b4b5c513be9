"""What was typed -> does it admit that the answer is not known: 不知道, 忘了.

Such words are no attempt at the answer, however much they look like it.
"""

from __future__ import annotations

import re

from studytool.marking.writing import plain

_ADMISSION = re.compile(
    "(?:我|我们)?(?:真的?|实在|也|都|还)?(?:"
    "不(?:太|大|是很)?(?:知道|会|懂|清楚|记得|晓得|明白|了解|确定)|没(?:学过|背过|背|看过|复习|印象)"
    "|(?:记|想|答|背)不(?:得|清|起来|出来|出|上来|住)|忘(?:记|光|掉)?|不详|跳过|放弃|略过?|idk|dontknow|noidea"
    ")(?:了|啊|呀|哦|呢|吧|答案|这(?:道|个)?题)*"
)


def admitted(text: str) -> bool:
    """Does the text say that its writer does not know?"""
    return _ADMISSION.fullmatch(plain(text)) is not None
