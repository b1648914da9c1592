"""Problems of a build: their levels, the known ones, and the report in MkDocs' log."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import InclusionLevel

from mkdocs_anp.core.levels import Baseline, Levels
from mkdocs_anp.core.problems import IMAGES, WHOLE, Problem
from mkdocs_anp.core.report import problem_text, summary
from mkdocs_anp.core.text import counted

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.options.validation import ValidationOptions
    from mkdocs_anp.similar_posts import Kept

log = get_plugin_logger(__name__)

_Key = tuple[str, str, str, str]
Identity = tuple[tuple[str, int, int, str, str, str], str]
"""What makes a problem the same one as another."""


class Memory:
    """What `mkdocs serve` remembers from one build to the next.

    Attributes:
        problems: How often each problem was there in the last build; None before the first.
        stamps: When each source file was last changed, and its size.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.problems: Counter[_Key] | None = None
        self.stamps: dict[str, tuple[int, int]] = {}

    @cached_property
    def similar_posts(self) -> Kept:
        """The engine of similar posts."""
        from mkdocs_anp.similar_posts import Kept  # which imports all of that feature

        return Kept()

    def edited(self, files: Files) -> list[File]:
        """Return the pages that were edited since the last build, none at the first."""
        pages = _written_by_authors(files)
        before, self.stamps = self.stamps, _stamps(pages)
        if not before:
            return []
        return [file for file in pages if self.stamps.get(file.src_uri) != before.get(file.src_uri)]


class Builds:
    """The builds of one command.

    In `mkdocs serve` one follows the other. With a plugin for translations there is one for each
    language, the others inside the first; pages without a translation are in several of them.

    Attributes:
        told: The problems that builds of this round have told or counted.
        sections: The sections of similar posts of their pages, as data, by address.
    """

    def __init__(self, is_serving: bool = False) -> None:
        """Start a command."""
        self.told: set[Identity] = set()
        self.sections: dict[str, Sequence[Mapping[str, object]]] = {}
        self._memories: list[Memory] | None = [] if is_serving else None
        self._open = 0
        self._count = 0

    def begin(self) -> None:
        """Begin a build, inside another one or by itself."""
        if not self._open:
            self.told = set()
            self.sections = {}
            self._count = 0
        self._open += 1
        self._count += 1
        if self._memories is not None and len(self._memories) < self._count:
            self._memories.append(Memory())

    def end(self) -> None:
        """End a build; what it kept in memory may go."""
        self._open -= 1
        gc.unfreeze()

    def fail(self) -> None:
        """End a build, and all those that it is inside of."""
        self._open = 0
        gc.unfreeze()

    @property
    def memory(self) -> Memory | None:
        """What is remembered of the same build in the last round; None but in `mkdocs serve`."""
        return self._memories[self._count - 1] if self._memories and self._count else None


class Validation:
    """Collects the problems of one build, and reports them."""

    def __init__(
        self,
        options: ValidationOptions,
        levels: Levels,
        config: MkDocsConfig,
        memory: Memory | None = None,
        told: set[Identity] | None = None,
    ) -> None:
        """Start a build.

        Args:
            options: The site's options.
            levels: The levels of all kinds of problems.
            config: MkDocs' configuration.
            memory: What `mkdocs serve` remembers; None in any other build.
            told: Takes what this build tells; what is in it is not told again.

        Raises:
            PluginError: The baseline cannot be read.
        """
        self.is_enabled: bool = options.enabled
        self.levels = levels
        self.folder = folder_of(config)
        self._baseline = read_baseline(options, config)
        self._memory = memory
        self._told = set() if told is None else told
        self._told_before = frozenset(self._told)
        self._edited: set[str] = set()
        self._all: list[Problem] = []
        self._by_page: dict[str, list[Problem]] = {}

    @property
    def is_serving(self) -> bool:
        """Whether an author watches."""
        return self._memory is not None

    def add(self, problems: Iterable[Problem]) -> None:
        """Take the problems of a page."""
        self._all += problems

    def tell_at_once(self, problems: Iterable[Problem], edited: Iterable[str] = ()) -> None:
        """Report problems before all pages are read, such as those of pages just edited."""
        self._edited |= set(edited)
        before = (self._memory.problems if self._memory else None) or Counter()
        for problem in self._judged(problems):
            # A field that is missing in the file may still come from another plugin.
            if problem.code != "missing-field" or _key(problem) in before:
                self._tell_once(problem)

    def report(self) -> None:
        """Report every problem, sorted by file and position.

        Raises:
            PluginError: There is an error, and no author watches.
        """
        found = self._judged(self._all)
        self._all = []
        self._by_page = {}
        for problem in found:
            self._by_page.setdefault(problem.source, []).append(problem)
        found = [problem for problem in found if _identity(problem) not in self._told_before]
        before = self._memory.problems if self._memory else None
        quiet = self._tell_all(found, before)
        if self._memory:
            self._tell_the_rest(found, before, quiet)
            self._memory.problems = Counter(map(_key, found))
        elif found:
            log.info("%s", _counted(found))
        if not self.is_serving and any(problem.level == "error" for problem in found):
            kinds = _kinds(found)
            have = " and ".join(f"the {kind}" for kind in kinds)
            have += " has" if kinds == [WHOLE] else " have"
            raise PluginError(f"mkdocs_anp: {have} problems: {summary(found)}")

    def of(self, source: str) -> Sequence[Problem]:
        """Return the problems of a page, after the report."""
        return self._by_page.get(source, ())

    def text(self, problem: Problem) -> str:
        """Return a problem as text."""
        return problem_text(problem, self.folder)

    def _judged(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems that matter, sorted, each once: defaults reach many pages."""
        unique = {_identity(problem): problem for problem in problems}
        found = sorted(self.levels.apply(unique.values()), key=lambda problem: problem.order)
        return self._baseline.new(found)

    def _tell_all(self, found: Sequence[Problem], before: Counter[_Key] | None) -> int:
        """Tell the problems that are new, or stand in an edited file; return how many are not."""
        known, quiet = Counter(before or {}), 0
        for problem in found:
            key = _key(problem)
            is_old = known[key] > 0
            known[key] -= is_old
            if is_old and problem.source not in self._edited:
                quiet += _identity(problem) not in self._told
                self._told.add(_identity(problem))
            else:
                self._tell_once(problem)
        return quiet

    def _tell_the_rest(
        self, found: Sequence[Problem], before: Counter[_Key] | None, quiet: int
    ) -> None:
        if before is None:
            if found:
                log.info("%s", _counted(found))
            return
        mended = sum((before - Counter(map(_key, found))).values())
        if mended:
            log.info("%s mended", counted(mended, "problem"))
        if quiet:
            log.info("%s as before, in pages that were not edited", counted(quiet, "problem"))
        elif mended and not found:
            log.info("the front matter of all pages is in order")

    def _tell_once(self, problem: Problem) -> None:
        if _identity(problem) not in self._told:
            self._told.add(_identity(problem))
            _LOG[problem.level]("%s", self.text(problem))


_LOG = {"info": log.info, "warn": log.warning, "error": log.error}


def read_baseline(options: ValidationOptions, config: MkDocsConfig) -> Baseline:
    """Return the problems that the site knows.

    Raises:
        PluginError: The file is not there, or is not one of ours.
    """
    path = baseline_path(options, config)
    if path is None:
        return Baseline()
    try:
        return Baseline.read(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise PluginError(
            f"mkdocs_anp: there is no file {path.name!r}, the validation.baseline of mkdocs.yml; "
            "write it with: mkdocs-anp check --write-baseline"
        ) from error
    except (OSError, ValueError) as error:
        raise PluginError(
            f"mkdocs_anp: {path.name!r}, the validation.baseline of mkdocs.yml, cannot be used: "
            f"{error}; write it again with: mkdocs-anp check --write-baseline"
        ) from error


def baseline_path(options: ValidationOptions, config: MkDocsConfig) -> Path | None:
    """Return where the baseline is: beside mkdocs.yml, unless the path says otherwise."""
    return _beside(config) / options.baseline if options.baseline else None


def folder_of(config: MkDocsConfig) -> str:
    """Return the path of the docs directory as a terminal can open it, with a `/` behind it."""
    docs = Path(config.docs_dir).resolve()
    for start in (Path.cwd(), _beside(config).resolve()):
        if docs == start:
            return ""
        if start in docs.parents:
            return f"{docs.relative_to(start).as_posix()}/"
    return f"{docs.as_posix()}/"


def _beside(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def _written_by_authors(files: Files) -> list[File]:
    """Return the pages of a served site, without those that plugins write at each build."""
    pages = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    return [file for file in pages if file.generated_by is None]


def _stamps(pages: Iterable[File]) -> dict[str, tuple[int, int]]:
    stamps = {}
    for file in pages:
        try:
            state = os.stat(file.abs_src_path or "")  # noqa: PTH116 (for thousands of files)
            stamps[file.src_uri] = state.st_mtime_ns, state.st_size
        except OSError:
            continue
    return stamps


def _key(problem: Problem) -> _Key:
    return problem.source, problem.field, problem.code, problem.message


def _identity(problem: Problem) -> Identity:
    return problem.order, problem.code


def _counted(found: Sequence[Problem]) -> str:
    """Return one line that counts problems, and says what they are of."""
    return f"{' and '.join(_kinds(found))}: {summary(found)}"


def _kinds(found: Sequence[Problem]) -> list[str]:
    """Return what problems are of: the front matter, or images in the text below it."""
    kinds = {"images" if problem.field == IMAGES else WHOLE for problem in found}
    return sorted(kinds)
