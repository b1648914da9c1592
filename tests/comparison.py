"""What three ways to build a site say of the same broken pages.

    python -m tests.comparison

Builds each page with MkDocs alone, as a post of Material's blog plugin, and with mkdocs-anp, and
writes the table in docs/validation.md, between its two markers.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from bs4 import BeautifulSoup

from tests.checkout import ROOT, run

PAGE = ROOT / "docs" / "validation.md"
START, END = "<!-- comparison:start -->", "<!-- comparison:end -->"

_REST = "post_meta:\n  topic: caches\n"
_BODY = "# A page\n\nIts text.\n"

BROKEN: Mapping[str, str] = {
    "a colon in a title": f"---\ntitle: Deploying: a note\ndate: 2018-06-23\n{_REST}---\n{_BODY}",
    "an impossible date": f"---\ntitle: A note\ndate: 2018-02-30\n{_REST}---\n{_BODY}",
    "a tab in the indent": (
        f"---\ntitle: A note\ndate: 2018-06-23\npost_meta:\n\ttopic: caches\n---\n{_BODY}"
    ),
    "a quote that is not closed": (f'---\ntitle: "A note\ndate: 2018-06-23\n{_REST}---\n{_BODY}'),
    "no closing fence": f"---\ntitle: A note\ndate: 2018-06-23\n{_REST}\n{_BODY}",
    "an empty line first": f"\n---\ntitle: A note\ndate: 2018-06-23\n{_REST}---\n{_BODY}",
    "TOML": f'+++\ntitle = "A note"\ndate = 2018-06-23\n+++\n{_BODY}',
    "a key twice": f"---\ntitle: A note\ntitle: Another\ndate: 2018-06-23\n{_REST}---\n{_BODY}",
    "a misspelt field": (
        f"---\ntitle: A note\ndate: 2018-06-23\n{_REST}  dificulty: beginner\n---\n{_BODY}"
    ),
    "a score above 100": (
        f"---\ntitle: A note\ndate: 2018-06-23\n{_REST}  score: {{quality: 900}}\n---\n{_BODY}"
    ),
    "an unquoted version": (
        f"---\ntitle: A note\ndate: 2018-06-23\n{_REST}  revision: {{version: 1.10}}\n---\n{_BODY}"
    ),
    "tags as one text": f"---\ntitle: A note\ndate: 2018-06-23\ntags: a, b\n{_REST}---\n{_BODY}",
    "an icon that is none": (
        f"---\ntitle: A note\ndate: 2018-06-23\nicon: material/rocket-lunch\n{_REST}---\n{_BODY}"
    ),
}
"""The broken pages by what is wrong with them."""


class Said(NamedTuple):
    """What a build says of a page: its messages, and what became of the page."""

    status: int
    messages: list[str]
    page: str


def built(text: str, plugins: list[Any], path: str) -> Said:
    """Build a site with one page, and return what is said."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        config = {
            "site_name": "Comparison",
            "theme": {"name": "material", "font": False},
            "plugins": plugins,
        }
        (directory / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
        for file, content in {"index.md": "# Home\n", path: text}.items():
            place = directory / "docs" / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, "utf-8")
        command = ["-m", "mkdocs", "build", "--strict", "-d", "site"]
        done = run(sys.executable, *command, cwd=directory, timeout=120)
        pages = [p for p in (directory / "site").rglob("index.html") if "Its text" in p.read_text()]
        log = done.stdout.replace(str(directory), "")
        return Said(done.returncode, _messages(log), _page(pages[0]) if pages else "no page")


def _messages(log: str) -> list[str]:
    """Return the warnings, errors and problems of a log, each with its lines."""
    log, traceback, last = log.partition("Traceback (most recent call last)")
    found: list[str] = []
    for line in log.splitlines():
        start = re.match(r"(WARNING|ERROR|INFO) +- +(.*)", line)
        if start:
            found.append(start[2] if start[1] != "INFO" or "docs/" in start[2] else "")
        elif found and found[-1] and not line.startswith("Aborted with"):
            found[-1] += f"\n{line}"
    if traceback:
        found.append(f"a traceback of {last.count(chr(10))} lines: {last.strip().splitlines()[-1]}")
    return [text for text in found if text]


def _page(path: Path) -> str:
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    article = soup.select_one("article, .md-content")
    for part in article.select("[data-anp]") if article else ():
        part.decompose()
    text = article.get_text(" ") if article else ""
    is_raw = re.search(r"\b(?:title|date)\s*[:=]\s", text) is not None
    return "raw front matter on the page" if is_raw else "page in order"


def table() -> str:
    """Build all, and return the table."""
    rows = [
        "| mistake | MkDocs alone | Material's blog plugin | mkdocs-anp |",
        "| --- | --- | --- | --- |",
    ]
    for mistake, text in BROKEN.items():
        alone = built(text, ["search", "tags"], "page.md")
        blog = built(text, ["search", "tags", "blog"], "blog/posts/page.md")
        ours = built(text, ["search", "tags", "anp"], "page.md")
        cells = [mistake, *(_cell(said) for said in (alone, blog, ours))]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(said: Said) -> str:
    """Return what stands in the table."""
    messages = [_shown(text) for text in said.messages]
    words = "<br>".join(messages) if messages else "*nothing*"
    return f"{words}<br>→ {said.page}"


def _shown(message: str) -> str:
    """Return a message as code, without its source lines, which a table has no room for."""
    lines = [line.strip() for line in message.splitlines()]
    kept = [line for line in lines if line and not re.match(r"(?:\d+ )?\| ?|\^", line)]
    text = " ".join(kept).removeprefix("mkdocs_anp: ").replace("= help:", "help:")
    text = re.sub(r" not found in search paths:.*", " not found …", text)
    return f"`{text[:300]}`".replace("|", "\\|")


def main() -> None:
    """Write the table into the documentation."""
    text = PAGE.read_text("utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise SystemExit(f"{PAGE}: {START} or {END} is missing")
    PAGE.write_text(f"{before}{start}\n{table()}\n{end}{after}", "utf-8")


if __name__ == "__main__":
    main()
