"""How fast similar posts are found, with how much memory, and what the shortcuts cost.

    python -m tests.benchmarks.similar_posts --count 10000 [--pages FILE.jsonl.gz…] [--meta-only]

The posts are the content synthesizer's; with --pages they are of 300 to 600 words, cut from real
pages. CPU seconds are those of the engine without what it takes to make the posts. `edited` is
the time of one edit once all is in memory; `overlap` is the share of the first five that all
pages' exact scores would name too, on a sample. --no-edits measures an engine as a plain build
has it, that keeps nothing for edits. --meta-only gives posts one and the same body,
so that only topic, stack, tools and entities tell what they are about; the truth are the posts
of the same theme.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean, median
from typing import Any

from mkdocs_anp.core.similar_posts import Document, Engine
from mkdocs_anp.synth import heading_of, seed_number
from mkdocs_anp.synth.themes import posts_of, theme_number
from tests.benchmarks.harness import report
from tests.benchmarks.made_documents import made_document, meta_only, pages_of, resampled
from tests.benchmarks.relevance import ndcg

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_EDITS = 6
_SAMPLE = 200
_ONE_BODY = "A short note on what we found and what we did about it."


class Posts:
    """Posts in a file, read one at a time; counts the CPU seconds that reading takes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Document]:
        with self._path.open("rb") as file:
            while True:
                start = time.process_time()
                try:
                    document = pickle.load(file)
                except EOFError:
                    return
                self.seconds += time.process_time() - start
                yield document


def make(path: Path, options: argparse.Namespace) -> None:
    """Write the posts into a file."""
    site = seed_number(options.seed)
    made: Iterator[Document] = (made_document(site, index) for index in range(options.count))
    if options.pages:
        pages = [page for name in options.pages for page in pages_of(name)]
        made = resampled(pages, options.count, site)
    elif options.meta_only:
        made = (meta_only(document, _ONE_BODY) for document in made)
    with path.open("wb") as file:
        for document in made:
            pickle.dump(document, file, protocol=5)


def measure(
    path: Path, count: int, sample: int, truth: str | None, may_change: bool
) -> dict[str, Any]:
    """Return the figures of an engine that knows the posts of a file."""
    posts = Posts(path)
    start = time.process_time()
    engine = Engine.of(posts, may_change=may_change)
    seconds = time.process_time() - start - posts.seconds
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
    step = max(1, count // max(1, sample))
    some = [document for number, document in enumerate(posts) if number % step == 0][:sample]
    return {
        "cpu_seconds": round(seconds, 2),
        "peak_megabytes": round(memory / 1e6, 1),
        "overlap": round(fmean(_overlap(engine, document.id) for document in some), 4),
        **({"edited": _edited(engine, some)} if may_change else {}),
        **(_by_theme(engine, count, truth) if truth is not None else {}),
    }


def _overlap(engine: Engine, id_: str) -> float:
    exact = set(engine.exact(id_)[:5])
    found = {similar.id for similar in engine.ranked(id_)[:5]}
    return len(exact & found) / max(1, len(exact))


def _edited(engine: Engine, some: list[Document]) -> dict[str, float]:
    """Return the CPU seconds of edits: the first one, and the median and most of further ones."""
    seconds = []
    for number, document in enumerate(some[: _EDITS + 1]):
        words = some[-number - 1].body.split()[5:15]
        edited = replace(document, body=f"{document.body}\n\n{' '.join(words)} newword{number}")
        start = time.process_time()
        engine.update([edited])
        seconds.append(time.process_time() - start)
    first, *others = seconds
    figures = {"first": first, "median": median(others), "most": max(others)}
    return {name: round(value, 3) for name, value in figures.items()}


def _by_theme(engine: Engine, count: int, seed: str) -> dict[str, Any]:
    """Return how many of the first five are posts of the same theme, where there are some."""
    site = seed_number(seed)
    paths = [heading_of(site, index).path for index in range(count)]
    figures = []
    for index, path in enumerate(paths):
        same = [paths[i] for i in posts_of(site, theme_number(site, index), count) if i != index]
        if len(same) >= 2:
            figures.append(ndcg([found.id for found in engine.ranked(path)], same))
    return {"theme_ndcg@5": round(fmean(figures), 4), "scored": len(figures)}


def main() -> None:
    """Run the benchmark as a command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.similar_posts",
        description=(__doc__ or "").partition("\n")[0],
    )
    parser.add_argument("--count", type=int, default=10_000, help="number of posts")
    parser.add_argument("--seed", default="1", help="seed of the posts")
    parser.add_argument("--pages", nargs="+", type=Path, help="real pages to cut posts from")
    parser.add_argument("--meta-only", action="store_true", help="posts that only meta tells of")
    parser.add_argument("--sample", type=int, default=_SAMPLE, help="pages to score exactly")
    parser.add_argument("--no-edits", action="store_true", help="an engine for a plain build")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "posts"
        with context.Pool(1) as pool:  # what the making takes is not counted
            pool.apply(make, (path, options))
        truth = None if options.pages else options.seed
        with context.Pool(1) as pool:
            figures = pool.apply(
                measure, (path, options.count, options.sample, truth, not options.no_edits)
            )
    kind = "resampled" if options.pages else "meta only" if options.meta_only else "made"
    report("similar_posts", {"count": options.count, "seed": options.seed, "posts": kind}, figures)


if __name__ == "__main__":
    main()
