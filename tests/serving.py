"""A real `mkdocs serve`, for tests that edit its pages."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup

from tests.checkout import clean_environment

# MkDocs says how long a build took, but not if the last one took just as long.
BUILT = re.compile("Serving on http|Reloading browsers")
PATIENCE = 60


@dataclass
class Server:
    """A running `mkdocs serve`."""

    directory: Path
    url: str
    process: subprocess.Popen[bytes]

    def log(self) -> str:
        return (self.directory / "log").read_text("utf-8")

    def wait(self, start: int = 0) -> str:
        """Return what was logged from an index on, once the build has ended."""
        end = time.monotonic() + PATIENCE
        while not BUILT.search(log := self.log()[start:]):
            assert self.process.poll() is None, log
            assert time.monotonic() < end, log
            time.sleep(0.05)
        return log

    def save(self, **pages: str | None) -> str:
        """Save pages, or delete them, and return what is logged until the site is built anew."""
        start = len(self.log())
        for name, text in pages.items():
            path = self.directory / "docs" / f"{name}.md"
            path.unlink() if text is None else path.write_text(text, "utf-8")
        return self.wait(start)

    def page(self, path: str) -> BeautifulSoup:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=PATIENCE) as answer:
            return BeautifulSoup(answer.read().decode(), "html.parser")

    def box(self, path: str) -> list[str] | None:
        """Return the problems in the box of a page; None where there is no box."""
        boxes = self.page(path).select("[data-anp=validation]")
        assert len(boxes) <= 1
        return [pre.get_text() for pre in boxes[0].select("pre")] if boxes else None


@contextmanager
def serving(
    directory: Path, files: Mapping[str, str], *arguments: str, **settings: Any
) -> Iterator[Server]:
    """Serve a site; the server ends with the context."""
    config = {"site_name": "Site", **settings}
    for path, text in {**files, "mkdocs.yml": yaml.safe_dump(config)}.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text, "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", address, *arguments],
            cwd=directory,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Server(directory, f"http://{address}/", process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
