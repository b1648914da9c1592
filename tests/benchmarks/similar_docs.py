"""Measures similar posts and writes the figures into docs/similar_posts.md, between its markers.

    python -m tests.benchmarks.similar_docs FILE.jsonl.gz… [--counts 1000 10000 …]

The files are corpora as `tests.benchmarks.relevance` takes them. The figures in the documentation
are never written by hand. Takes about ten minutes, most of it for the largest count.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.readme import command, measured, write_between
from tests.checkout import ROOT

PAGE = ROOT / "docs" / "similar_posts.md"
RELEVANCE = "<!-- relevance:start -->", "<!-- relevance:end -->"
SPEED = "<!-- speed:start -->", "<!-- speed:end -->"
_MOST_EDITED = 20_000
"""The most posts of which edits are measured: above, only what a build takes."""
META_ONLY = ("--count", "1000", "--meta-only")
COUNTS = (1000, 10_000, 20_000, 100_000)

_METHODS = {
    "engine": "similar posts",
    "tfidf": "scikit-learn's `TfidfVectorizer`",
    "tag_jaccard": "shared tags (Jaccard)",
}


def relevance_table(files: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of the table of how good the lists are."""
    yield f"`python -m tests.benchmarks.relevance FILE.jsonl.gz`, {date.today().isoformat()}:"
    yield ""
    yield "| site | method | nDCG@5 | recall@5 | MRR@10 | pages with a list |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for path in files:
        line = measured("relevance", [str(path.resolve())])
        for method, name in _METHODS.items():
            row = line[method]
            figures = " | ".join(f"{row[key]:.3f}" for key in ("ndcg@5", "recall@5", "mrr@10"))
            yield (
                f"| {path.name.partition('.')[0]} | {name} | {figures} "
                f"| {100 * row['coverage']:.0f} % |"
            )


def speed_table(counts: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the table of how fast they are made."""
    yield f"`python -m tests.benchmarks.similar_posts --count …`, {date.today().isoformat()}:"
    yield ""
    yield "| posts | all lists, CPU s | memory, MB | one edit, CPU s | as if all were compared |"
    yield "| --- | --- | --- | --- | --- |"
    for count in counts:
        still = ["--no-edits"] if count > _MOST_EDITED else []
        line = measured("similar_posts", ["--count", str(count), "--sample", "100", *still])
        yield (
            f"| {count:,} | {line['cpu_seconds']} | {line['peak_megabytes']:.0f} "
            f"| {_edit(line)} | {100 * line['overlap']:.1f} % |"
        )


def meta_only() -> str:
    """Return what is said of posts whose texts are all the same."""
    line = measured("similar_posts", META_ONLY)
    return (
        f"{command('similar_posts', META_ONLY)}: of posts that all have one and the same body and "
        f"title, so that only topic, stack, tools and entities tell what they are about, the "
        f"lists reach an nDCG@5 of {line['theme_ndcg@5']:.3f}; the truth are the posts that the "
        "synthesizer made of one theme."
    )


def _edit(line: dict[str, Any]) -> str:
    edited = line.get("edited")
    return f"{edited['median']} (first {edited['first']})" if edited else "not measured"


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.similar_docs",
        description=(__doc__ or "").partition("\n")[0],
    )
    parser.add_argument("files", nargs="*", type=Path, help="corpora")
    parser.add_argument("--counts", nargs="*", type=int, default=COUNTS, help="numbers of posts")
    options = parser.parse_args()
    if options.files:
        lines = [*relevance_table(options.files), "", meta_only()]
        write_between(PAGE, *RELEVANCE, "\n".join(lines))
    if options.counts:
        write_between(PAGE, *SPEED, "\n".join(speed_table(options.counts)))


if __name__ == "__main__":
    main()
