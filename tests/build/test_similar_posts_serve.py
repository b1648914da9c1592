"""Similar posts in `mkdocs serve`: after each edit the sections are those of a clean build."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.serving import Server, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]

KAFKA = "Consumers of a broker commit offsets; partitions are rebalanced."
BREAD = "Flour, yeast, salt and warm water rise overnight."


def post(title: str, body: str, front: str = "", meta: str = "difficulty: beginner") -> str:
    return f"---\npost_meta: {{{meta}}}\n{front}---\n# {title}\n\n{body}\n"


PAGES = {
    "index": "# Home\n",
    "lag": post("Kafka lag", f"{KAFKA} See [tuning](tuning.md)."),
    "tuning": post("Kafka tuning", f"{KAFKA} Batches.", "tags: [queues]\n"),
    "keys": post("Keys", f"{KAFKA} Keys.", "tags: [queues]\n", "stack: [kafka]"),
    "bread": post("Bread", BREAD, "", "topic: baking"),
    "rolls": post("Rolls", f"{BREAD} Small.", "", "topic: baking"),
    **{f"other{n}": post(f"Other {n}", f"Word{n} and name{n}.") for n in range(6)},
}
EDITS: dict[str, dict[str, str | None]] = {
    "text": {"rolls": post("Rolls", f"{BREAD} {KAFKA} Both of them.", "", "topic: baking")},
    "meta": {"bread": post("Bread", BREAD, "tags: [queues]\n", "topic: kafka, stack: [kafka]")},
    "title": {"tuning": post("Tuned brokers", f"{KAFKA} Batches.", "tags: [queues]\n")},
    "links": {"other1": post("Other 1", "Word1. [lag](lag.md), [bread](bread.md).")},
    "language": {"keys": post("Keys", f"{KAFKA} Keys.", "lang: de\n", "stack: [kafka]")},
    "pin": {
        "lag": post(
            "Kafka lag", KAFKA, "anp: {similar_posts: {pin: [other5.md], exclude: [tuning.md]}}\n"
        )
    },
    "hidden": {"rolls": post("Rolls", BREAD, "anp: {similar_posts: {appear: false}}\n")},
    "no post": {"other2": "# Other 2\n"},
    "new": {"new": post("New", f"{KAFKA} New.", "date: 2020-01-01\n", "topic: kafka")},
    "renamed": {"other3": None, "later": PAGES["other3"]},
    "deleted": {"tuning": None},
    "broken": {"bread": "---\npost_meta: {topic: [}\n---\n# Bread\n\nFlour.\n"},
    "back": {name: PAGES[name] for name in ("bread", "tuning", "rolls", "lag", "keys")},
}
SETTINGS: dict[str, Any] = {
    "theme": {"name": "material", "font": False},
    "plugins": [{"anp": {"similar_posts": {"limit": 3}, "validation": False}}],
}


def section_of(page: BeautifulSoup) -> str:
    parts = page.select("[data-anp=similar_posts]")
    assert len(parts) <= 1
    return str(parts[0]) if parts else ""


@dataclass
class Session:
    """What the pages showed after each edit, in the served site and in a clean build."""

    served: dict[str, dict[str, str]]
    clean: dict[str, dict[str, str]]
    log: str


def clean(source: Path, folder: Path) -> dict[str, str]:
    """Build a copy of a site, without its cache, and return the section of each page."""
    shutil.copytree(source / "docs", folder / "docs")
    shutil.copy(source / "mkdocs.yml", folder)
    build(load_config(str(folder / "mkdocs.yml")))
    pages = (path.stem for path in (folder / "docs").iterdir())
    return {
        page: section_of(
            BeautifulSoup((folder / "site" / _path(page)).read_text("utf-8"), "html.parser")
        )
        for page in pages
    }


def _path(page: str) -> str:
    return "index.html" if page == "index" else f"{page}/index.html"


def served(server: Server) -> dict[str, str]:
    pages = (path.stem for path in (server.directory / "docs").iterdir())
    return {page: section_of(server.page(_path(page))) for page in pages}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    files = {f"docs/{name}.md": text for name, text in PAGES.items()}
    found, expected = {}, {}
    with serving(tmp_path_factory.mktemp("serve"), files, **SETTINGS) as server:
        server.wait()
        found["first"] = served(server)
        expected["first"] = clean(server.directory, tmp_path_factory.mktemp("clean"))
        for name, pages in EDITS.items():
            server.save(**pages)
            found[name] = served(server)
            expected[name] = clean(server.directory, tmp_path_factory.mktemp("clean"))
        log = server.log()
    return Session(found, expected, log)


@pytest.mark.parametrize("name", ["first", *EDITS])
def test_the_sections_are_those_of_a_clean_build(session: Session, name: str) -> None:
    assert session.served[name] == session.clean[name]


def test_the_edits_changed_something(session: Session) -> None:
    names = ["first", *EDITS]
    for before, after in pairwise(names):
        assert session.served[before] != session.served[after], after
    assert "Traceback" not in session.log
    assert "kafka" in session.served["first"]["keys"].lower()
    assert "../tuning/" in session.served["first"]["lag"]
    assert not any("../tuning/" in part for part in session.served["deleted"].values())
    assert session.served["renamed"].keys() - session.served["new"].keys() == {"later"}
    assert not any("../other3/" in part for part in session.served["renamed"].values())
    assert not any("../rolls/" in part for part in session.served["hidden"].values())
    assert session.served["no post"]["other2"] == ""
    assert session.served["first"]["index"] == ""


def test_a_draft_is_served_and_named_nowhere(tmp_path: Path) -> None:
    pages = {**PAGES, "draft": post("Draft", f"{KAFKA} Draft.")}
    files = {f"docs/{name}.md": text for name, text in pages.items()}
    with serving(tmp_path, files, **SETTINGS, draft_docs="draft.md") as server:
        server.wait()
        first = served(server)
        server.save(lag=pages["lag"] + "\nMore.\n")
        second = served(server)
    for sections in (first, second):
        assert "../lag/" in sections["draft"]
        assert not any("../draft/" in part for part in sections.values())


def test_the_options_of_the_site_are_edited(tmp_path: Path) -> None:
    """What is kept of the last build is of no use then."""
    files = {f"docs/{name}.md": text for name, text in PAGES.items()}
    with serving(tmp_path, files, **SETTINGS) as server:
        server.wait()
        first = served(server)
        start = len(server.log())
        options = {"ignore": ["tags"], "weights": {"links": 0}, "limit": 2}
        plugins = [{"anp": {"similar_posts": options, "validation": False}}]
        config = {"site_name": "Site", **SETTINGS, "plugins": plugins}
        (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
        server.wait(start)
        assert served(server) == clean(tmp_path, tmp_path / "clean") != first


def test_a_dirty_server_says_what_it_does(tmp_path: Path) -> None:
    """And a page that is built keeps a section, of the pages that are known."""
    files = {f"docs/{name}.md": text for name, text in PAGES.items()}
    with serving(tmp_path, files, "--dirty", **SETTINGS) as server:
        assert "with --dirty" not in server.wait()
        log = server.save(lag=PAGES["lag"] + "\nMore.\n")
        sections = served(server)
    assert "with --dirty, similar posts are found among the pages that are built now" in log
    assert "../tuning/" in sections["keys"]
