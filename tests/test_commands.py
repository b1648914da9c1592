"""The two commands of the README, as they stand there."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.checkout import ROOT, clean_environment, copy_checkout, readme_command

POST = "posts/background-jobs-nextjs"
PATIENCE = 300
"""Seconds for a fresh environment, its packages and the first build."""


def test_both_commands_are_one_line_and_set_up_all_they_need() -> None:
    for name in ("serve", "test"):
        command = readme_command(name)
        assert len(command.splitlines()) == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert readme_command("serve").endswith(".venv/bin/mkdocs serve")
    assert ".venv/bin/pytest" in readme_command("test")


def test_ci_runs_the_command_of_the_readme() -> None:
    """CI reads the README's command instead of repeating it."""
    script = ROOT.joinpath(".ci", "run")
    text = script.read_text(encoding="utf-8")

    assert os.access(script, os.X_OK)
    assert "command:test" in text
    assert readme_command("test") not in text
    for check in ("ruff check", "ruff format --check", "mypy", "mkdocs build --strict"):
        assert check in text
    done = subprocess.run(["bash", "-n", str(script)], check=False)
    assert done.returncode == 0
    workflow = ROOT.joinpath(".github", "workflows", "ci.yml").read_text(encoding="utf-8")
    assert ".ci/run" in workflow


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: str, directory: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a shell command in the background, and end it with all that it started."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=directory,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            # The session is our own, so its group is just what this command started.
            for sign in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, sign)
                except ProcessLookupError:
                    break
                time.sleep(0.5)
            process.wait(timeout=30)


def fetch(process: subprocess.Popen[bytes], log: Path, path: str) -> str:
    """Return a page of the server as soon as it answers; its address stands in the log."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        written = log.read_text(encoding="utf-8", errors="replace")
        serving = re.search(r"Serving on (http://127\.0\.0\.1:\d+/\S*)", written)
        if serving:
            try:
                with direct.open(serving.group(1) + path, timeout=30) as answer:
                    return str(answer.read().decode("utf-8"))
            except urllib.error.HTTPError as error:
                message = f"{path} answers {error.code}"
                error.close()
                pytest.fail(f"{message}:\n{written}")
            except OSError:
                pass  # it said so a moment before it listens
        assert process.poll() is None, f"it ended by itself:\n{written}"
        time.sleep(0.3)
    pytest.fail(f"no page after {PATIENCE} s:\n{log.read_text(encoding='utf-8')}")


@pytest.mark.slow
def test_serve_command_serves_the_demo_from_a_fresh_checkout(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    log = tmp_path / "log.txt"
    command = f"{readme_command('serve')} -a 127.0.0.1:{free_port()}"

    with running(command, checkout, log) as process:
        html = fetch(process, log, f"{POST}/")

    page = BeautifulSoup(html, "html.parser")
    [box] = page.select('[data-anp="meta_box"]')
    [reference] = box.select('[data-anp-field="reference"]')
    assert reference.get_text(strip=True) == "anp-ref-020284-9028"
    assert len(page.select('[data-anp="glance"]')) == 1
    assert re.findall(r"^(?:WARNING|ERROR) +-.*", log.read_text("utf-8"), re.MULTILINE) == []
