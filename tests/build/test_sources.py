"""The reading of sources in place of MkDocs: nobody who looks at a page's meta may notice."""

from __future__ import annotations

import pytest

from tests.build.conftest import Build

POST = "---\ntitle: A title\npost_meta: {topic: jobs}\n---\n\n\n# Heading\n\nText.\n"
PLAIN = "# Plain\n\nText.\n"
NAMED = "Note: a word\n\nText.\n"

LOOKER = """
from mkdocs.plugins import event_priority
from mkdocs.utils import meta as mkdocs_meta

def look(page, where, markdown=None):
    wanted, own = mkdocs_meta.get_data(page.file.content_string)
    print(where, page.file.src_uri, page.meta == own, (markdown or page.markdown) == wanted)
"""


def looks(build_site: Build, capsys: pytest.CaptureFixture[str], hook: str) -> list[str]:
    """Build a site with a hook that looks at pages; return what it has seen."""
    files = {
        "docs/index.md": PLAIN,
        "docs/named.md": NAMED,
        "docs/post.md": POST,
        "hook.py": LOOKER + hook,
    }
    capsys.readouterr()
    site = build_site(files, hooks=["hook.py"])
    assert site.box("post/index.html") is not None
    assert site.page("post/index.html").title
    assert "A title" in site.page("post/index.html").title.get_text()  # type: ignore[union-attr]
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("in ")]


PAGES = ("index.md", "named.md", "post.md")


def test_the_first_to_see_the_markdown_finds_the_front_matter(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = """
@event_priority(100)
def on_page_markdown(markdown, page, config, files):
    look(page, "in markdown", markdown)
"""
    assert looks(build_site, capsys, hook) == [f"in markdown {page} True True" for page in PAGES]


@pytest.mark.parametrize(
    ("event", "pages"),
    [
        ("on_nav(nav, config, files)", "files.documentation_pages()"),
        ("on_pre_page(page, config, files)", "[page.file]"),
        ("on_page_markdown(markdown, page, config, files)", "[page.file]"),
        ("on_page_content(html, page, config, files)", "[page.file]"),
    ],
)
def test_a_page_that_others_have_read(
    build_site: Build, capsys: pytest.CaptureFixture[str], event: str, pages: str
) -> None:
    """Plugins that sort the navigation read pages, some of them more than once."""
    hook = f"""
def {event}:
    for file in {pages}:
        file.page.read_source(config)
        look(file.page, "in event")
        file.page.read_source(config)
        look(file.page, "in event")
"""
    seen = looks(build_site, capsys, hook)
    assert seen == [f"in event {page} True True" for page in PAGES for _ in range(2)]


def test_a_page_of_a_class_of_its_own(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    """Material's blog has pages that look at their meta as soon as they are read."""
    hook = """
from mkdocs.structure.pages import Page

class Own(Page):
    def read_source(self, config):
        super().read_source(config)
        look(self, "in class")

def on_pre_page(page, config, files):
    return Own(page.title, page.file, config)
"""
    assert looks(build_site, capsys, hook) == [f"in class {page} True True" for page in PAGES]


def test_a_source_that_another_plugin_gives(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    """It comes too late for MkDocs' warning, so that both are asked, and the last one counts."""
    hook = """
def other(page, config):
    return "---\\ntitle: A title\\npost_meta: {topic: other}\\n---\\nOther text.\\n"

def on_files(files, config):
    config.plugins.events["page_read_source"].append(other)

def on_page_markdown(markdown, page, config, files):
    print("in markdown", page.file.src_uri, page.meta["post_meta"]["topic"], markdown.strip())
"""
    seen = looks(build_site, capsys, hook)
    assert seen == [f"in markdown {page} other Other text." for page in PAGES]
