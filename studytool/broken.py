"""What the libraries raise, and say, of files that are not what they say: found by changing bytes at random.

Apart from `errors`, because naming zipfile's errors loads zipfile, and every start loads `errors`.
"""

from __future__ import annotations

import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

# What zipfile raises on an archive that is damaged, encrypted or packed in an unknown way.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip

# What is raised besides by the libraries that read the XML in it, openpyxl and python-docx among them;
# lxml's syntax error is Python's.
BROKEN_PACKAGE = (*BROKEN_ARCHIVE, SyntaxError, LookupError, TypeError, AttributeError)


@contextmanager
def unheard() -> Iterator[None]:
    """Within it nobody hears what a library warns of, or prints (openpyxl does: “0 is out of range”): of a
    broken file people are told one line, and of parts a library does not know nothing."""
    with warnings.catch_warnings(action="ignore"), redirect_stdout(StringIO()):
        yield
