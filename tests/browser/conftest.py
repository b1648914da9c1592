"""A browser, and sites on the loopback interface for it to open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.support import SEED, Site, Visit

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / ".screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Nothing but the sites of these tests can be reached, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            # One worker builds the site once; it takes `--dist loadgroup`.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        reason = f"no browser: none of {', '.join(names)} is on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Site]]:
    """A function that serves a folder with given headers until the tests end."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path, headers: Mapping[str, str] | None = None) -> Site:
        handler = partial(_Handler, directory=str(folder), headers=headers or {})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return Site(folder, f"http://127.0.0.1:{server.server_port}/")

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def docs(serve: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project's own documentation."""
    folder = tmp_path_factory.mktemp("docs")
    site = serve(folder / "site")
    # Instant navigation takes only addresses that the sitemap has.
    config = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "docs"),
        "site_url": site.url,
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    _build(folder / "mkdocs.yml", site.folder)
    return site


@pytest.fixture(scope="session")
def small_site(
    serve: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Site]:
    """A function that builds and serves a site of the seed post alone, each site once."""

    sites: dict[str, Site] = {}

    def build(
        theme: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
        templates: Mapping[str, str] | None = None,
    ) -> Site:
        key = repr((theme, headers, templates))
        if key not in sites:
            sites[key] = make(theme, headers or {}, templates or {})
        return sites[key]

    def make(
        theme: Mapping[str, Any], headers: Mapping[str, str], templates: Mapping[str, str]
    ) -> Site:
        folder = tmp_path_factory.mktemp("small")
        (folder / "docs").mkdir()
        shutil.copy(ROOT / "docs" / "posts" / f"{SEED}.md", folder / "docs" / "index.md")
        shutil.copytree(ROOT / "docs" / "posts" / "img", folder / "docs" / "img")
        for name, text in templates.items():
            (folder / "theme").mkdir(exist_ok=True)
            (folder / "theme" / name).write_text(text, "utf-8")
        config = {
            "site_name": "Small site",
            "theme": dict(theme),
            "plugins": ["anp"],
            "markdown_extensions": ["admonition", "footnotes", "tables"],
        }
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
        _build(folder / "mkdocs.yml", folder / "site")
        return serve(folder / "site", headers)

    return build


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A function that opens a page in a context of its own, and keeps what it logs."""
    contexts = []

    def visit(url: str, width: int = 1280, *, script: str = "", **options: Any) -> Page:
        viewport = {"width": width, "height": 800}
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """The folder of the pictures that a person is to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, headers: Mapping[str, str], **kwargs: Any) -> None:
        self._extra = headers
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in self._extra.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        pass


def _build(config: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(folder)]
    done = subprocess.run(
        command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
