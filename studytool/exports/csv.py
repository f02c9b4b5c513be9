"""Deck -> our table as comma-separated values that spreadsheet programs open as text, in UTF-8 with a mark.

A cell that a spreadsheet would take for a formula gets an apostrophe in front; so does one that already
begins with apostrophes before such a sign, so that one apostrophe can always be taken off again.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

from studytool.exports.deck import Deck, Exported
from studytool.exports.table import header, rows

_FORMULA = re.compile("'*[=+\\-@\t]")


def export(deck: Deck) -> Exported:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(header(deck))
    for row in rows(deck):
        writer.writerow(f"'{cell}" if _FORMULA.match(cell) else cell for cell in row)
    return Exported(text.getvalue().encode("utf-8-sig"))
