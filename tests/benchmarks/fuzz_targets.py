"""What is fuzzed, by name: the check, the material to begin with, and its share of the time.

Each check lets a StudyError pass in one line of Chinese, and nothing else; where more can be said of the
result (evidence stands in the source, the exact key is right, what is exported comes back), it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import fuzz_banks as banks
import fuzz_documents as documents
import fuzz_seeds as seeds
from fuzz_oracle import Check, refusing


class Target(NamedTuple):
    """Something that reads: how it is tried, and for how long compared with others."""

    check: Check
    seeds: Callable[[], Iterable[bytes]]
    share: int = 1


TARGETS: dict[str, Target] = {
    "harvest": Target(refusing(documents.harvest), seeds.prose, 6),
    "marking": Target(refusing(documents.marking), seeds.marked, 4),
    "list": Target(banks.importing("题.txt"), seeds.lists, 3),
    "docx": Target(documents.reading(".docx"), seeds.files("*.docx"), 3),
    "pdf": Target(documents.reading(".pdf"), seeds.files("*.pdf"), 3),
    "html": Target(documents.reading(".html"), seeds.files("*.html"), 2),
    "txt": Target(documents.reading(".txt"), seeds.encoded, 2),
    "md": Target(documents.reading(".md"), seeds.files("*.md")),
    "csv": Target(documents.reading(".csv"), seeds.files("*.csv")),
    "json": Target(documents.reading(".json"), seeds.files("*.json")),
    "explain": Target(refusing(documents.explain), seeds.prose, 2),
    "schedule": Target(refusing(documents.schedule), seeds.numbers),
    "import-jsonl": Target(banks.importing("题.jsonl"), seeds.exported("jsonl")),
    "import-csv": Target(banks.importing("题.csv"), seeds.exported("csv")),
    "import-xlsx": Target(banks.importing("题.xlsx"), seeds.exported("xlsx", "kaoshibao"), 3),
    "import-gift": Target(banks.importing("题.gift"), seeds.exported("gift")),
    "import-moodle": Target(banks.importing("题.xml"), seeds.exported("moodle"), 2),
    "import-qti": Target(banks.importing("题.zip"), seeds.exported("qti"), 2),
    "import-md": Target(banks.importing("题.md"), seeds.exported("md")),
    "template": Target(refusing(banks.template), seeds.exported("kaoshibao")),
    "bank": Target(refusing(banks.bank_file), seeds.bank_files, 2),
    "notes": Target(refusing(documents.notes), seeds.said),
    "anki": Target(refusing(banks.anki_file), seeds.exported("anki"), 2),
    "anki-fields": Target(refusing(banks.anki_fields), seeds.notes),
    "edited-text": Target(refusing(banks.edited_text), seeds.edited),
    "answers": Target(refusing(banks.answers), seeds.answers, 2),
    "manifest": Target(refusing(banks.manifest), seeds.manifests),
    "report": Target(refusing(banks.report), seeds.reports),
    "settings": Target(refusing(banks.wishes), seeds.settings),
    "recipe": Target(refusing(banks.recipe), seeds.recipes),
}
