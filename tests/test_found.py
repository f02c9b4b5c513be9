"""What fuzzing has found stays found; and every target of tests/benchmarks/fuzz.py can be aimed at."""

from __future__ import annotations

import tomllib
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "fixtures" / "bad_input" / "found.toml").read_text(encoding="utf-8"))["case"]
# fmt: off
NAMES = (
    "harvest", "marking", "list", "docx", "pdf", "html", "txt", "md", "csv", "json", "explain", "schedule",
    "import-jsonl", "import-csv", "import-xlsx", "import-gift", "import-moodle", "import-qti", "import-md",
    "template", "bank", "notes", "anki", "anki-fields", "edited-text", "answers", "manifest", "report",
    "settings", "recipe",
)
# fmt: on


@pytest.fixture
def fuzzing(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(HERE / "benchmarks")
    return import_module("fuzz_targets")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_what_was_found_is_mended(case: dict[str, Any], fuzzing: ModuleType) -> None:
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    times = case.get("times", 1)
    whole = data + case["then"].encode() * times if "then" in case else data * times
    fuzzing.TARGETS[case["target"]].check(whole)


def test_every_target_is_tried_here(fuzzing: ModuleType) -> None:
    assert set(NAMES) == set(fuzzing.TARGETS)


@pytest.mark.parametrize("name", NAMES)
def test_sound_and_slightly_damaged_input_holds(name: str, fuzzing: ModuleType) -> None:
    mutated = import_module("fuzz_mutation").mutated
    for sound in islice(fuzzing.TARGETS[name].seeds(), 2):
        fuzzing.TARGETS[name].check(sound)
        for seed in range(3):
            fuzzing.TARGETS[name].check(mutated(sound, seed, 3 * len(sound)))
