"""What the benchmarks share: two builds timed in turn, and the line of JSON they print.

Two builds are compared within one run, pair by pair, because machines change their speed from
second to second: both take turns, some pages at a time (see `turns`). The figures are those of the
operating system for the whole process. Each pair begins with the other build than the one before
it, and has a hash seed of its own, since with another one the same build may take some hundredths
more or less.
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
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mkdocs_anp
from tests.benchmarks import turns
from tests.checkout import ROOT

MKDOCS_ANP = (sys.executable, "-m", "mkdocs_anp.cli")

_BUILD = (sys.executable, "-m", "tests.benchmarks.turns", "build", "--quiet")

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


def run(command: Sequence[str], directory: Path) -> Run:
    """Run a command to its end and return what it took.

    Raises:
        RuntimeError: The command failed; the message has what it printed.
    """
    with _Started(command, directory, {}) as started:
        return started.ended()


class _Started:
    """A command that runs."""

    def __init__(
        self,
        command: Sequence[str],
        directory: Path,
        environment: Mapping[str, str],
        pipes: Sequence[int] = (),
    ) -> None:
        self._command = command
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `__exit__`)
        self._process = subprocess.Popen(
            command,
            cwd=directory,
            stdout=self._output,
            stderr=self._output,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            pass_fds=pipes,
        )

    def __enter__(self) -> _Started:
        return self

    def __exit__(self, *_: object) -> None:
        self._output.close()
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()

    def ended(self) -> Run:
        """Wait for its end and return what it took."""
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode:
            self._output.seek(0)
            raise RuntimeError(f"{self._command}: {self._output.read().decode(errors='replace')}")
        return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)


def in_turn(first: Path, second: Path, directory: Path, pairs: int) -> tuple[list[Run], list[Run]]:
    """Build two sites in turn, each once unmeasured, and return what each build took.

    Args:
        first, second: The configurations of the sites, both with the hook `turns.HOOK`.
        directory: Where the builds run.
        pairs: How many builds of each.
    """
    compile_package()
    if pairs > 1:  # a single pair is that of a site so large that warming up would take longer
        _pair(first, second, directory, 0)
    runs: tuple[list[Run], list[Run]] = ([], [])
    for number in range(pairs):
        # Neither is always the first.
        order = (0, 1) if number % 2 == 0 else (1, 0)
        configs = [(first, second)[which] for which in order]
        for which, taken in zip(order, _pair(*configs, directory, number + 1), strict=True):
            runs[which].append(taken)
    return runs


def _pair(first: Path, second: Path, directory: Path, hash_seed: int) -> tuple[Run, Run]:
    """Build two sites that take turns, the first one first, and return what each took."""
    pipes = [os.pipe(), os.pipe()]
    os.write(pipes[0][1], b".")  # the first turn
    with ExitStack() as stack:
        builds = []
        for number, config in enumerate((first, second)):
            mine, others = pipes[number][0], pipes[1 - number][1]
            environment = {
                turns.MINE: str(mine),
                turns.OTHERS: str(others),
                "PYTHONHASHSEED": str(hash_seed),
                "PYTHONPATH": str(ROOT),
            }
            command = [*_BUILD, "--config-file", str(config)]
            builds.append(_Started(command, directory, environment, (mine, others)))
            stack.enter_context(builds[-1])
        for pipe in pipes:  # the builds have them now, and only the other one may keep one open
            for end in pipe:
                os.close(end)
        one, other = (build.ended() for build in builds)
        return one, other


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
