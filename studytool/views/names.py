"""The Chinese names of the things on the screen, and the letters of options."""

from __future__ import annotations

from string import ascii_uppercase

from studytool.model.names import ASKS, KINDS, STATUSES

__all__ = ["ASKS", "KINDS", "LETTERS", "STATUSES"]

LETTERS = ascii_uppercase
