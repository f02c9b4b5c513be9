"""`studytool` and `python -m studytool`."""

import sys

INTERRUPTED = 130  # as `studytool.cli` has it, which is not loaded yet


def start() -> None:
    """Load the command line and run it; Ctrl-C before it is ready says nothing."""
    try:
        from studytool.cli import main  # noqa: PLC0415 - Ctrl-C while it loads is caught here

        main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    start()
