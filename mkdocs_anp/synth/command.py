"""What the command `mkdocs-anp synth` does: options to an order, and a report to the terminal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs_anp.core.text import counted
from mkdocs_anp.synth.writer import (
    MISTAKES,
    Order,
    Report,
    SynthError,
    settings_of,
    write,
    write_one,
)
from mkdocs_anp.terminal import FINE, INTERRUPTED, PROBLEMS, WRONG_USE, progress, say


@dataclass(frozen=True, slots=True)
class Options:
    """The options as given; None is one that was not given."""

    directory: Path
    count: int | None
    seed: str | None
    only: int | None
    truth: Path | None
    messy: float | None
    messy_list: Path | None
    mkdocs_yml: bool


def run(options: Options) -> int:
    """Carry out the command, and return its exit status."""
    report = Report()
    try:
        _check(options)
        if options.only is None:
            return _write_all(_order(options, {}), report)
        return _write_one(_order(options, _settings(options.directory)), options.only, report)
    except KeyboardInterrupt:
        say(f"Interrupted: {_standing(options, report)}", err=True)
        return INTERRUPTED
    except SynthError as error:
        say(f"Error: {error}.", err=True)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        say(f"Error: {error.strerror or error}{place}.", err=True)
        if options.only is None and report.done:
            say(_standing(options, report), err=True)
    return WRONG_USE


def _check(options: Options) -> None:
    """Refuse options that contradict each other."""
    if options.count is None and options.only is None:
        raise SynthError("say how many posts to write with --count, or which one with --only")
    if options.messy is not None and not (0 <= options.messy <= 1 and math.isfinite(options.messy)):
        raise SynthError(f"--messy is a share from 0 to 1, not {options.messy}")
    if options.messy_list and not options.messy:
        raise SynthError("--messy-list has nothing to list without --messy")
    if options.only is None:
        return
    if options.truth or options.messy_list:
        raise SynthError("--only writes one post and no list; leave out --truth and --messy-list")
    if options.only < 0:
        raise SynthError(f"posts are numbered from 0; there is no post {options.only}")


def _settings(directory: Path) -> dict[str, Any]:
    """Return the settings of an earlier run in a folder, those that make sense."""
    settings = settings_of(directory) or {}
    kinds: dict[str, type] = {"seed": str, "messy": float, "count": int, "mkdocs_yml": bool}
    return {key: settings[key] for key in kinds if isinstance(settings.get(key), kinds[key])}


def _order(options: Options, settings: dict[str, Any]) -> Order:
    """Return what to make: as the options say, or else as the folder was made before."""
    _check_same_site(options, settings)
    seed = settings.get("seed", "0") if options.seed is None else options.seed
    messy = settings.get("messy", 0.0) if options.messy is None else options.messy
    count = settings.get("count") if options.count is None else options.count
    only = options.only
    if only is not None and count is not None and only >= count:
        raise SynthError(f"of {count:,} posts, the last one has the number {count - 1}")
    return Order(
        directory=options.directory,
        count=(count or 0) if only is None else only + 1,
        seed=str(seed),
        messy=float(messy),
        site=options.mkdocs_yml or bool(settings.get("mkdocs_yml")),
        truth=options.truth,
        mistakes=options.messy_list,
    )


def _check_same_site(options: Options, settings: dict[str, Any]) -> None:
    """Refuse to mix a post of another site into a folder."""
    given = {"seed": options.seed, "messy": options.messy}
    if options.mkdocs_yml:
        given["mkdocs_yml"] = True
    for key, value in given.items():
        if value is not None and settings.get(key, value) != value:
            raise SynthError(
                f"{options.directory} was made with {key.replace('_', '-')} {settings[key]}, not "
                f"{value}; leave the option out, or name another folder"
            )


def _write_all(order: Order, report: Report) -> int:
    with progress(order.count, "posts") as bar:
        for done in write(order, report):
            if bar is not None:
                bar.update(done)
    say(f"{counted(report.done, 'post')} in {order.directory} (seed {order.seed}).")
    if order.messy:
        listed = order.mistakes or order.directory / MISTAKES
        say(f"{counted(report.mistakes, 'post')} with a mistake, listed in {listed}.")
    if order.truth:
        say(f"Themes listed in {order.truth}.")
    if report.removed:
        say(f"{counted(report.removed, 'file')} of an earlier run removed.")
    return _say_kept(report)


def _write_one(order: Order, index: int, report: Report) -> int:
    path = write_one(order, index, report)
    if report.done:
        say(str(path))
    return _say_kept(report)


def _say_kept(report: Report) -> int:
    if not report.kept:
        return FINE
    names = ", ".join(map(str, report.kept_names))
    more = ", …" if report.kept > len(report.kept_names) else ""
    say(
        f"Left alone: {counted(report.kept, 'file')} that this command did not make, or that "
        f"somebody edited: {names}{more}",
        err=True,
    )
    return PROBLEMS


def _standing(options: Options, report: Report) -> str:
    of = f"of {options.count:,} " if options.count else ""
    return f"{report.done:,} {of}posts stand and are whole; the same command goes on from there."
