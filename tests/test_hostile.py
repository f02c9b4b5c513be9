"""A batch with everything bad in it, from the command line: one line each, and the good goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

PROSE = "全市上下坚持稳中求进，推动高质量发展取得新成效，居民人均可支配收入增长5.2%。\n"
FIXTURES = Path(__file__).parent / "fixtures" / "sources"

BAD = {
    "broken.pdf": (FIXTURES / "bulletin.pdf").read_bytes()[:3000],
    "locked.pdf": (FIXTURES / "locked.pdf").read_bytes(),
    "half.docx": (FIXTURES / "regulation.docx").read_bytes()[:4000],
    "deep.html": b"<div>" * 100_000 + PROSE.encode(),
    "deep.json": b"[" * 100_000,
    "nul.txt": PROSE.encode() + b"\0\0\0",
    "mixed.txt": PROSE.encode() + PROSE.encode("gb18030") + PROSE.encode(),
    "empty.txt": b"",
}


def test_bad_files_are_one_line_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "文献"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    with (folder / "huge.txt").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)  # takes no room on the disk
        stream.seek(0)
        stream.write(PROSE.encode())
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b" " * 30_000_000)
    (folder / "good.txt").write_text(PROSE * 3, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "build", str(folder), "--json"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "STUDYTOOL_DB": str(tmp_path / "bank.db")},
        check=False,
        timeout=60,
    )
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert report["documents"] == report["articles"] == 1
    skipped = {Path(one["path"]).name for one in report["skipped"]}
    assert skipped == {*BAD, "huge.txt", "bomb.txt"}
    assert len(done.stderr.splitlines()) == len(skipped)
    assert all("；请" in line for line in done.stderr.splitlines())
