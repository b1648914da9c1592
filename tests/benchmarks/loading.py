"""How long the front matter of posts takes to load: by us and by MkDocs, in turn, in one process.

    python -m tests.benchmarks.loading --count 1000

Each round takes posts that neither has seen before: what is remembered from one post to the next
is that of a build.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.utils.meta import get_data

from mkdocs_anp.core.loading import load
from mkdocs_anp.synth import post_text
from tests.benchmarks.harness import report, spread


def measure(count: int, seed: int, pairs: int) -> dict[str, Any]:
    """Return what it takes to load the front matter of posts.

    Args:
        count: How many posts in a round.
        seed: The seed of the synthesizer.
        pairs: How many rounds.
    """

    ours: list[float] = []
    theirs: list[float] = []
    for pair in range(pairs):
        texts = [post_text(seed, pair * count + number) for number in range(1, count + 1)]
        turns = [(load, ours), (get_data, theirs)]
        for function, taken in turns if pair % 2 == 0 else turns[::-1]:
            taken.append(_seconds(function, texts) / count)
    return {
        "ratio": spread([a / b for a, b in zip(ours, theirs, strict=True)]),
        "microseconds_a_post": [
            spread([1e6 * seconds for seconds in taken], digits=0) for taken in (ours, theirs)
        ],
    }


def _seconds(function: Callable[[str], Any], texts: Iterable[str]) -> float:
    start = time.process_time()
    for text in texts:
        function(text)
    return time.process_time() - start


def main() -> None:
    """Run the benchmark as a command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.loading", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--count", type=int, default=500, help="posts in a round")
    parser.add_argument("--seed", type=int, default=1, help="seed of the posts")
    parser.add_argument("--pairs", type=int, default=9, help="rounds")
    options = parser.parse_args()
    figures = measure(options.count, options.seed, options.pairs)
    report("loading", {**vars(options), "order": ["ours", "MkDocs"]}, figures)


if __name__ == "__main__":
    main()
