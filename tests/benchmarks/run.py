"""All benchmarks, each a ratio within one run: `python tests/benchmarks/run.py [NAME …]`.

Exits with 1 if one is missed. They take some minutes and want the machine to themselves;
Pytest does not collect them.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from ratios import BENCHMARKS, Benchmark


def take(benchmark: Benchmark, scratch: Path) -> bool:
    """Measure, say how it went; does it hold?"""
    pairs = [benchmark.measure(scratch) for _ in range(benchmark.times)]
    ratio = statistics.median(pair.ours / pair.theirs for pair in pairs)
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    verdict = "holds" if ratio <= benchmark.goal else "MISSED"
    sys.stdout.write(
        f"{benchmark.name:18} {ratio:8.3f}  at most {benchmark.goal:.2f}  {verdict:6}"
        f"  ({ours:.4f} against {theirs:.4f}, {benchmark.times} times)\n"
    )
    sys.stdout.flush()
    return ratio <= benchmark.goal


def main() -> None:
    wanted = sys.argv[1:] or [benchmark.name for benchmark in BENCHMARKS]
    known = {benchmark.name: benchmark for benchmark in BENCHMARKS}
    if unknown := set(wanted) - known.keys():
        sys.exit(f"no benchmark {', '.join(unknown)}; there are: {' '.join(known)}")
    # What is installed has been compiled, theirs and ours: a checkout is to be, too.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as scratch:
        held = [take(known[name], Path(scratch)) for name in wanted]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
