"""Posts as files: in small folders, whole at any moment, and never over somebody else's.

A folder that we made has a marker, and each file in it has a hash by which it is known
(`signing`). Running again replaces and removes what is ours and has not been edited since; all
else stays. A file gets its name only when it is complete, so that whatever stops the work,
what stands is whole, and running again completes it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_anp.synth.draws import seed_number
from mkdocs_anp.synth.front import GENERATOR
from mkdocs_anp.synth.lists import MISTAKE_KEYS, THEME_KEYS, LineFile, mistake_line, theme_lines
from mkdocs_anp.synth.messy import messy_text
from mkdocs_anp.synth.posts import FOLDER_SIZE, MAX_COUNT, folder_of, heading_of
from mkdocs_anp.synth.signing import is_ours, sign
from mkdocs_anp.synth.site import index_md, mkdocs_yml

MARKER = ".anp-synth.json"
"""The file that says that a folder is ours, and how it was made."""
MISTAKES = ".anp-synth-mistakes.jsonl"
"""The file that lists mistakes, unless another one is named."""

_UNFINISHED = re.compile(r"\.anp-synth\.\d+\.tmp")
_FOLDER = re.compile(r"\d{4}")
_POST = re.compile(r"(\d{6})-.*\.md")
_SITE_POSTS = Path("docs", "posts")
_SITE_FILES = (Path("mkdocs.yml"), Path("docs", "index.md"))
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_NAMED = 5


class SynthError(Exception):
    """What was asked for cannot be done; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make.

    Attributes:
        directory: Where.
        count: How many posts.
        seed: The seed of the site: a number or any text.
        messy: The share of posts that get a mistake in their front matter.
        site: Whether to make a whole site, with `mkdocs.yml`.
        truth: Where to list the themes and their posts, or None.
        mistakes: Where to list the mistakes; None means the usual place.
    """

    directory: Path
    count: int
    seed: str = "0"
    messy: float = 0.0
    site: bool = False
    truth: Path | None = None
    mistakes: Path | None = None

    @property
    def posts(self) -> Path:
        """The folder of all posts."""
        return self.directory / _SITE_POSTS if self.site else self.directory

    @property
    def prefix(self) -> str:
        """What comes before a post's path, seen from the folder that MkDocs calls docs_dir."""
        return f"{_SITE_POSTS.name}/" if self.site else ""


@dataclass(slots=True)
class Report:
    """What was done.

    Attributes:
        done: How many posts stand as they should, written now or before.
        mistakes: How many of them have a mistake.
        removed: How many files of an earlier run were removed.
        kept: How many files were left alone because they are not ours, or no longer.
        kept_names: The first few of them.
    """

    done: int = 0
    mistakes: int = 0
    removed: int = 0
    kept: int = 0
    kept_names: list[Path] = field(default_factory=list)

    def keep(self, path: Path) -> None:
        """Note a file that was left alone."""
        self.kept += 1
        if len(self.kept_names) < _NAMED:
            self.kept_names.append(path)


def write(order: Order, report: Report) -> Iterator[int]:
    """Write all that was ordered; yield how many posts were done since the last time.

    Args:
        order: What to make.
        report: Is kept up to date while the work goes on.

    Raises:
        SynthError: It would write over what is not ours.
        OSError: The disk is full, or a folder cannot be written to.
    """
    known = _claim(order)
    site = seed_number(order.seed)
    mistakes = _mistakes_file(order)
    with mistakes or nullcontext():
        for start in range(0, order.count, FOLDER_SIZE):
            indexes = range(start, min(start + FOLDER_SIZE, order.count))
            lines = _write_folder(order, site, indexes, report)
            if mistakes is not None:
                mistakes.add(lines)
            yield len(indexes)
    _write_site(order, site, report)
    if known:
        _remove_old(order, site, report)
    if order.truth is not None:
        with LineFile(order.truth) as themes:
            for line in theme_lines(site, order.count, order.prefix):
                themes.add([line])


def write_one(order: Order, index: int, report: Report) -> Path:
    """Write one post alone, byte for byte the one that stands in the whole site.

    Returns:
        Its path.

    Raises:
        SynthError: It would write over what is not ours.
        OSError: The folder cannot be written to.
    """
    _claim(order, alone=True)
    site = seed_number(order.seed)
    _write_folder(order, site, range(index, index + 1), report)
    return order.posts / heading_of(site, index).path


def settings_of(directory: Path) -> dict[str, object] | None:
    """Return how a folder was made, or None if it is not ours.

    Raises:
        SynthError: Its marker is not one of ours.
    """
    marker = directory / MARKER
    try:
        settings = json.loads(marker.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        settings = None
    if not isinstance(settings, dict) or settings.get("generator") != GENERATOR:
        raise SynthError(f"{marker} is not a marker of the {GENERATOR}; choose another folder")
    return settings


def _claim(order: Order, alone: bool = False) -> bool:
    """Make sure that a folder is ours to write in, and return whether it has been so before."""
    if not 1 <= order.count <= MAX_COUNT:
        raise SynthError(f"a site has 1 to {MAX_COUNT:,} posts, not {order.count:,}")
    directory = order.directory
    if directory.exists() and not directory.is_dir():
        raise SynthError(f"{directory} is a file; name a folder")
    known = settings_of(directory) is not None
    if not known and directory.exists() and not _is_empty(directory):
        raise SynthError(
            f"{directory} is not empty, and was not made by this command; name a new folder"
        )
    _check_lists(order)
    directory.mkdir(parents=True, exist_ok=True)
    if not (alone and known):
        _write_marker(order, alone)  # before all else: from here on, the folder is known as ours
    order.posts.mkdir(parents=True, exist_ok=True)
    return known


def _is_empty(directory: Path) -> bool:
    """Return whether nothing is in a folder but what a killed process of ours left."""
    return all(_UNFINISHED.fullmatch(path.name) for path in directory.iterdir())


def _check_lists(order: Order) -> None:
    """Refuse lists that would be written over other files."""
    lists = [(order.truth, THEME_KEYS), (_mistakes_path(order), MISTAKE_KEYS)]
    taken = {(order.directory / path).resolve() for path in (MARKER, *_SITE_FILES)}
    for path, keys in lists:
        if path is None:
            continue
        if path.resolve() in taken or not LineFile.may_replace(path, keys):
            raise SynthError(f"{path} is another file, not such a list; name another one")
        if path.parent.resolve() != order.directory.resolve() and not path.parent.is_dir():
            raise SynthError(f"{path.parent} is no folder; name another place for {path.name}")
        taken.add(path.resolve())


def _write_marker(order: Order, alone: bool) -> None:
    settings = {
        "generator": GENERATOR,
        "note": "Running the command again replaces only what it made and nobody edited.",
        "count": None if alone else order.count,
        "seed": order.seed,
        "messy": order.messy,
        "mkdocs_yml": order.site,
    }
    text = json.dumps(settings, indent=2, ensure_ascii=True) + "\n"
    _put(str(order.directory), MARKER, text.encode())


def _write_folder(order: Order, site: int, indexes: range, report: Report) -> list[str]:
    """Write posts of one folder, and return a line for each mistake."""
    # To make them all and then write them all takes a fifth less time than turn by turn: the
    # caches of the processor do not have to change between the two after each post.
    posts = [
        (heading_of(site, index).path, *messy_text(site, index, order.messy)) for index in indexes
    ]
    signed = [sign(text) for _, text, _ in posts]
    lines = []
    folder = str(order.posts / folder_of(indexes.start))
    fresh = True
    if os.path.islink(folder):  # noqa: PTH114 - its files are somebody else's
        raise SynthError(f"{folder} is a link to another folder; remove it")
    try:
        os.mkdir(folder)  # noqa: PTH102 - one text serves all its posts
    except FileExistsError:
        fresh = False
    for (path, _, mistake), data in zip(posts, signed, strict=True):
        if not _put_ours(folder, path.rpartition("/")[2], data, fresh):
            report.keep(order.posts / path)
            continue
        report.done += 1
        if mistake is not None:
            lines.append(mistake_line(f"{order.prefix}{path}", mistake))
    report.mistakes += len(lines)
    return lines


def _write_site(order: Order, site: int, report: Report) -> None:
    if not order.site:
        return
    texts = (mkdocs_yml(order.count), index_md(site, order.count))
    for path, text in zip(_SITE_FILES, texts, strict=True):
        place = order.directory / path
        if not _put_ours(str(place.parent), place.name, sign(text), fresh=False):
            report.keep(place)


def _put_ours(folder: str, name: str, data: bytes, fresh: bool) -> bool:
    """Write a file unless another one stands there that is not ours; return whether it is."""
    if not fresh:
        old = _read(f"{folder}/{name}")
        if old == data:
            return True
        if old is not None and not is_ours(old):
            return False
    _put(folder, name, data)
    return True


def _put(folder: str, name: str, data: bytes) -> None:
    """Write a file: first under another name, so that under its own it is whole."""
    unfinished = f"{folder}/.anp-synth.{os.getpid()}.tmp"
    try:
        file = os.open(unfinished, _WRITE, 0o666)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(file, left) :]
        finally:
            os.close(file)
        os.replace(unfinished, f"{folder}/{name}")  # noqa: PTH105 - a Path costs more than this
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished)  # noqa: PTH108
        raise


def _read(path: str) -> bytes | None:
    """Return what stands at a path: None for nothing, and nothing of ours for what is no file."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def _remove_old(order: Order, site: int, report: Report) -> None:
    """Remove what earlier runs made and this one did not, unless somebody edited it."""
    for posts in (order.directory, order.directory / _SITE_POSTS):
        for folder in _folders(posts):
            for path in sorted(folder.iterdir()):
                if _UNFINISHED.fullmatch(path.name):
                    path.unlink()
                elif posts != order.posts or not _is_wanted(order, site, path):
                    _remove(path, report)
            _remove_empty(folder)
    if not order.site and (order.directory / _SITE_POSTS).is_dir():
        for path in _SITE_FILES:
            _remove(order.directory / path, report)
        _remove_empty(order.directory / _SITE_POSTS)
        _remove_empty(order.directory / _SITE_POSTS.parent)
    usual = order.directory / MISTAKES
    if not order.messy and usual.is_file() and LineFile.may_replace(usual, MISTAKE_KEYS):
        usual.unlink()


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # somebody else's files are in it
        folder.rmdir()


def _folders(posts: Path) -> list[Path]:
    if not posts.is_dir():
        return []
    return [
        path
        for path in posts.iterdir()
        if _FOLDER.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
    ]


def _is_wanted(order: Order, site: int, path: Path) -> bool:
    match = _POST.fullmatch(path.name)
    index = int(match[1]) if match else MAX_COUNT
    return index < order.count and order.posts / heading_of(site, index).path == path


def _remove(path: Path, report: Report) -> None:
    data = _read(str(path))
    if data is None:
        return
    if is_ours(data):
        path.unlink()
        report.removed += 1
    elif _POST.fullmatch(path.name):  # a post that somebody edited; other files are not our concern
        report.keep(path)


def _mistakes_path(order: Order) -> Path | None:
    return (order.mistakes or order.directory / MISTAKES) if order.messy else None


def _mistakes_file(order: Order) -> LineFile | None:
    path = _mistakes_path(order)
    return LineFile(path) if path else None
