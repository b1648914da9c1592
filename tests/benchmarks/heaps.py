"""Heaps' law: how the vocabulary of made posts grows, beside that of real pages.

    python -m tests.benchmarks.heaps [CORPUS] [--count N] [--seed S]

CORPUS is a file with one JSON object a line, packed with gzip or not, whose texts `title`,
`summary` and `body` are read. Prints one JSON line: for the made posts and for the corpus the
exponent beta of V = K n^beta, and the points (n words read, V different words seen).
Code is no prose: it is left out of both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path
from typing import Any

from mkdocs_anp.synth import post_text, seed_number
from tests.benchmarks.harness import report

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_ADDRESS = re.compile(r"\]\([^)]*\)")
_FIRST_POINT = 1000
_FIT_FROM = 4000
"""Below this many words, the words that every text has still hide the law."""


def made_texts(count: int, site: int) -> Iterator[str]:
    """Yield the prose of made posts."""
    for index in range(count):
        body = post_text(site, index).split("\n---\n", 1)[1]
        yield _ADDRESS.sub("]", _CODE.sub("", body))


def corpus_texts(path: Path) -> Iterator[str]:
    """Yield the prose of the pages in a corpus."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page: dict[str, Any] = json.loads(line)
            yield "\n".join(str(page.get(key) or "") for key in ("title", "summary", "body"))


def curve(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Return points of the curve, from a thousand words on, each at twice the words before it."""
    words = 0
    seen: set[str] = set()
    points = []
    following = _FIRST_POINT
    for text in texts:
        for word in _WORD.findall(text.lower()):
            words += 1
            seen.add(word)
            if words == following:
                points.append((words, len(seen)))
                following *= 2
    points.append((words, len(seen)))
    return points


def beta(points: Iterable[tuple[int, int]]) -> float:
    """Return the exponent of the law that fits the points best, by least squares of the logs."""
    logs = [(log(n), log(v)) for n, v in points if n >= _FIT_FROM]
    mean_n = sum(n for n, _ in logs) / len(logs)
    mean_v = sum(v for _, v in logs) / len(logs)
    above = sum((n - mean_n) * (v - mean_v) for n, v in logs)
    return above / sum((n - mean_n) ** 2 for n, _ in logs)


def figures(texts: Iterable[str]) -> dict[str, Any]:
    """Return what is printed of one text."""
    points = curve(texts)
    return {"beta": round(beta(points), 3), "points": points}


def main() -> None:
    """Run the benchmark as a command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.heaps", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("corpus", nargs="?", type=Path, help="real pages to compare with")
    parser.add_argument("--count", type=int, default=1000, help="number of posts")
    parser.add_argument("--seed", default="1", help="seed of the posts")
    options = parser.parse_args()
    if options.count < 1:
        parser.error("--count has to be 1 or more")
    if options.corpus and not options.corpus.is_file():
        parser.error(f"there is no file {options.corpus}")
    site = seed_number(options.seed)
    result = {"made": figures(made_texts(options.count, site))}
    if options.corpus:
        result["corpus"] = {"name": options.corpus.name, **figures(corpus_texts(options.corpus))}
    report("heaps", {"count": options.count, "seed": options.seed}, result)


if __name__ == "__main__":
    main()
