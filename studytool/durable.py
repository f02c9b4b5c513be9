"""What makes a written file last: where the power fails, a disk may have kept its new name and not its bytes.

Some systems know no such thing as the end of a write to a folder; there nothing is done, and nothing said.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def write(stream: BinaryIO, data: bytes) -> None:
    """Write the bytes, and wait until the disk has them."""
    stream.write(data)
    settle(stream)


def settle(stream: BinaryIO) -> None:
    """Wait until the disk has all that was written."""
    stream.flush()
    os.fsync(stream.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder as they are now."""
    with suppress(OSError):  # Windows opens no folders, and some disks settle none
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
