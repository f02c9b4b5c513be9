"""Deck -> the bytes of a file another program reads. Importing this loads no exporter and no library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, cast

from studytool.errors import StudyError
from studytool.exports.deck import Deck, Exported, prepared

__all__ = ["EXPORTERS", "WITHDRAWN", "Deck", "Exported", "Exporter", "check_suffix", "export", "exporter"]


class Exporter(NamedTuple):
    """A format: its name for people, the usual end of its files' names, the module whose `export` writes it.

    `verbatim` formats can hold any item and any character, so nothing is checked or cleaned for them."""

    title: str
    suffix: str
    module: str
    verbatim: bool = False


EXPORTERS: Mapping[str, Exporter] = {
    "anki": Exporter("Anki 牌组", ".apkg", "studytool.exports.anki"),
    "jsonl": Exporter("JSON Lines，每行一题", ".jsonl", "studytool.exports.jsonl", verbatim=True),
    "html": Exporter("练习网页，手机和投影都能用", ".html", "studytool.exports.page"),
    "md": Exporter("Markdown 文稿", ".md", "studytool.exports.markdown"),
    "xlsx": Exporter("Excel 题库表", ".xlsx", "studytool.exports.xlsx"),
    "csv": Exporter("CSV 题库表", ".csv", "studytool.exports.csv"),
    "kaoshibao": Exporter("考试宝导入表", ".xlsx", "studytool.exports.kaoshibao"),
    "moodle": Exporter("Moodle XML 题库", ".xml", "studytool.exports.moodle"),
    "gift": Exporter("Moodle GIFT 题库", ".gift", "studytool.exports.gift"),
    "qti": Exporter("QTI 2.1 题库", ".zip", "studytool.exports.qti"),
}

WITHDRAWN = ".已撤回.txt"  # the end of the name of the text beside a deck that tells what was withdrawn


def exporter(name: str) -> Exporter:
    """The format called `name`."""
    if name not in EXPORTERS:
        raise StudyError(f"没有“{name}”这种导出格式，可用的有：{'、'.join(EXPORTERS)}。")
    return EXPORTERS[name]


# What other commands write: nothing that is exported can be opened under such a name.
_OF_OTHERS = {".pdf": "studytool sheet", ".docx": "studytool sheet", ".xls": "studytool export xlsx"}


def check_suffix(name: str, output: str) -> None:
    """Raise StudyError where the ending of a file's name promises another format: nothing would open it."""
    suffix, own = PurePath(output).suffix.lower(), exporter(name).suffix
    others = [f"studytool export {one}" for one, other in EXPORTERS.items() if other.suffix == suffix]
    remedy = " 或 ".join(others) or _OF_OTHERS.get(suffix)
    if suffix != own and remedy:
        renamed = output[: len(output) - len(suffix)] + own
        instead = "" if remedy == f"studytool export {name}" else f"，或改用 {remedy}"
        raise StudyError(f"{output}：export {name} 写的是 {own} 文件；请改写成 {renamed}{instead}")


def export(name: str, deck: Deck) -> Exported:
    """The deck as a file of the format called `name`; the same deck gives the same bytes."""
    chosen = exporter(name)
    unfit: Counter[str] = Counter()
    if not chosen.verbatim:
        deck, unfit = prepared(deck)
    write = cast("Callable[[Deck], Exported]", import_module(chosen.module).export)
    exported = write(deck)
    return exported._replace(
        left_out=unfit + Counter(exported.left_out), missing=unfit.total() + exported.missing
    )
