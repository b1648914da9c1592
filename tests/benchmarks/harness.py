"""What the benchmarks share: two commands timed in turn, and the line of JSON they print.

Two commands are compared within one run, pair by pair, because machines change their speed from
minute to minute; the figures are those of the operating system for the whole process. Each pair
begins with the other command than the one before it, so that a machine that gets slower or faster
does both the same harm; and each has a hash seed of its own, since with another one the same build
may take some hundredths more or less.
"""

from __future__ import annotations

import compileall
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mkdocs_anp

MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
MKDOCS_ANP = (sys.executable, "-m", "mkdocs_anp.cli")

# ru_maxrss is in kilobytes, on macOS in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_PACKAGES = ("mkdocs-anp", "mkdocs", "mkdocs-material", "jinja2", "markdown", "pyyaml", "numpy")


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took.

    Attributes:
        cpu: Seconds, user and system.
        memory: Bytes that were resident at the peak.
    """

    cpu: float
    memory: int


def run(command: Sequence[str], directory: Path, hash_seed: int | None = None) -> Run:
    """Run a command to its end and return what it took.

    Args:
        command: The command.
        directory: Where it runs.
        hash_seed: By which Python orders sets and places the keys of dicts; None for any.

    Raises:
        RuntimeError: The command failed; the message has what it printed.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    if hash_seed is not None:
        environment["PYTHONHASHSEED"] = str(hash_seed)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=directory, stdout=output, stderr=output, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{command}: {output.read().decode(errors='replace')}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)


def in_turn(
    first: Sequence[str], second: Sequence[str], directory: Path, pairs: int
) -> tuple[list[Run], list[Run]]:
    """Run two commands in turn, each once unmeasured, and return what each run took."""
    compile_package()
    if pairs > 1:  # a single pair is that of a site so large that warming up would take longer
        run(first, directory)
        run(second, directory)
    runs: tuple[list[Run], list[Run]] = ([], [])
    for number in range(pairs):
        order = (0, 1) if number % 2 == 0 else (1, 0)  # neither is always the first
        for which in order:
            runs[which].append(run((first, second)[which], directory, hash_seed=number + 1))
    return runs


def compile_package() -> None:
    """Compile all modules of the plugin, as pip does where it installs it.

    A checkout has what an earlier run has left, which is nothing where Python is told to write no
    bytecode; MkDocs and its theme, which pip has installed, have theirs.
    """
    compileall.compile_dir(str(Path(mkdocs_anp.__file__).parent), quiet=1)


def spread(values: Sequence[float], digits: int = 3) -> dict[str, float]:
    """Return median, least and largest of some figures."""
    figures = {"median": statistics.median(values), "min": min(values), "max": max(values)}
    return {name: round(value, digits) for name, value in figures.items()}


def compare(first: Sequence[Run], second: Sequence[Run]) -> dict[str, Any]:
    """Return the figures of two commands that ran in turn, and their ratio.

    `ratio` is that of each pair. `ratio_of_least` is the least CPU time of the first command over
    the least of the second: what else a machine does can only add to a time, so the least of many
    is nearest to the work itself.
    """
    least = [min(r.cpu for r in runs) for runs in (first, second)]
    return {
        "ratio": spread([a.cpu / b.cpu for a, b in zip(first, second, strict=True)]),
        "ratio_of_least": round(least[0] / least[1], 3),
        "cpu_seconds": [spread([r.cpu for r in runs]) for runs in (first, second)],
        "peak_megabytes": [
            round(statistics.median(r.memory for r in runs) / 1e6, 1) for runs in (first, second)
        ],
    }


def in_memory() -> str | None:
    """Return a folder whose files are in memory, None where there is none.

    What a disk takes to write a thousand files changes more than all that is compared here.
    """
    folder = Path("/dev/shm")
    return str(folder) if os.access(folder, os.W_OK) else None


def bytes_in(directory: Path) -> int:
    """Return the size of all files below a directory."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def report(name: str, settings: Mapping[str, Any], figures: Mapping[str, Any]) -> None:
    """Print one line of JSON: what ran, on what, and its figures."""
    line = {
        "benchmark": name,
        **settings,
        **figures,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": {package: version(package) for package in _PACKAGES},
    }
    sys.stdout.write(f"{json.dumps(line)}\n")
