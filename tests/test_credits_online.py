"""`mkdocs-anp credits --online`: runs that end early, and hosts with odd manners."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mkdocs_anp.cli import main
from mkdocs_anp.core.image_credits.online import PER_HOST, Answer, ask_all
from tests.checkout import clean_environment
from tests.test_credits_command import site

OPTIONS = ["--online", "--timeout", "60", "--parallel", "2"]
COMMAND = [sys.executable, "-m", "mkdocs_anp.cli", "credits", *OPTIONS]
LOCK = "image-credits.lock.json"
PATIENCE = 30


@dataclass
class Host:
    """A host on the loopback interface.

    Attributes:
        url: Its address.
        requests: What it was asked, each method and path.
        awake: Until this is set, it is silent at paths that begin with `/slow`.
        most: How many requests it had at a time at most.
    """

    url: str = ""
    requests: list[str] = field(default_factory=list)
    awake: threading.Event = field(default_factory=threading.Event)
    most: int = 0

    def wait_for(self, condition: Callable[[], Any]) -> None:
        """Wait until a condition holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, self.requests
            time.sleep(0.02)


@contextmanager
def host(on_head: Callable[[Host, BaseHTTPRequestHandler], bool] | None = None) -> Iterator[Host]:
    """Serve all paths.

    Args:
        on_head: Does something else with a request without a body; returns whether that is all.
    """
    served = Host()
    now: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            now.append(self.path)
            served.most = max(served.most, len(now))
            served.requests.append(f"{self.command} {self.path}")
            if self.path.startswith("/slow"):
                served.awake.wait(PATIENCE)
            is_done = self.command == "HEAD" and on_head is not None and on_head(served, self)
            now.remove(self.path)
            if not is_done:
                self.send_response(404 if self.path.startswith("/gone") else 200)
                self.end_headers()

        do_HEAD = do_GET  # noqa: N815 (the name that the server calls)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # nobody waits for an answer any more

    server = Server(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield served
    finally:
        served.awake.set()
        server.shutdown()
        server.server_close()


def page(*addresses: str) -> str:
    """Return a post with an image at each address."""
    images = "\n\n".join(f"![Alt]({address})" for address in addresses)
    return f"---\npost_meta: {{topic: x}}\n---\n# A\n\n{images}\n"


def started(folder: Path) -> subprocess.Popen[bytes]:
    """Start the command in a folder."""
    return subprocess.Popen(
        COMMAND, cwd=folder, env=clean_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def run(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["credits", "-f", str(config), "--online", *arguments])


def answers(folder: Path) -> dict[str, Any]:
    """Return the answers that are kept, by path."""
    kept = json.loads((folder / LOCK).read_text("utf-8"))["addresses"]
    return {f"/{url.split('/')[3]}": answer for url, answer in kept.items()}


# Runs that end early


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_an_interrupted_run_keeps_what_it_knows(tmp_path: Path) -> None:
    quick, slow = [f"/{n}.png" for n in range(20)], [f"/slow{n}.png" for n in range(20)]
    with host() as served:
        config = site(tmp_path, {"a.md": page(*(served.url + path for path in quick + slow))})
        process = started(tmp_path)
        served.wait_for(lambda: len([r for r in served.requests if "slow" in r]) == PER_HOST)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)  # the host is silent still
        assert process.returncode == 130
        assert said.decode() == f"20 of 40 answers are kept in {LOCK}\nInterrupted.\n"
        assert sorted(answers(tmp_path)) == sorted(quick)
        assert [path.name for path in tmp_path.glob("*lock*")] == [LOCK]  # and no half of one

        served.requests.clear()
        served.awake.set()
        result = run(config)
        assert "40 addresses (20 asked now): all answer" in result.output
        assert sorted(served.requests) == sorted(f"HEAD {path}" for path in slow)


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_an_interrupted_run_keeps_what_earlier_ones_knew(tmp_path: Path) -> None:
    old = {"status": 200, "reason": "", "moved_to": "", "checked": "2001-02-03"}
    with host() as served:
        site(tmp_path, {"a.md": page(f"{served.url}/a.png", f"{served.url}/slow.png")})
        kept = {"version": 1, "addresses": {f"{served.url}/slow.png": old}}
        (tmp_path / LOCK).write_text(json.dumps(kept), "utf-8")
        process = started(tmp_path)
        served.wait_for(lambda: len(served.requests) == 2)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        assert answers(tmp_path)["/slow.png"] == old
        assert answers(tmp_path)["/a.png"]["checked"] > "2001-02-03"


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_a_run_that_knows_nothing_leaves_nothing(tmp_path: Path) -> None:
    with host() as served:
        site(tmp_path, {"a.md": page(f"{served.url}/slow.png")})
        process = started(tmp_path)
        served.wait_for(lambda: served.requests)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
        assert (process.returncode, said) == (130, b"Interrupted.\n")
        assert list(tmp_path.glob("*lock*")) == []


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_a_killed_run_has_kept_its_answers_in_time(tmp_path: Path) -> None:
    paths = ["/a.png", "/b.png", "/slow.png", "/slow-too.png"]
    with host(on_head=lambda _, request: request.path == "/b.png" and bool(time.sleep(2.2))) as it:
        site(tmp_path, {"a.md": page(*(it.url + path for path in paths))})
        process = started(tmp_path)
        it.wait_for((tmp_path / LOCK).exists)
        process.kill()  # as a service for builds does when the time is over
        process.communicate(timeout=PATIENCE)
        assert sorted(answers(tmp_path)) == ["/a.png", "/b.png"]


# Hosts that do not answer as they should


def hangs_up(_: Host, request: BaseHTTPRequestHandler) -> bool:
    request.close_connection = True
    return True


def resets(_: Host, request: BaseHTTPRequestHandler) -> bool:
    linger = struct.pack("ii", 1, 0)
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    request.connection.close()
    return True


def is_silent(_: Host, request: BaseHTTPRequestHandler) -> bool:
    time.sleep(2.5)
    return hangs_up(_, request)


@pytest.mark.parametrize("on_head", [hangs_up, resets, is_silent])
def test_a_host_that_knows_no_head_is_asked_as_a_browser_asks(
    tmp_path: Path, on_head: Callable[[Host, BaseHTTPRequestHandler], bool]
) -> None:
    with host(on_head) as served:
        config = site(tmp_path, {"a.md": page(f"{served.url}/a.png", f"{served.url}/gone.png")})
        result = run(config, "--timeout", "1.5")
    assert "it answers 404" in result.output
    assert result.output.count("dead-address") == 1
    assert {path: answer["status"] for path, answer in answers(tmp_path).items()} == {
        "/a.png": 200,
        "/gone.png": 404,
    }
    assert sorted(served.requests) == [
        "GET /a.png", "GET /gone.png", "HEAD /a.png", "HEAD /gone.png"
    ]  # fmt: skip


def test_a_host_that_answers_nothing_is_dead(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # it takes calls, and says nothing
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/a.png"
        result = run(site(tmp_path, {"a.md": page(address)}), "--timeout", "0.3")
    assert result.exit_code == 1
    assert "it does not answer (ReadTimeout)" in result.output


def test_second_questions_keep_to_the_limit_of_a_host(tmp_path: Path) -> None:
    with host(hangs_up) as served:
        addresses = [f"{served.url}/{number}.png" for number in range(20)]
        result = run(site(tmp_path, {"a.md": page(*addresses)}), "--parallel", "16")
    assert result.exit_code == 0, result.output
    assert len(served.requests) == 40
    assert served.most <= PER_HOST


# The order of answers


def test_the_first_answer_comes_first() -> None:
    late = threading.Event()

    def ask(url: str) -> Answer:
        if "late" in url:
            assert late.wait(PATIENCE)
        return Answer(200)

    asked = ask_all(["https://a.example/late", "https://b.example/"], ask, 2)
    assert next(asked)[0] == "https://b.example/"
    late.set()
    assert next(asked)[0] == "https://a.example/late"
    assert list(asked) == []
    assert list(ask_all([], ask, 2)) == []


def test_a_mistake_of_ours_is_not_silent() -> None:
    def ask(url: str) -> Answer:
        raise RecursionError(url)

    with pytest.raises(RecursionError):
        list(ask_all(["https://a.example/"], ask, 2))
