"""Full OFL fonts -> the three small ones in studytool/data/fonts that printed sheets are set in.

    python tests/tools/subset_fonts.py FONTS_FOLDER UNIHAN_OTHER_MAPPINGS [OUT_FOLDER]

FONTS_FOLDER holds NotoSerifCJK-Regular.ttc, NotoSansCJK-Regular.ttc (Noto CJK) and
LXGWWenKai-Regular.ttf; UNIHAN_OTHER_MAPPINGS is Unicode's Unihan_OtherMappings.txt, whose kTGH marks
the 8,105 characters of 通用规范汉字表. Needs fonttools. Run by hand when the fonts change.

The surprising decision: the results are renamed (“Studytool Song/Hei/Kai”), because the OFL reserves
the name LXGW for unchanged fonts, and so that no font of the system can be taken for ours.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont


class Cut(NamedTuple):
    """One font to make: from which file (and face of a collection), under which name."""

    source: str
    face: int
    family: str
    target: str
    rare: bool  # with 通用规范汉字表? Kai, the largest, leaves its rare characters to Song


SIMPLIFIED_CHINESE = 2  # the SC face in the Noto CJK collections
CUTS = (
    Cut("NotoSerifCJK-Regular.ttc", SIMPLIFIED_CHINESE, "Studytool Song", "StudytoolSong-Regular.otf", True),
    Cut("NotoSansCJK-Regular.ttc", SIMPLIFIED_CHINESE, "Studytool Hei", "StudytoolHei-Regular.otf", True),
    Cut("LXGWWenKai-Regular.ttf", 0, "Studytool Kai", "StudytoolKai-Regular.ttf", False),
)

# Beyond Hanzi: what Chinese documents and their scans hold.
SYMBOL_BLOCKS = (
    (0x0020, 0x007E, "ASCII"),
    (0x00A0, 0x00FF, "Latin-1: · × ÷ ° ±"),
    (0x0100, 0x017F, "Latin letters of foreign names"),
    (0x01CD, 0x01DC, "pinyin with tones"),
    (0x0391, 0x03C9, "Greek"),
    (0x0401, 0x0451, "Cyrillic"),
    (0x2010, 0x2027, "dashes, quotation marks, …"),
    (0x2030, 0x203B, "‰ ′ ″ ※"),
    (0x20AC, 0x20AC, "€"),
    (0x2103, 0x2122, "℃ № ™"),
    (0x2150, 0x217F, "fractions and Roman numerals"),
    (0x2190, 0x2199, "arrows"),
    (0x2200, 0x22A5, "mathematical signs: √ ∞ ≈ ≤ ≥"),
    (0x2460, 0x24FF, "① ⑴ ⒈ Ⓐ"),
    (0x2500, 0x254B, "box drawing"),
    (0x2588, 0x2612, "■ □ ▲ ◆ ○ ● ★ ☆ ☑ ☒"),
    (0x2640, 0x2642, "♀ ♂"),
    (0x2713, 0x2718, "✓ ✔ ✗ ✘"),
    (0x2776, 0x2793, "❶ ➀"),
    (0x3000, 0x30FF, "Chinese punctuation, 〇, kana"),
    (0x3105, 0x312F, "zhuyin"),
    (0x3220, 0x3243, "㈠"),
    (0x3280, 0x32B0, "㊀"),
    (0x338E, 0x33D5, "㎏ ㎡ ㎞"),
    (0xFE30, 0xFE4F, "vertical punctuation"),
    (0xFF01, 0xFFE6, "full-width forms"),
)


def common() -> set[int]:
    """GB 2312 and the symbol blocks: what nearly all text is made of."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    gb2312 = {ord(char) for pair in pairs for char in pair.decode("gb2312", errors="ignore")}
    symbols = {code for first, last, _ in SYMBOL_BLOCKS for code in range(first, last + 1)}
    return gb2312 | symbols


def standard(unihan: Path) -> set[int]:
    """通用规范汉字表: with the rare characters of persons and places."""
    rows = (line.split("\t") for line in unihan.read_text(encoding="utf-8").splitlines())
    return {int(row[0][2:], 16) for row in rows if row[0].startswith("U+") and row[1] == "kTGH"}


def rename(font: TTFont, family: str) -> None:
    """Give the font its own family name; the copyright and licence records stay."""
    postscript = family.replace(" ", "") + "-Regular"
    names = {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, family


def make(cut: Cut, sources: Path, codes: set[int], out: Path) -> set[int]:
    """Write one font; the characters it has."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]  # locl would bring the Japanese, Korean and Taiwanese forms along
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG", "VVAR"]
    options.name_IDs, options.name_languages = ["*"], ["*"]
    options.font_number = cut.face
    font = subset.load_font(str(sources / cut.source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    rename(font, cut.family)
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.recalcTimestamp = False
    subset.save_font(font, str(out / cut.target), options)
    return set(font.getBestCmap())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fonts", type=Path)
    parser.add_argument("unihan", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path("studytool/data/fonts"))
    call = parser.parse_args()
    rare = standard(call.unihan)
    cuts = [make(cut, call.fonts, common() | (rare if cut.rare else set()), call.out) for cut in CUTS]
    covered = set().union(*cuts)
    printable = "".join(chr(code) for code in sorted(covered) if code > 0x20 and code != 0xA0)
    lines = [printable[at : at + 100] for at in range(0, len(printable), 100)]
    (call.out / "characters.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"{len(covered)} characters\n")


if __name__ == "__main__":
    main()
