"""Runs the benchmarks and writes their figures into README.md, between its two markers.

    python -m tests.benchmarks.readme
    python -m tests.benchmarks.readme --only "--count 20000 --pairs 3"

Takes half an hour, on a machine that does nothing else. The figures in README.md are never written
by hand. With `--only`, commands are run that have this text, and the figures of the others stay.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.checkout import ROOT

START, END = "<!-- benchmarks:start -->", "<!-- benchmarks:end -->"


def _alone(*features: str) -> tuple[str, ...]:
    """Return the options for the share of some features where no others are on.

    What the others take would only hide it: two builds of one site differ by some percent.
    """
    return "--features", *features, "--share", *features


BOX = ("--features", "meta_box", "glance")
IMAGES = ("image_credits", "structured_data")
OVERHEAD = (
    ("--count", "1000", "--pairs", "9", *BOX),
    ("--count", "5000", "--pairs", "3", *BOX),
    ("--count", "20000", "--pairs", "3", *BOX),
    ("--count", "1000", "--pairs", "3"),
    ("--count", "1000", "--pairs", "5", "--images", "2", "--features", *IMAGES),
    # A small share of the time, in builds that differ by more than that: it takes many pairs.
    ("--count", "1000", "--pairs", "21", "--images", "2", *_alone(*IMAGES)),
    ("--count", "1000", "--pairs", "5", *_alone("checklist")),
    ("--count", "1000", "--pairs", "3", "--share", "similar_posts"),
)
NAV = ("--count", "1000", "--pairs", "1", "--nav", "auto")
SYNTH = ("--count", "20000", "--pairs", "1")
LOADING = ("--count", "500", "--pairs", "9")


def measured(name: str, options: Sequence[str]) -> dict[str, Any]:
    """Run a benchmark and return the line that it prints."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *options]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def command(name: str, options: Sequence[str]) -> str:
    """Return the command that prints a line, as in the README."""
    return f"`python -m tests.benchmarks.{name} {' '.join(options)}`"


HEAD = (
    "| command | with / without, CPU | of the least | memory, MB | site, MB |",
    "| --- | --- | --- | --- | --- |",
)


def row(shown: str, line: Mapping[str, Any]) -> str:
    """Return the row of Markdown that says what two builds took."""
    ratio = line["ratio"]
    spread = f" ({ratio['min']} to {ratio['max']})" if line["pairs"] > 1 else ""
    memory, size = line["peak_megabytes"], line["site_megabytes"]
    return (
        f"| {shown} | {ratio['median']}{spread} | {line['ratio_of_least']} "
        f"| {memory[0]} / {memory[1]} | {size[0]:.0f} / {size[1]:.0f} |"
    )


def with_rows_of(text: str, only: str) -> str:
    """Return a section of the README, with the rows anew whose commands have a text.

    Raises:
        SystemExit: No command has it, or the section has no row of one that is not run.
    """
    builds = [("overhead", options) for options in (*OVERHEAD, NAV)]
    chosen = [build for build in builds if only in command(*build)]
    if not chosen:
        raise SystemExit(f"no command has the text {only!r}")
    before, _, others = text.partition(HEAD[-1])
    known = {line.split("|")[1].strip(): line for line in others.splitlines() if "|" in line}
    missing = [command(*b) for b in builds if b not in chosen and command(*b) not in known]
    if missing:
        raise SystemExit(f"never measured: {missing[0]}")
    rows = [
        row(command(*build), measured(*build)) if build in chosen else known[command(*build)]
        for build in builds
    ]
    after = others.rpartition("|\n")[2]
    return "\n".join([f"{before}{HEAD[-1]}", *rows, after])


def section() -> str:
    """Run all benchmarks and return what the README says of them."""
    builds = [("overhead", options) for options in (*OVERHEAD, NAV)]
    lines = [(command(*build), measured(*build)) for build in builds]
    synth, loading = measured("synth", SYNTH), measured("loading", LOADING)
    first = lines[0][1]
    versions = ", ".join(f"{name} {number}" for name, number in first["versions"].items())
    return "\n".join(
        [
            f"Measured on {date.today().isoformat()}, Python {first['python']}, {versions}.",
            "",
            *HEAD,
            *(row(*line) for line in lines),
            "",
            "The ratio is the median of the pairs of builds, with the least and the largest pair "
            "behind it; `of the least` is the least CPU time with the plugin over the least "
            "without it.",
            "",
            f"{command('synth', SYNTH)}: {synth['posts_per_second']['median']:,.0f} posts "
            f"a second, {synth['bytes_per_post']:,} bytes each, "
            f"{synth['peak_megabytes'][0]} MB of memory.",
            "",
            f"{command('loading', LOADING)}: the front matter of a post takes "
            f"{loading['ratio']['median']} ({loading['ratio']['min']} to "
            f"{loading['ratio']['max']}) of the time that MkDocs takes for it.",
        ]
    )


def write_between(path: Path, start: str, end: str, text: str) -> None:
    """Write a text between two markers of a file.

    Raises:
        SystemExit: A marker is missing.
    """
    before, found_start, rest = path.read_text("utf-8").partition(start)
    _, found_end, after = rest.partition(end)
    if not (found_start and found_end):
        raise SystemExit(f"{path.name}: {start} or {end} is missing")
    path.write_text(f"{before}{start}\n{text}\n{end}{after}", "utf-8")


def main() -> None:
    """Write the section into README.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.readme")
    parser.add_argument("--only", help="run the commands of builds that have this text")
    only = parser.parse_args().only
    path = ROOT / "README.md"
    now = path.read_text("utf-8").partition(START)[2].partition(END)[0].strip("\n")
    write_between(path, START, END, with_rows_of(now, only) if only else section())


if __name__ == "__main__":
    main()
