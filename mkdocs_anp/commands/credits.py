"""The command `mkdocs-anp credits`: the images of the site, and whether their addresses answer."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import requests
from urllib3.exceptions import HTTPError

from mkdocs_anp import __version__
from mkdocs_anp.core.image_credits.audit import Credited, Finding
from mkdocs_anp.core.image_credits.entries import FIELD, ImageSource
from mkdocs_anp.core.image_credits.online import Answer, Lock, ask_all
from mkdocs_anp.core.image_credits.places import Places
from mkdocs_anp.core.links import is_web_address
from mkdocs_anp.core.problems import Problem, excerpt
from mkdocs_anp.core.report import problem_text, summary
from mkdocs_anp.core.text import counted
from mkdocs_anp.image_check import ImageCheck
from mkdocs_anp.pages import Defaults, ReadText, read_text, reader_of
from mkdocs_anp.project import Project, ProjectError, carried_out, open_project, pages
from mkdocs_anp.terminal import FINE, PROBLEMS, painted, progress, say

if TYPE_CHECKING:
    from mkdocs.structure.files import File

LOCK = "image-credits.lock.json"
"""Where the answers are kept, beside mkdocs.yml."""

_AGENT = f"mkdocs-anp/{__version__} (checks links of image credits)"
_NOT_HEAD = frozenset({400, 403, 404, 405, 429, 500, 501, 503})
"""Answers of hosts that may just not know how to answer without a body."""
_KEPT_EVERY = 2
"""Seconds after which the answers are written down, should the run be ended from outside."""
_ENTRY_ADDRESSES = ("url", "page", "author_url", "license", "archive")


@dataclass(frozen=True, slots=True)
class Options:
    """The options as given."""

    config_file: Path | None
    paths: tuple[Path, ...]
    as_json: bool
    online: bool
    timeout: float
    parallel: int
    max_age: int


class _Page(NamedTuple):
    file: File
    text: str
    read: ReadText
    images: Sequence[Credited]
    entries: Sequence[ImageSource]


def run(options: Options) -> int:
    """Carry out the command, and return its exit status."""
    return carried_out(partial(_run, options))


def _run(options: Options) -> int:
    project = open_project(options.config_file)
    if not project.options.image_credits.enabled:
        raise ProjectError("image_credits is switched off in mkdocs.yml")
    found = list(_pages(project, options))
    return _online(project, options, found) if options.online else _listed(found, options)


def _pages(project: Project, options: Options) -> Iterator[_Page]:
    files = project.files()
    chosen = pages(project, files, options.paths)
    defaults = Defaults(files, project.config)
    reader = reader_of(files, project.config, project.options.rules(), defaults, is_checked=False)
    check = ImageCheck(project.options, project.config, files)
    with progress(len(chosen), "pages") as bar:
        for file in chosen:
            if bar is not None:
                bar.update(1)
            try:
                text = file.content_string
            except (OSError, ValueError):
                continue  # `check` tells of it
            read = read_text(file.src_uri, text, reader, defaults)
            if read.post is None or not read.post.settings.image_credits.enabled:
                continue
            images = check.credited(file, read.body, read.post)
            entries = check.images.matcher(read.post, file).entries
            if images or entries:
                yield _Page(file, text, read, images, entries)


# The list


def _listed(found: Sequence[_Page], options: Options) -> int:
    rows = [_row(page, credited) for page in found for credited in page.images]
    if options.as_json:
        say(json.dumps(rows, ensure_ascii=False, indent=1))
        return FINE
    for row in rows:
        credit = ", ".join(filter(None, (row["source"], row["author"], row["license"])))
        say(f"{row['file']}: {excerpt(row['src'])}: {credit or 'no credit'}")
    say(f"{counted(len(rows), 'image')}, {sum(bool(row['source']) for row in rows):,} credited")
    return FINE


def _row(page: _Page, credited: Credited) -> dict[str, Any]:
    source = credited.source or ImageSource(-1)
    return {
        "file": page.file.src_uri,
        "src": credited.image.src,
        "alt": credited.image.alt,
        "place": credited.image.place,
        "caption": source.caption,
        "source": source.source,
        "author": source.author,
        "license": source.license,
        "page": source.page,
    }


# Online


def _online(project: Project, options: Options, found: Sequence[_Page]) -> int:
    path = Path(str(project.config.config_file_path)).parent / LOCK
    lock = _read_lock(path)
    today = date.today()
    wanted = dict.fromkeys(url for page in found for url, _ in _addresses(page))
    known = {url: a for url in wanted if (a := lock.fresh(url, today, options.max_age))}
    asked = _asked([url for url in wanted if url not in known], path, lock.answers, options)
    answers = {**known, **asked}
    kept = lock.answers if options.paths else {}  # of a part of the site: the rest stays
    _write_lock(path, Lock({**kept, **answers}))
    dead = [
        places.problem_of(finding)
        for page in found
        for places in [
            Places(page.file.src_uri, page.text, page.read.meta, project.options.meta_key)
        ]
        for url, finding in _addresses(page)
        if answers[url].is_dead
        for finding in [_told(finding, url, answers[url])]
    ]
    return _report(project, dead, len(answers), len(asked))


def _asked(
    urls: Sequence[str], path: Path, before: Mapping[str, Answer], options: Options
) -> dict[str, Answer]:
    """Return the answers of addresses; what ends this early leaves those that have come.

    Args:
        urls: The addresses.
        path: The file that keeps the answers.
        before: What it has of earlier runs.
        options: The options of the command.
    """
    found: dict[str, Answer] = {}
    today, kept_at = date.today().isoformat(), monotonic()
    answers = ask_all(urls, _asker(options.timeout), options.parallel)
    try:
        with closing(answers), progress(len(urls), "addresses") as bar:
            for url, answer in answers:
                found[url] = replace(answer, checked=today)
                if bar is not None:
                    bar.update(1)
                if monotonic() - kept_at > _KEPT_EVERY:
                    _write_lock(path, Lock({**before, **found}))
                    kept_at = monotonic()
    except BaseException:  # Ctrl-C above all
        if found:
            _write_lock(path, Lock({**before, **found}))
            say(f"{len(found):,} of {len(urls):,} answers are kept in {LOCK}", err=True)
        raise
    return found


def _told(finding: Finding, url: str, answer: Answer) -> Finding:
    message = f"{answer.text}: {excerpt(url)}"
    help_text = f"look for a copy: https://web.archive.org/web/*/{url}"
    return Finding(finding.code, message, help_text, *finding[3:])


def _report(project: Project, dead: Sequence[Problem], count: int, asked: int) -> int:
    unique = {problem.order: problem for problem in project.levels.apply(dead)}
    told = [unique[order] for order in sorted(unique)]
    for problem in told:
        say(f"{problem_text(problem, project.folder, painted)}\n")
    result = summary(told) if told else "all answer"
    addresses = "1 address" if count == 1 else f"{count:,} addresses"
    say(f"{addresses} ({asked:,} asked now): {result}")
    return PROBLEMS if told else FINE


def _addresses(page: _Page) -> Iterator[tuple[str, Finding]]:
    """Yield the addresses of a page that can be asked, each with what tells of it."""
    for entry in page.entries:
        for name in _ENTRY_ADDRESSES:
            url = getattr(entry, name)
            if is_web_address(url):
                yield url, Finding("dead-address", "", "", (FIELD, entry.index, name))
    for image in page.images:
        src = image.image.src
        if is_web_address(src):
            found = Finding("dead-address", "", "", src=src)
            yield src, found.of_image(image.image.skipped, is_raw=image.image.is_raw)


def _asker(timeout: float) -> Any:
    session = requests.Session()
    session.headers["User-Agent"] = _AGENT
    session.max_redirects = 5

    def ask(url: str) -> Answer:
        try:
            response = _response(session, url, timeout)
        # What is no address at all is told by two libraries below, each in its own way.
        except (requests.RequestException, HTTPError, ValueError) as error:
            return Answer(0, type(error).__name__)
        permanent = [r for r in response.history if r.status_code in (301, 308)]
        moved = response.url if permanent and response.url != url else ""
        return Answer(response.status_code, moved_to=moved)

    return ask


def _response(session: requests.Session, url: str, timeout: float) -> requests.Response:
    """Return what an address answers, without its body."""
    try:
        response = session.head(url, timeout=timeout, allow_redirects=True)
        if response.status_code not in _NOT_HEAD:
            return response
    except requests.ConnectTimeout:
        raise  # nobody is there, whatever is asked
    except (requests.ConnectionError, requests.ReadTimeout):
        pass  # hosts that do not know how to answer without a body may just hang up, or be silent
    response = session.get(url, timeout=timeout, stream=True)
    response.close()
    return response


def _read_lock(path: Path) -> Lock:
    try:
        return Lock.read(path.read_text("utf-8"))
    except FileNotFoundError:
        return Lock({})
    except ValueError as error:
        raise ProjectError(f"{path} cannot be used: {error}; delete it to begin anew") from error


def _write_lock(path: Path, lock: Lock) -> None:
    """Write the answers at once: two runs at a time leave one whole file, not two halves."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(lock.text)
        os.chmod(name, 0o644)  # noqa: PTH101 (a temporary file is for its owner only)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
