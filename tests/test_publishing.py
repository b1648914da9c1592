"""`mkdocs gh-deploy` of the documentation, read as a visitor would from a sub-path."""

from __future__ import annotations

import functools
import http.client
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.checkout import check_run, copy_checkout

SUB_PATH = "/sub/"
OURS = (
    'link[href*="assets/anp/"]',
    'script[src*="assets/anp/"]',
    "[data-anp] a[href]",
    "[data-anp] img[src]",
)

# A machine that runs the tests need not have told git who it is, and must not be asked.
GIT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "A Tester",
    "GIT_AUTHOR_EMAIL": "tester@example.com",
    "GIT_COMMITTER_NAME": "A Tester",
    "GIT_COMMITTER_EMAIL": "tester@example.com",
}


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *args: Any) -> None:
        """Write nothing."""


@contextmanager
def served(directory: Path) -> Iterator[int]:
    """Serve a directory on this machine, and give the port."""
    handler = functools.partial(QuietHandler, directory=str(directory))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class Visitor:
    """Fetches addresses of one server."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._port = port
        self._answers: dict[str, tuple[int, str]] = {}

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the body of a path, each fetched once."""
        if path not in self._answers:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                self._answers[path] = answer.status, answer.read().decode("utf-8", "replace")
            finally:
                connection.close()
        return self._answers[path]


def publish(work: Path, site_url: str) -> Path:
    """Publish a copy of the checkout to a new bare remote; return the published branch."""
    source = copy_checkout(work / "source")
    remote, published = work / "remote.git", work / "site" / SUB_PATH.strip("/")
    source.joinpath("deploy.yml").write_text(
        f"INHERIT: mkdocs.yml\nsite_url: {site_url}\n", encoding="utf-8"
    )
    for command in (
        ("git", "init", "-q", "--bare", remote),
        ("git", "init", "-q"),
        ("git", "add", "-A"),
        ("git", "commit", "-q", "-m", "A checkout"),
        ("git", "remote", "add", "origin", remote),
    ):
        check_run(*command, cwd=source, **GIT)
    deploy = (sys.executable, "-m", "mkdocs", "gh-deploy", "--strict", "-f", "deploy.yml")
    check_run(*deploy, cwd=source, **GIT)
    check_run(
        "git", "clone", "-q", "--branch", "gh-pages", remote, published, cwd=work, **GIT
    )  # fmt: skip
    return published


@pytest.mark.slow
def test_every_link_and_asset_of_ours_answers_below_a_sub_path(tmp_path: Path) -> None:
    root = tmp_path / "site"
    root.mkdir()
    with served(root) as port:
        visitor = Visitor(port)
        published = publish(tmp_path, f"{visitor.origin}{SUB_PATH}")
        pages = sorted(published.rglob("*.html"))
        broken = [error for page in pages for error in _broken(visitor, page, published)]

    assert broken == []
    boxes = [page for page in pages if 'data-anp="meta_box"' in page.read_text("utf-8")]
    assert len(boxes) >= 12, "the documentation's posts"
    assert published.joinpath(".nojekyll").exists()  # or GitHub would drop files named `_…`


def _broken(visitor: Visitor, page: Path, published: Path) -> Iterator[str]:
    """Yield what is wrong with our links and assets on one page."""
    path = SUB_PATH + page.relative_to(published).as_posix()
    address = visitor.origin + path.removesuffix("index.html")
    status, html = visitor.get(urlsplit(address).path)
    if status != 200:
        yield f"{path}: {status}"
    soup = BeautifulSoup(html, "html.parser")
    for selector in OURS[:2]:
        if len(soup.select(selector)) != 1:
            yield f"{path}: not one {selector}"
    for element in soup.select(", ".join(OURS)):
        link = str(element.get("href") or element.get("src"))
        target, fragment = urldefrag(urljoin(address, link))
        if not target.startswith(visitor.origin):
            continue  # somebody else's
        if not target.startswith(visitor.origin + SUB_PATH):
            yield f"{path}: {link} leads out of the site"
            continue
        status, body = visitor.get(urlsplit(target).path)
        if status != 200:
            yield f"{path}: {link} answers {status}"
        elif element.name == "img":
            continue  # its fragment is for the style sheet: `#only-light`
        elif fragment and BeautifulSoup(body, "html.parser").find(id=unquote(fragment)) is None:
            yield f"{path}: {link} has no such place"
