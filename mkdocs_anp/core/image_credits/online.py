"""Whether the addresses of image credits answer: asked for now and then, never by a build."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Event, Thread
from typing import Any, NamedTuple, TypeAlias

from mkdocs_anp.core.image_credits.addresses import host_of

VERSION = 1
PER_HOST = 2
"""How many requests at most one host has to answer at a time."""

Ask: TypeAlias = Callable[[str], "Answer"]
"""Asks an address once; raises nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered.

    Attributes:
        status: The status of HTTP; 0 where there was no answer.
        reason: Why there was none, "" where there was one.
        moved_to: The address it leads to for good, "" for the same.
        checked: The day.
    """

    status: int
    reason: str = ""
    moved_to: str = ""
    checked: str = ""

    @property
    def is_dead(self) -> bool:
        """Whether nothing is there: no answer, or one that says so.

        A host that wants no robots (403, 429) or has trouble of its own (500 and more) is there.
        """
        return self.status == 0 or self.status in (404, 410, 451)

    @property
    def text(self) -> str:
        """The answer in words."""
        return f"it answers {self.status}" if self.status else f"it does not answer ({self.reason})"


class Lock(NamedTuple):
    """What was answered before.

    Attributes:
        answers: By address.
    """

    answers: Mapping[str, Answer]

    @classmethod
    def read(cls, text: str) -> Lock:
        """Return what a file holds that `text` was written to.

        Raises:
            ValueError: It is no such file.
        """
        data: Any = json.loads(text)
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise ValueError("it is not one that this version of mkdocs-anp has written")
        try:
            return cls({url: Answer(**answer) for url, answer in data["addresses"].items()})
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError("it is not one that mkdocs-anp has written") from error

    @property
    def text(self) -> str:
        """The file: sorted JSON, a line for each address, so that changes are seen in git."""
        lines = [
            f"{json.dumps(url)}: {json.dumps(asdict(self.answers[url]))}"
            for url in sorted(self.answers)
        ]
        return f'{{"version": {VERSION}, "addresses": {{\n' + ",\n".join(lines) + "\n}}\n"

    def fresh(self, url: str, today: date, days: int) -> Answer | None:
        """Return the answer of an address if it is young enough, and none of a dead one."""
        answer = self.answers.get(url)
        if answer is None or answer.is_dead:
            return None
        try:
            asked = date.fromisoformat(answer.checked)
        except ValueError:
            return None
        return answer if today - asked < timedelta(days=days) else None


def ask_all(
    urls: Iterable[str], ask: Ask, parallel: int
) -> Generator[tuple[str, Answer], None, None]:
    """Ask addresses, some at a time, and yield each with its answer, the first answer first.

    Who wants no more of them closes this: nothing else is asked then, and nobody waits for the
    few that are being asked.

    Args:
        urls: The addresses.
        ask: Asks one.
        parallel: How many at a time.
    """
    wanted = list(urls)
    hosts = {host_of(url) for url in wanted}
    free = {host: BoundedSemaphore(PER_HOST) for host in hosts}
    closed = Event()
    waiting: SimpleQueue[str] = SimpleQueue()
    answered: SimpleQueue[tuple[str, Answer] | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            while True:
                url = waiting.get_nowait()
                with free[host_of(url)]:
                    if closed.is_set():
                        return
                    answered.put((url, ask(url)))
        except Empty:
            pass
        except BaseException as error:  # who waits for the answers has to know
            answered.put(error)

    for url in wanted:
        waiting.put(url)
    try:
        for _ in range(min(parallel, len(wanted))):
            # Not those of a pool, for which Python waits at its end, as long as a host is silent.
            Thread(target=work, daemon=True).start()
        for _ in wanted:
            answer = answered.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        closed.set()
