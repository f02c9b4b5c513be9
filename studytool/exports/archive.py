"""Named members -> the bytes of a zip archive; the same members always give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
_READABLE = 0o644 << 16
_UNIX = 3  # else the system that packs would show in the bytes


class Gathered:
    """Takes what openpyxl would write into a ZipFile, and has its names. A ZipFile itself would stamp it
    with the time of day, and refuses a clock set before 1980."""

    def __init__(self) -> None:
        self.members: list[tuple[str, bytes]] = []

    def writestr(self, name: str, data: bytes | str) -> None:
        """One member."""
        self.members.append((name, data.encode() if isinstance(data, str) else data))

    def namelist(self) -> list[str]:
        """The names of the members so far."""
        return [name for name, _ in self.members]

    def close(self) -> None:
        """Nothing is open."""


def packed(members: Iterable[tuple[str, bytes]], level: int | None = None) -> bytes:
    """A zip archive of the members in the order given, packed with this level of zlib's (1–9)."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in members:
            info = ZipInfo(name, _NO_DATE)
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, _READABLE, _UNIX
            archive.writestr(info, data, compresslevel=level)
    return target.getvalue()
