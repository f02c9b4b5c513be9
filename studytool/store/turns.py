"""Taking turns at the one lock of a bank: nobody waits long for it, however many write.

SQLite's own way of waiting sleeps the longer the longer one has waited, and who has just let go of the lock
and asks again has it at once: of eight who wrote without a pause, some got no turn for ten seconds. So who
waits asks every few milliseconds; and who goes on writing lets go for longer than that, after every
transaction where others are known to write too, else after a stretch of them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

ASK_AGAIN = 0.002
PAUSE = 0.003  # longer than anybody who waits sleeps
STRETCH = 0.1  # one may write so long without a pause where nobody is known to wait
REMEMBERED = 1.0  # so long after having waited, others are expected to wait


@dataclass(slots=True)
class Turns:
    """When one connection has written and waited, in seconds of a clock that only goes forward."""

    began: float = 0.0
    ended: float = 0.0
    held: float = 0.0  # since the last pause
    waited: float = -REMEMBERED

    def wait(self) -> None:
        """The lock is taken: sleep a little before asking again."""
        self.waited = time.monotonic()
        time.sleep(ASK_AGAIN)

    def give_way(self) -> None:
        """Before a transaction: let those who wait come first, if it is their turn."""
        now = time.monotonic()
        idle = now - self.ended
        if idle < PAUSE and (now - self.waited < REMEMBERED or self.held >= STRETCH):
            time.sleep(PAUSE - idle)
            idle = PAUSE
        if idle >= PAUSE:
            self.held = 0.0

    def begin(self) -> None:
        """The lock is ours."""
        self.began = time.monotonic()

    def end(self) -> None:
        """The lock has been let go."""
        self.ended = time.monotonic()
        self.held += self.ended - self.began
