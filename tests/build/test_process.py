"""What a build leaves to the process that it runs in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import clean_environment

# MkDocs loads hooks before it starts its plugins, and Python calls first what was asked for last.
HOOK = """
import atexit, gc

@atexit.register
def told():
    print("frozen" if gc.get_freeze_count() else "free")
"""
BY_HAND = """
import gc
from mkdocs.commands.build import build
from mkdocs.config import load_config

build(load_config("mkdocs.yml"))
build(load_config("mkdocs.yml"))
print("frozen" if gc.get_freeze_count() else "free")
"""
COMMAND = ("-m", "mkdocs", "build", "--quiet")


@pytest.mark.parametrize(
    ("command", "is_enabled", "expected"),
    [
        (COMMAND, "true", "frozen"),  # as it ends, Python looks for nothing that may go
        (COMMAND, "false", "free"),
        (("-c", BY_HAND), "true", "free"),  # this process has more to do, and wants its memory
    ],
    ids=["command", "not enabled", "by hand"],
)
def test_memory_is_left_to_the_end_of_the_process(
    tmp_path: Path, command: tuple[str, ...], is_enabled: str, expected: str
) -> None:
    config = f"site_name: S\nplugins:\n  - anp:\n      enabled: {is_enabled}\n"
    if command is COMMAND:
        (tmp_path / "hook.py").write_text(HOOK, "utf-8")
        config += "hooks: [hook.py]\n"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("---\npost_meta: {topic: A}\n---\n# A\n", "utf-8")
    done = subprocess.run(
        [sys.executable, *command],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [expected]
