"""Every hostile string on a real site: outside our parts the pages are as without the plugin."""

from __future__ import annotations

import re

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.allowed import INLINE, Parts
from tests.build.conftest import Build, Site
from tests.support import hostile_strings, shown, squeeze

PER_PAGE = 10
SIGNS = "*_`[<~\\&"
STRINGS = hostile_strings()
SHARES = [STRINGS[start : start + PER_PAGE] for start in range(0, len(STRINGS), PER_PAGE)]


def source(strings: tuple[str, ...]) -> str:
    """Return a page with all strings as values, items, addresses and keys."""
    meta = {
        "topic": strings[0],
        "summary": "\n".join(strings),
        "difficulty": strings[-1],
        "notes": list(strings),
        "entities": [{"name": text, "type": text} for text in strings],
        "image_sources": [{"source": text, "url": text, "caption": text} for text in strings],
        "payload": dict.fromkeys(strings, "a value"),
        "checklist": [{"text": text, "note": text} for text in strings],
    }
    front = {"post_meta": meta, "anp": {"meta_box": {"title": strings[0]}}}
    return f"---\n{yaml.safe_dump(front, width=100_000)}---\n# Title\n\nText.\n"


@pytest.fixture(scope="module")
def sites(build_shared_site: Build) -> tuple[Site, Site]:
    """Return the site with our plugin, and without."""
    files = {f"docs/page{n}.md": source(strings) for n, strings in enumerate(SHARES)}
    settings = {"theme": "mkdocs", "nav": [{"Home": "index.md"}]}
    return build_shared_site(files, **settings), build_shared_site(files, plugins=[], **settings)


@pytest.mark.slow
def test_our_parts_hold_every_string_and_no_markup_of_it(sites: tuple[Site, Site]) -> None:
    for number, strings in enumerate(SHARES):
        page = sites[0].page(f"page{number}/index.html")
        html = "".join(str(part) for part in page.select("[data-anp]:not(section)"))
        parts = Parts(html)
        assert parts.errors == [], strings
        visible = squeeze(parts.text)
        assert [text for text in strings if shown(text) not in visible] == []


@pytest.mark.slow
def test_the_checklist_holds_every_string_and_no_markup_of_it(sites: tuple[Site, Site]) -> None:
    for number, strings in enumerate(SHARES):
        section = sites[0].page(f"page{number}/index.html").select_one('[data-anp="checklist"]')
        assert section is not None
        parts = Parts(str(section), INLINE)
        assert parts.errors == [], strings
        assert len(section.select("input[type=checkbox]")) == len(strings)
        # Items are inline Markdown; what holds a sign of it may be shown in another form.
        plain = [shown(text) for text in strings if not set(text) & set(SIGNS)]
        for element in ("text", "note"):
            texts = " ".join(
                squeeze(Parts(str(one), INLINE).text)
                for one in section.select(f".anp-checklist__{element}")
            )
            assert [text for text in plain if text not in texts] == []


@pytest.mark.slow
def test_nothing_else_of_a_page_changes(sites: tuple[Site, Site]) -> None:
    for number in range(len(SHARES)):
        ours, plain = (site.page(f"page{number}/index.html") for site in sites)
        assert len(ours.select("[data-anp]:not([data-anp] *)")) == 4
        for part in ours.select('[data-anp], [href*="assets/anp/"], [src*="assets/anp/"]'):
            part.decompose()
        assert lines(ours) == lines(plain)


def lines(page: BeautifulSoup) -> list[str]:
    """Return the tags and texts of a page, without the space between them."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\n\1\n", str(page)).split("\n")
