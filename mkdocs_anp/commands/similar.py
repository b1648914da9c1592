"""The command `mkdocs-anp similar`: what a post's section names, and what each score is made of."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build

from mkdocs_anp.core.similar_posts.policy import Choice
from mkdocs_anp.core.similar_posts.reasons import Reasons
from mkdocs_anp.core.similar_posts.weights import WeightError, Weights
from mkdocs_anp.plugin import AnpPlugin
from mkdocs_anp.project import Project, ProjectError, carried_out, open_project, pages
from mkdocs_anp.terminal import FINE, say

if TYPE_CHECKING:
    from jinja2 import Environment

    from mkdocs_anp.core.similar_posts import Engine
    from mkdocs_anp.similar_posts import SimilarPosts

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Options:
    """The options as given."""

    config_file: Path | None
    paths: tuple[Path, ...]
    weights: tuple[str, ...]
    as_json: bool


class _ReadError(Exception):
    """All pages are read. This ends the build, before any page is written."""


def run(options: Options) -> int:
    """Carry out the command, and return its exit status."""
    return carried_out(partial(_run, options))


def _run(options: Options) -> int:
    project = open_project(options.config_file)
    if not (project.options.enabled and project.options.similar_posts.enabled):
        raise ProjectError("similar_posts is switched off in mkdocs.yml")
    _weigh(project, options.weights)
    chosen = [file.src_uri for file in pages(project, project.files(), options.paths)]
    similar = _read(project)
    engine = similar.engine() if similar else None
    posts = [uri for uri in chosen if similar and similar.has(uri)]
    if similar is None or engine is None or not posts:
        raise ProjectError("none of these pages is a post of the site")
    if options.paths:
        for uri in sorted(set(chosen).difference(posts)):
            say(f"{project.folder}{uri} is no post of the site", err=True)
    found = {uri: list(_rows(uri, similar, engine)) for uri in posts}
    if options.as_json:
        say(json.dumps(found, ensure_ascii=False, indent=1))
        return FINE
    for uri, rows in found.items():
        nothing = "no other page may be named" if similar.is_on(uri) else "it has no section"
        _say_rows(project.folder, uri, rows, nothing)
    return FINE


def _weigh(project: Project, weights: Sequence[str]) -> None:
    """Let what is given count on top of the weights of the site."""
    factors: dict[str, object] = {}
    for text in weights:
        name, _, factor = text.partition("=")
        try:
            factors[name.strip()] = float(factor)
        except ValueError as error:
            raise ProjectError(f"--weight {text}: write a name and a number: tags=2") from error
    own = project.options.similar_posts
    try:
        own.weights = (own.weights or Weights()).scaled(factors)
    except WeightError as error:
        raise ProjectError(str(error)) from error


def _read(project: Project) -> SimilarPosts | None:
    """Build the site up to where all pages are read, so that the result is that of a build.

    Returns:
        The similar posts; None where no page is to name any.
    """
    config = project.config
    plugin = next(p for p in config.plugins.values() if isinstance(p, AnpPlugin))
    project.options.validation.enabled = False  # no error of a page is to end the build
    # The last of all: every plugin has had its turn with the pages.
    config.plugins.events["env"].append(_stop)
    config.plugins.on_startup(command="build", dirty=False)
    with tempfile.TemporaryDirectory() as directory, _quiet():
        config.site_dir = directory
        try:
            build(config)
        except _ReadError:
            pass
        finally:
            config.plugins.on_shutdown()
    if plugin.site is None:
        raise ProjectError("the plugin anp did not run")
    return plugin.site.similar_posts


def _stop(env: Environment, **others: object) -> Environment:
    raise _ReadError


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what a build has to say of the pages; `check` tells of that."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _rows(uri: str, similar: SimilarPosts, engine: Engine) -> Iterator[dict[str, Any]]:
    choices = similar.choices(uri)
    reasons = similar.reasons({uri: [choice.id for choice in choices]}).get(uri, {})
    for choice in choices:
        yield _row(uri, choice, reasons.get(choice.id), engine)


def _row(uri: str, choice: Choice, reasons: Reasons | None, engine: Engine) -> dict[str, Any]:
    row: dict[str, Any] = {"file": choice.id, "origin": choice.origin, "score": choice.score}
    if choice.id in engine:
        evidence = engine.evidence(uri, choice.id)
        row |= {
            "parts": dict(evidence.parts),
            "words": {word: round(share, 6) for word, share in evidence.terms[:_MOST_WORDS]},
            "reasons": asdict(reasons or Reasons()),
        }
    return row


def _say_rows(folder: str, uri: str, rows: Sequence[Mapping[str, Any]], nothing: str) -> None:
    say(f"{folder}{uri}")
    if not rows:
        say(f"  {nothing}")
    for number, row in enumerate(rows, 1):
        origin = "" if row["origin"] == "similar" else f"  ({_ORIGINS[row['origin']]})"
        say(f"  {number}. {row['score']:.3f}  {folder}{row['file']}{origin}")
        for name in ("parts", "words"):
            if shares := row.get(name):
                listed = ", ".join(f"{key} {share:.3f}" for key, share in shares.items())
                say(f"     {name}: {listed}")


_ORIGINS = {
    "pin": "pinned",
    "topic": "nothing similar may be named: the same topic",
    "section": "nothing similar may be named: the same section",
    "newest": "nothing similar may be named: one of the newest",
}
