"""The checkout that the tests stand in, and what lies in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Left by tools and builds: git ignores all of it, and a clone has none.
_NOT_OURS = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".cache", ".hypothesis", ".screenshots", "__pycache__", "site",
    "dist", "*.egg-info",
)  # fmt: skip


def copy_checkout(target: Path) -> Path:
    """Copy the checkout as a clone would be, with what is not committed yet."""
    return Path(shutil.copytree(ROOT, target, ignore=_NOT_OURS))


def readme_command(name: str) -> str:
    """Return a command of the README: the first code block after `<!-- command:name -->`."""
    readme = ROOT.joinpath("README.md").read_text(encoding="utf-8")
    pattern = rf"<!-- command:{name} -->\s*^(`{{3,}})[a-z]*\n(.*?)\n\1$"
    match = re.search(pattern, readme, re.MULTILINE | re.DOTALL)
    assert match, f"README.md has no code block after <!-- command:{name} -->"
    return match.group(2)


def run(
    *command: str | Path, cwd: Path, timeout: float = 300, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command; its whole output is in `stdout`."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean_environment(), **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )


def check_run(*command: str | Path, cwd: Path, timeout: float = 300, **env: str) -> str:
    """Run a command that has to succeed, and return its output."""
    done = run(*command, cwd=cwd, timeout=timeout, **env)
    assert done.returncode == 0, f"{command} exited with {done.returncode}:\n{done.stdout}"
    return done.stdout


def clean_environment() -> dict[str, str]:
    """Return the environment without what points a Python at other packages."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONWARNINGS"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8"}
