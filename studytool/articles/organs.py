"""Text -> is it the name of an organ, or of several side by side: who issues papers and signs them.

The surprising decision: an organ is known by its last word alone, so whether a line that ends so is one
is for the caller to say, who knows where it stands.
"""

from __future__ import annotations

import re

# Those who study have written what stands above their name; those who govern have issued it.
_STUDY = "研究会|学会|协会|研究院|研究所|研究中心|党校|课题组|编写组|中心组|大学|学院|理论组"
_STUDIES = re.compile(rf"(?:{_STUDY})$")
_LAST = rf"局|厅|部|委员会|委|办公室|办公厅|政府|总队|调查队|联合会|总工会|法院|检察院|{_STUDY}"
# Above the title of a paper also these.
_LAST_OF_PAPER = rf"{_LAST}|领导小组"
# Below a text, above its day, also these: 河东市疾病预防控制中心.
_LAST_SIGNED = (
    rf"{_LAST}|中心|公司|集团|银行|常委会|[党工管村居]委会|党组|党工委|支部|小组|专班|[处署站校院会社]"
)
# What a meeting does may end as the name of an organ: 选举产生新一届委员会.
_DOES = "选举|产生|召开|成立|决定|通过|听取|审议|组建|推进|走进"
_ORGAN = rf"(?!{_DOES})[^，。、《》 ]{{2,24}}(?:{_LAST})|新华社|国务院"
_ORGANS = re.compile(rf"(?:{_ORGAN})(?: (?:{_ORGAN})){{0,3}}")
_SEAL = r"[（(](?:代?章|盖章|印章|公章|印)[）)]"
_SIGNED = re.compile(
    rf"(?P<organ>[^，。、；：！？《》“”（(\d]{{2,60}}(?:{_LAST_SIGNED})(?:(?!{_SEAL})（[^（）]{{1,10}}）)?|国务院)"
    rf"(?:{_SEAL})?"
)
_OF_PAPER = rf"[^，。、《》 ]{{2,24}}(?:{_LAST_OF_PAPER})|国务院"
_LETTERHEAD = re.compile(rf"(?P<organ>(?:{_OF_PAPER})(?: (?:{_OF_PAPER})){{0,3}})(?: ?文件)?")
# Who governs a place, and whose level a place shows by its first sign: 河东市人民政府, 中共河东市委.
_GOVERNS = re.compile(
    r"^中共.*委员会$|(?:人民政府|国务院|[省市县区州旗]委|人大常委会|代表大会.*委员会|中央|党组)$"
)
_PRINTS = re.compile(r"(?:[日晚晨早周时]报|新华[社网]|人民网|新闻网|政府网|在线|[电广]台|报社)$")
_UNIT = re.compile(r"(?:公司|集团|银行|中心|大学|学院|党校|支部|(?<!法|察)院|[站校社])$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(省|市(?!场)|县|区(?!域)|州|旗|乡(?!村)|镇)")


def is_organ(words: str) -> bool:
    """Is the line the name of an organ, or of several with spaces between them?"""
    return _ORGANS.fullmatch(words) is not None


def studies(organ: str) -> bool:
    """Does the organ study, and not govern?"""
    return _STUDIES.search(organ) is not None


def signed(words: str) -> str | None:
    """The organ a line names that stands where papers are signed, without the note of its seal."""
    match = _SIGNED.fullmatch(words)
    return match["organ"].strip() if match else None


def letterhead(words: str) -> str | None:
    """The organ whose red letterhead the line is: 中共滨河市委组织部文件, or its name alone."""
    match = _LETTERHEAD.fullmatch(words)
    return match["organ"] if match else None


def governs(organ: str) -> bool:
    """Does the organ govern a place, as governments and committees do, and not work in one field?"""
    return _GOVERNS.search(organ) is not None


def prints(organ: str) -> bool:
    """Is it a newspaper, an agency or a site, which has printed what others have issued?"""
    return _PRINTS.search(organ) is not None


def level(organ: str) -> tuple[str, str]:
    """What sort of organ it is, and of how great a place: those that issue together have the same."""
    sort = "governs" if governs(organ) else "unit" if _UNIT.search(organ) else "department"
    place = _PLACE.match(organ.removeprefix("中共"))
    return sort, place[1] if place else ""
