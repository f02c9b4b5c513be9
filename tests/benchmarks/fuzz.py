"""Damaged and arbitrary input for everything that reads: `python tests/benchmarks/fuzz.py [TARGET …]`.

With atheris (`pip install atheris`) an input that reaches new code is kept and changed further; without it
the same changes are tried blindly. Each target has a process of its own, for `--seconds` (60) times its
share. Exits with 1 if anything was found: the input then lies in `--keep` (a temporary folder), and
`fuzz.py TARGET --replay FILE` tries it again. Pytest does not collect this.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from fuzz_mutation import mutated

if TYPE_CHECKING:
    from fuzz_targets import Target

LONGEST = 20_000  # bytes of an input
SLOWEST = 2.0  # seconds for it
WATCHED = 5  # times as slow is the code while its branches are counted
LARGEST = 600  # megabytes by which the process may grow
WARM = 200  # inputs after which caches are filled and libraries loaded
FLAGS = ("-timeout=300", "-rss_limit_mb=3000", "-verbosity=0", "-len_control=0")


def targets() -> Mapping[str, Target]:
    """Loaded late: code that is loaded before it is watched would not be watched."""
    from fuzz_targets import TARGETS  # noqa: PLC0415

    return TARGETS


class TooSlow(BaseException):
    """Not an Exception: nothing may catch it on the way."""


def ring(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


class Hunt:
    """Tries inputs of one target until its time is over; keeps one input for each place that fails."""

    def __init__(self, name: str, keep: Path, seconds: float, patience: float) -> None:
        self.name, self.keep, self.patience = name, keep, patience
        self.target = targets()[name]
        self.until = time.monotonic() + seconds
        self.tried, self.size = 0, 0.0
        self.found: dict[str, Path] = {}
        signal.signal(signal.SIGPROF, ring)

    def attempt(self, data: bytes) -> None:
        self.tried += 1
        if self.tried == WARM:
            self.size = megabytes()
        signal.setitimer(signal.ITIMER_PROF, self.patience)
        try:
            self.target.check(data)
        except TooSlow:
            self.note(data, "slow", "")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self.note(data, place_of(error), traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if time.monotonic() > self.until:
            self.end()

    def note(self, data: bytes, place: str, story: str) -> None:
        if place in self.found:
            return
        path = self.keep / f"{self.name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(f"{place}\n{story}", encoding="utf-8")
        self.found[place] = path
        last = story.strip().rpartition("\n")[2][:150]
        sys.stdout.write(f"  {place}: {last}\n    {path}\n")

    def end(self) -> None:
        """Says how it went; the process ends here, because libFuzzer never returns."""
        growth = megabytes() - self.size if self.size else 0.0
        if growth > LARGEST:
            self.note(b"", f"grew by {growth:.0f} MB", "")
        spent = sum(os.times()[:2])
        figures = f"{self.tried:9} tried {spent:7.0f} s of CPU {growth:+6.0f} MB"
        sys.stdout.write(f"{self.name:14}{figures}  {len(self.found)} found\n")
        sys.stdout.flush()
        os._exit(1 if self.found else 0)


def place_of(error: BaseException) -> str:
    """The error, and the line of ours it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/studytool/" in frame.filename] or frames
    return f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def megabytes() -> float:
    """What the process takes of the memory, where the system says so."""
    said = Path("/proc/self/statm")
    return int(said.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if said.exists() else 0.0


def hunt(name: str, keep: Path, seconds: float) -> None:
    """Runs one target in this process."""
    try:
        import atheris  # noqa: PLC0415
    except ImportError:
        hunt_blindly(name, keep, seconds)
    else:
        # Never left again: some modules are loaded by the first input that needs them.
        atheris.instrument_imports(include=["studytool"], enable_loader_override=False).__enter__()
        hunt_watching(atheris, name, keep, seconds)


def hunt_watching(atheris: Any, name: str, keep: Path, seconds: float) -> None:
    hunted = Hunt(name, keep, seconds, SLOWEST * WATCHED)
    corpus = keep / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    longest = LONGEST
    for data in hunted.target.seeds():
        hunted.attempt(data)
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        longest = max(longest, 3 * len(data))

    def change(data: bytes, size: int, seed: int) -> bytes:
        return mutated(data, seed, size, atheris.Mutate)

    words = [sys.argv[0], f"-max_len={longest}", f"-artifact_prefix={keep}/", *FLAGS, str(corpus)]
    atheris.Setup(words, hunted.attempt, custom_mutator=change)
    atheris.Fuzz()


def hunt_blindly(name: str, keep: Path, seconds: float) -> None:
    hunted = Hunt(name, keep, seconds, SLOWEST)
    sound = list(hunted.target.seeds())
    for data in sound:
        hunted.attempt(data)
    for seed in range(10**9):
        data = sound[seed % len(sound)]
        hunted.attempt(mutated(data, seed, max(LONGEST, 3 * len(data))))


def replay(name: str, path: Path) -> int:
    """Tries one input with nobody watching, to see what went wrong or how long it takes."""
    check = targets()[name].check
    started = time.process_time()
    check(path.read_bytes())
    spent = time.process_time() - started
    sys.stdout.write(f"{path}: {spent:.2f} s\n")
    return int(spent > SLOWEST)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="without one, all of fuzz_targets.py")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "studytool-fuzz")
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.keep.mkdir(parents=True, exist_ok=True)
    if given.here:
        hunt(given.targets[0], given.keep, given.seconds)
    names = given.targets or list(targets())
    if unknown := set(names) - targets().keys():
        parser.error(f"no target {', '.join(unknown)}; there are: {' '.join(targets())}")
    if given.replay:
        return replay(names[0], given.replay)
    return max(in_a_process_of_its_own(name, given) for name in names)


def in_a_process_of_its_own(name: str, given: argparse.Namespace) -> int:
    seconds = given.seconds * targets()[name].share
    words = [sys.executable, __file__, name, "--here", f"--keep={given.keep}", f"--seconds={seconds}"]
    return int(subprocess.run(words, check=False, stderr=subprocess.DEVNULL).returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
