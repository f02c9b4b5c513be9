"""Errors a person can do something about; everything else is a bug and keeps its traceback."""

import errno

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # what a disk answers that has no room for more


class StudyError(Exception):
    """The call or the input is wrong. The message is one line: what, which thing, the remedy."""

    exit_code = 2

    def __str__(self) -> str:
        """The message, on one line also where what it quotes of a file has several."""
        return " ".join(super().__str__().split())


class UnreadableSource(StudyError):
    """A file that cannot be taken in; the rest of its batch goes on."""


class DamagedBank(StudyError):
    """The file of the bank cannot be read, or not to its end."""


class WorkFailed(StudyError):
    """The call was right but the work could not be finished."""

    exit_code = 1
