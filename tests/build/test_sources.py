"""The loading of front matter in place of MkDocs: nobody who looks at a page's meta may notice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import yaml

from tests.build.conftest import Build
from tests.support import Loader

# Below front matter, this line is no meta data of the MultiMarkdown kind; without any, it is.
NOTE = "Note: a word\n\nText.\n"
FILES = {
    "docs/index.md": "# Plain\n\nText.\n",
    "docs/named.md": NOTE,
    "docs/post.md": "---\ntitle: A title\npost_meta: {topic: jobs}\n---\n\n\n# Heading\n\nText.\n",
    "docs/under.md": f"---\ntitle: A title\n---\n{NOTE}",
    "docs/unusual.md": "---\ntitle: &x A title\npost_meta: {notes: &y [*x], tools: *y}\n...\nT\n",
}
PAGES = ("index.md", "named.md", "post.md", "under.md", "unusual.md")

LOOKER = """
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.utils import meta as mkdocs_meta

get_data = mkdocs_meta.get_data

def look(page, where, markdown=None):
    wanted, own = get_data(page.file.content_string)
    print(where, page.file.src_uri, page.meta == own, (markdown or page.markdown) == wanted)
"""


def printed(build_site: Build, capsys: pytest.CaptureFixture[str], hook: str) -> list[str]:
    """Build a site with a hook; return what it prints."""
    capsys.readouterr()
    site = build_site({**FILES, "hook.py": LOOKER + hook}, hooks=["hook.py"])
    for path in ("post", "under", "unusual"):
        title = site.page(f"{path}/index.html").title
        assert title
        assert "A title" in title.get_text()
    assert site.box("post/index.html") is not None
    assert site.box("unusual/index.html") is not None
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("in ")]


def seen(where: str, times: int = 1, pages: Sequence[str] = PAGES) -> list[str]:
    return [f"in {where} {page} True True" for page in pages for _ in range(times)]


@pytest.mark.parametrize("priority", [1000, 150, 100, 0])
def test_whoever_sees_the_markdown_finds_the_front_matter(
    build_site: Build, capsys: pytest.CaptureFixture[str], priority: int
) -> None:
    hook = f"""
@event_priority({priority})
def on_page_markdown(markdown, page, config, files):
    look(page, "in markdown", markdown)
"""
    assert printed(build_site, capsys, hook) == seen("markdown")


def test_what_the_first_plugin_adds_stays(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = """
@event_priority(1000)
def on_page_markdown(markdown, page, config, files):
    page.meta.setdefault("hide", ["toc"])
    return markdown + "More."

def on_page_content(html, page, config, files):
    if page.file.src_uri == "post.md":
        print("in content", sorted(page.meta), "More." in html)
"""
    assert printed(build_site, capsys, hook) == ["in content ['hide', 'post_meta', 'title'] True"]


@pytest.mark.parametrize(
    ("event", "pages"),
    [
        ("on_nav(nav, config, files)", "files.documentation_pages()"),
        ("on_pre_page(page, config, files)", "[page.file]"),
        ("on_page_markdown(markdown, page, config, files)", "[page.file]"),
        ("on_page_content(html, page, config, files)", "[page.file]"),
        ("on_env(env, config, files)", "files.documentation_pages()"),
    ],
)
@pytest.mark.parametrize("priority", [1000, -1000])
def test_a_page_that_others_have_read(
    build_site: Build,
    capsys: pytest.CaptureFixture[str],
    event: str,
    pages: str,
    priority: int,
) -> None:
    """Plugins that sort the navigation read pages, some of them more than once."""
    hook = f"""
@event_priority({priority})
def {event}:
    for file in {pages}:
        for _ in range(2):
            file.page.read_source(config)
            look(file.page, "in event")
"""
    assert printed(build_site, capsys, hook) == seen("event", 2)


@pytest.mark.parametrize("event", ["on_files(files, config)", "on_nav(nav, config, files)"])
def test_pages_that_others_have_made(
    build_site: Build, capsys: pytest.CaptureFixture[str], event: str
) -> None:
    hook = f"""
def {event}:
    for file in files.documentation_pages():
        page = Page(None, file, config)
        page.read_source(config)
        look(page, "in event")
"""
    assert printed(build_site, capsys, hook) == seen("event")


def test_a_page_of_a_class_of_its_own(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    """Material's blog has pages that look at their meta as soon as they are read."""
    hook = """
class Own(Page):
    def read_source(self, config):
        super().read_source(config)
        look(self, "in class")

def on_pre_page(page, config, files):
    return Own(page.title, page.file, config)
"""
    assert printed(build_site, capsys, hook) == seen("class")


def test_pages_that_are_read_in_threads(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = """
from concurrent.futures import ThreadPoolExecutor

def on_nav(nav, config, files):
    pages = [Page(None, file, config) for file in files.documentation_pages() for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda page: page.read_source(config), pages))
    for page in pages:
        look(page, "in event")
"""
    assert printed(build_site, capsys, hook) == seen("event", 20)


def test_a_plugin_may_load_front_matter_in_its_own_way(
    build_site: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = """
def patched(text):
    body, own = get_data(text)
    return body, {**own, "title": "A title", "by": text[4:9]}  # the first words of the front matter

def on_config(config):
    mkdocs_meta.get_data = patched

def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "post.md":
        print("in markdown", page.meta["by"], page.meta["post_meta"])

def on_post_build(config):
    mkdocs_meta.get_data = get_data
"""
    assert printed(build_site, capsys, hook) == ["in markdown title {'topic': 'jobs'}"]


def test_a_site_may_change_what_yaml_means(
    build_site: Build, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the build has begun."""
    constructors = dict(Loader.yaml_constructors)
    monkeypatch.setattr(Loader, "yaml_constructors", constructors)
    hook = """
def on_nav(nav, config, files):
    mkdocs_meta.SafeLoader.add_constructor(
        "tag:yaml.org,2002:str", lambda loader, node: node.value.replace("jobs", "work")
    )

def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "post.md":
        print("in markdown", page.meta["post_meta"])
"""
    assert printed(build_site, capsys, hook) == ["in markdown {'topic': 'work'}"]


def test_a_loader_of_another_plugin(build_site: Build, capsys: pytest.CaptureFixture[str]) -> None:
    hook = """
loader = mkdocs_meta.SafeLoader

class Own(loader):
    yaml_constructors = {
        **loader.yaml_constructors,
        "tag:yaml.org,2002:str": lambda loader, node: node.value.replace("jobs", "work"),
    }

def on_config(config):
    mkdocs_meta.SafeLoader = Own

def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "post.md":
        print("in markdown", page.meta["post_meta"])

def on_post_build(config):
    mkdocs_meta.SafeLoader = loader
"""
    assert printed(build_site, capsys, hook) == ["in markdown {'topic': 'work'}"]


@pytest.mark.parametrize("meta", ["title: A title\npost_meta: {topic: other}", ""])
def test_a_source_that_another_plugin_gives(
    build_site: Build, capsys: pytest.CaptureFixture[str], meta: str
) -> None:
    """It comes too late for MkDocs' warning, so that both are asked, and the last one counts."""
    source = f"---\n{meta}\n---\nText.\n" if meta else "Text.\n"
    hook = f"""
def on_files(files, config):
    config.plugins.events["page_read_source"].append(lambda page, config: {source!r})

def on_page_markdown(markdown, page, config, files):
    print("in markdown", page.meta, markdown)
"""
    capsys.readouterr()
    build_site({**FILES, "hook.py": LOOKER + hook}, hooks=["hook.py"])
    out = capsys.readouterr().out
    assert out == f"in markdown {yaml.safe_load(meta) or {}} Text.\n\n" * len(PAGES)


def test_nobody_can_write_the_tag(build_site: Build) -> None:
    site = build_site({"docs/a.md": "---\ntitle: !anp 1\n---\nText.\n"})
    assert any("unreadable" in text for text in site.warnings)
