"""How much is taken of what comes from outside: bytes of a file, characters of a line, numbers of options.

More than this is a mistake or an attack: it would take all of the memory, or not fit into the bank.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024
LARGEST = 256 * MEGABYTE  # of any file
LARGEST_NOTE = 16 * MEGABYTE  # of a file written by hand: settings, a recipe, sources.toml
# Characters of a sentence. The longest of real papers have some six hundred; what is longer was never
# written to be read, and would be looked through for hours.
LONGEST_SENTENCE = 2000
LONGEST_LINE = 100_000  # characters: a long document on one line

# Days of documents: beyond these years one is a slip, and beyond the calendar no day can be told.
FIRST_YEAR, LAST_YEAR = 1800, 2200

MOST = 1_000_000  # items, points, new ones a day
MOST_MINUTES = 1440  # a day
MOST_CORES = 1024
MOST_POINTS = 10_000  # that one question of a paper is worth
