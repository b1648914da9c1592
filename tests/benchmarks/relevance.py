"""How good similar posts are: the engine on real pages, beside peers, by links people made.

    python -m tests.benchmarks.relevance FILE.jsonl.gz… [--half even|odd] [--no-links]

FILE has one page a line: `id`, `title`, `summary`, `tags`, `headings`, `body`, `code`, `links`,
`date`, `path`, and the truth `gt`: ids that a human linked. Prints one JSON line a file: for the
engine, for the cosine of scikit-learn's TfidfVectorizer with its defaults, and for the Jaccard
index of the tags: nDCG@5 (binary gain, ideal min(5, |gt|)), recall@5, MRR@10, coverage (share of
all pages with any result), CPU seconds and peak memory, each measured in a process of its own.
Only pages with two ids of truth or more are scored; a page is never a result of its own. Only
the scoring reads `gt`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

from mkdocs_anp.core.similar_posts import Document, Engine
from tests.benchmarks.harness import report
from tests.benchmarks.made_documents import pages_of

Ranking = Mapping[str, Sequence[str]]
TOP = 5
_LISTED = 10
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def document_of(page: Mapping[str, Any], links: bool = True) -> Document:
    """Return a page of a corpus as the engine reads it."""
    return Document(
        id=page["id"],
        path=page.get("path") or "",
        language=page.get("language") or "",
        date=_day(page),
        title=page.get("title") or "",
        summary=page.get("summary") or "",
        headings=tuple(page.get("headings") or ()),
        body=page.get("body") or "",
        code=page.get("code") or "",
        tags=tuple(page.get("tags") or ()),
        links=tuple(page.get("links") or ()) if links else (),
    )


def _day(page: Mapping[str, Any]) -> date | None:
    """Return the day of a page, from its date or from an id such as `2014/04/01/title`."""
    for text in (str(page.get("date") or ""), page["id"].replace("/", "-")):
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            continue
    return None


def rank_by_engine(pages: Sequence[dict[str, Any]], links: bool) -> Ranking:
    """Return for each page what the engine names."""
    engine = Engine.of(document_of(page, links) for page in pages)
    return {page["id"]: [found.id for found in engine.ranked(page["id"])] for page in pages}


def rank_by_tfidf(pages: Sequence[dict[str, Any]], links: bool) -> Ranking:
    """Return the pages with the largest cosine, as TfidfVectorizer does it by default."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    fields = ("title", "summary", "tags", "headings", "body", "code")
    texts = ("\n".join(_text(page.get(field)) for field in fields) for page in pages)
    matrix = TfidfVectorizer().fit_transform(texts)
    ranking = {}
    for start in range(0, len(pages), 256):
        products = (matrix[start : start + 256] @ matrix.T).toarray()
        for offset, scores in enumerate(products):
            scores[start + offset] = 0
            best = np.argsort(-scores, kind="stable")[:_LISTED]
            ranking[pages[start + offset]["id"]] = [pages[i]["id"] for i in best if scores[i] > 0]
    return ranking


def rank_by_tags(pages: Sequence[dict[str, Any]], links: bool) -> Ranking:
    """Return the pages with the largest Jaccard index of their tags."""
    tags = [frozenset(page.get("tags") or ()) for page in pages]
    having: dict[str, list[int]] = {}
    for number, own in enumerate(tags):
        for tag in own:
            having.setdefault(tag, []).append(number)
    ranking = {}
    for number, own in enumerate(tags):
        others = {other for tag in own for other in having[tag]} - {number}
        scored = [(-len(own & tags[i]) / len(own | tags[i]), i) for i in others]
        ranking[pages[number]["id"]] = [pages[i]["id"] for _, i in sorted(scored)[:_LISTED]]
    return ranking


def _text(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")


METHODS: Mapping[str, Callable[[Sequence[dict[str, Any]], bool], Ranking]] = {
    "engine": rank_by_engine,
    "tfidf": rank_by_tfidf,
    "tag_jaccard": rank_by_tags,
}


def scored(
    ranking: Ranking, pages: Sequence[Mapping[str, Any]], half: str = "all"
) -> dict[str, Any]:
    """Return how well a ranking agrees with the truth."""
    known = {page["id"] for page in pages}
    figures: list[tuple[float, float, float]] = []
    for number, page in enumerate(pages):
        truth = (set(page.get("gt") or ()) & known) - {page["id"]}
        in_half = half == "all" or (number % 2 == 0) == (half == "even")
        if len(truth) >= 2 and in_half:
            found = [other for other in ranking[page["id"]] if other != page["id"]]
            figures.append((ndcg(found, truth), _recall(found, truth), _reciprocal(found, truth)))
    means = [round(fmean(column), 4) for column in zip(*figures, strict=True)] or [0.0, 0.0, 0.0]
    return {
        "ndcg@5": means[0],
        "recall@5": means[1],
        "mrr@10": means[2],
        "coverage": round(fmean(bool(ranking[page["id"]]) for page in pages), 4),
        "scored": len(figures),
    }


def ndcg(found: Sequence[str], truth: Iterable[str]) -> float:
    """Return the normalised discounted cumulative gain of the first five, with binary gain.

    Formula: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation" (2002).
    """
    wanted = set(truth)
    gain = sum(1 / log2(n + 2) for n, other in enumerate(found[:TOP]) if other in wanted)
    return gain / sum(1 / log2(n + 2) for n in range(min(TOP, len(wanted))))


def _recall(found: Sequence[str], truth: set[str]) -> float:
    return len(truth.intersection(found[:TOP])) / len(truth)


def _reciprocal(found: Sequence[str], truth: set[str]) -> float:
    places = (n for n, other in enumerate(found[:_LISTED], 1) if other in truth)
    first = next(places, 0)
    return 1 / first if first else 0.0


def _measure(method: str, path: Path, links: bool, half: str) -> dict[str, Any]:
    pages = pages_of(path)
    start = time.process_time()
    ranking = METHODS[method](pages, links)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
    return {
        **scored(ranking, pages, half),
        "cpu_seconds": round(seconds, 2),
        "peak_megabytes": round(memory / 1e6, 1),
    }


def main() -> None:
    """Run the benchmark as a command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.relevance", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", nargs="+", type=Path, help="corpora")
    parser.add_argument("--half", choices=("all", "even", "odd"), default="all")
    parser.add_argument("--no-links", action="store_true", help="hide the body links")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    options = parser.parse_args()
    # One new process a method: what one took is never counted for the next.
    context = multiprocessing.get_context("spawn")
    for path in options.files:
        figures = {}
        for method in options.methods:
            with context.Pool(1) as pool:
                arguments = (method, path, not options.no_links, options.half)
                figures[method] = pool.apply(_measure, arguments)
        settings = {"file": path.name, "half": options.half, "links": not options.no_links}
        report("relevance", settings, figures)


if __name__ == "__main__":
    main()
