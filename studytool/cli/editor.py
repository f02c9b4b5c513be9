"""A text -> the text as the person's own editor leaves it: $VISUAL, $EDITOR, or what the system has."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

from studytool.cli.reading import text_of
from studytool.errors import StudyError
from studytool.passing import passing_folder

USUAL = "notepad" if sys.platform == "win32" else "vi"


def in_editor(text: str) -> str | None:
    """The text as it was saved; None where it was not touched."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or USUAL
    with passing_folder() as folder:
        file = folder / "试题.txt"
        file.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(command, posix=os.name == "posix"), str(file)], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise StudyError(f"编辑器 {command} 没有正常结束：请设置环境变量 EDITOR，或按 e 修改") from error
        saved = text_of(file, "编辑器存下的")
    return None if saved == text else saved
