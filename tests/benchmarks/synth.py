"""How fast the content synthesizer writes: many posts and one post, in turn.

    python -m tests.benchmarks.synth --count 20000

The run of one post is what starting and ending takes, which is no work on posts. The files are
written to memory where there is a folder for that: what a disk takes is not the synthesizer's.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.harness import MKDOCS_ANP, Run, bytes_in, in_memory, report, run, spread


def measure(directory: Path, count: int, seed: str, pairs: int) -> dict[str, Any]:
    """Return what it takes to write `count` posts into new folders of a directory."""
    runs: dict[int, list[Run]] = {count: [], 1: []}
    size = 0
    for pair in range(pairs):
        for number, taken in runs.items():
            # A new folder for each: to remove many files slows the making of the next ones.
            folder = f"{pair}-{number}"
            command = [*MKDOCS_ANP, "synth", folder, "--seed", seed, "--count", str(number)]
            taken.append(run(command, directory))
            size = max(size, bytes_in(directory / folder))
    net = [many.cpu - one.cpu for many, one in zip(runs[count], runs[1], strict=True)]
    return {
        "posts_per_second": spread([(count - 1) / seconds for seconds in net], digits=0),
        "peak_megabytes": [round(max(r.memory for r in taken) / 1e6, 1) for taken in runs.values()],
        "bytes_per_post": round(size / count),
    }


def main() -> None:
    """Run the benchmark as a command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.synth", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--count", type=int, default=20_000, help="number of posts")
    parser.add_argument("--seed", default="1", help="seed of the posts")
    parser.add_argument("--pairs", type=int, default=3, help="runs with many posts and with one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=in_memory()) as directory:
        figures = measure(Path(directory), options.count, options.seed, options.pairs)
    report("synth", {**vars(options), "order": [f"{options.count} posts", "one post"]}, figures)


if __name__ == "__main__":
    main()
