"""The Chinese names of the things on the screen, and the letters of options."""

from __future__ import annotations

from studytool.model.names import ASKS, KINDS, STATUSES

__all__ = ["ASKS", "KINDS", "LETTERS", "STATUSES"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
