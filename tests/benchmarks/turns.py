"""Runs `mkdocs build` so that it takes turns with another build, some pages at a time.

    python -m tests.benchmarks.turns build -f mkdocs.yml

A machine may get slower or faster for some seconds, by much more than the difference of two builds.
Here both make the same pages within a fraction of a second, on one core, each while the other one
waits: so it happens to both. This module starts the command line of MkDocs, and is also the hook
by which MkDocs tells of its pages.
"""

from __future__ import annotations

import os
import runpy
import sys
from itertools import count
from pathlib import Path
from typing import Any

MINE, OTHERS = "ANP_TURN_MINE", "ANP_TURN_OTHERS"
"""Variables of the environment: the pipes through which a turn comes, and is given to the other."""
HOOK = str(Path(__file__))
"""What stands under `hooks` in the configuration of both builds."""

_PAGES = 25
"""How many pages are made in a turn, in about a tenth of a second."""
_numbers = count(1)


def wait() -> None:
    """Wait for a turn; when the other build has ended, the pipe is at its end, too."""
    if MINE in os.environ:
        os.read(int(os.environ[MINE]), 1)


def _count_page() -> None:
    if MINE in os.environ and next(_numbers) % _PAGES == 0:
        try:
            os.write(int(os.environ[OTHERS]), b".")
        except BrokenPipeError:  # the other build has ended
            return
        wait()


def on_page_markdown(markdown: str, **_: Any) -> None:
    """Count a page that is read."""
    _count_page()


def on_page_context(context: Any, **_: Any) -> None:
    """Count a page that is printed."""
    _count_page()


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    wait()
    sys.argv[0] = "mkdocs"
    runpy.run_module("mkdocs", run_name="__main__")
