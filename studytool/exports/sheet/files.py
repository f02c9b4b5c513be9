"""Sheet -> the files to write: papers, key and manifest, in the format the name's suffix asks for.

The surprising decision: one version goes into one file with its key on pages of its own; several
versions get a file each and a file for the key, because they are copied and handed out apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import PurePath

from studytool.errors import StudyError
from studytool.exports.sheet.key import KeyPages, key_pages
from studytool.exports.sheet.manifest import manifest
from studytool.exports.sheet.pages import Paper, paper
from studytool.exports.sheet.paper import Sheet
from studytool.exports.sheet.versions import versions

# suffix: the module that sets papers in its format, loaded when first needed.
_SETTERS = {".pdf": "pdf", ".docx": "word", ".html": "web"}
SUFFIXES = tuple(_SETTERS)


def files(sheet: Sheet, out_name: str) -> Mapping[str, bytes]:
    """File name -> content. The first is what `out_name` stands for; the last is the manifest."""
    name = PurePath(out_name)
    suffix = name.suffix.lower()
    if suffix not in SUFFIXES:
        raise StudyError(f"“{out_name}”：不认识的格式；试卷可以写成 {'、'.join(SUFFIXES)} 文件")
    made = versions(sheet)
    key = key_pages(made)
    papers = [(version.name, paper(version)) for version in made]
    if len(papers) == 1:
        found = {out_name: render([papers[0][1]], key, suffix)}
    else:
        found = {
            str(name.with_stem(f"{name.stem}-{letter}")): render([one], None, suffix)
            for letter, one in papers
        }
        found[str(name.with_stem(f"{name.stem}-key"))] = render([], key, suffix)
    found[str(name.with_suffix(".json"))] = manifest(made)
    return found


def render(papers: Sequence[Paper], key: KeyPages | None, suffix: str) -> bytes:
    """The bytes of one file: some papers, the key behind them, or the key alone."""
    title = papers[0].title if papers else key.subtitle if key else ""
    setter = import_module(f"studytool.exports.sheet.{_SETTERS[suffix]}")
    content: bytes = setter.render(papers, key, title)
    return content
