"""The command `mkdocs-anp`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from mkdocs_anp import __version__

_PATH = click.Path(path_type=Path)
_CONFIG = click.option(
    "-f",
    "--config-file",
    type=_PATH,
    metavar="FILE",
    help="The mkdocs.yml of the site; by default the one in this directory.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="mkdocs-anp")
def main() -> None:
    """Tools for sites that use mkdocs-anp: post meta for MkDocs."""


@main.command()
@click.argument("directory", metavar="DIR", type=_PATH)
@click.option("--count", type=int, metavar="N", help="How many posts, at most 1,000,000.")
@click.option("--seed", metavar="S", help="A number or any text; the same seed, the same posts.")
@click.option("--only", type=int, metavar="INDEX", help="Write just this post, counted from 0.")
@click.option("--truth", type=_PATH, metavar="FILE", help="List which posts share a theme.")
@click.option("--messy", type=float, metavar="P", help="Share of posts with a mistake, 0 to 1.")
@click.option("--messy-list", type=_PATH, metavar="FILE", help="Where to list the mistakes.")
@click.option("--mkdocs-yml", is_flag=True, help="Write a whole site, with mkdocs.yml.")
def synth(
    directory: Path,
    count: int | None,
    seed: str | None,
    only: int | None,
    truth: Path | None,
    messy: float | None,
    messy_list: Path | None,
    mkdocs_yml: bool,
) -> None:
    """Write made-up posts with full post meta into DIR, to try a site at volume."""
    # Its tables of words take longer to load than the other commands take to run.
    from mkdocs_anp.synth.command import Options, run

    options = Options(directory, count, seed, only, truth, messy, messy_list, mkdocs_yml)
    sys.exit(run(options))


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@_CONFIG
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people, for programs, or as annotations of GitHub.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 for hints too.")
@click.option("--write-baseline", is_flag=True, help="Write all problems into the baseline.")
def check(
    paths: tuple[Path, ...],
    config_file: Path | None,
    form: Literal["text", "json", "github"],
    strict: bool,
    write_baseline: bool,
) -> None:
    """Tell what is wrong with the front matter of the site, or of PATHS."""
    from mkdocs_anp.commands.check import Options, run

    sys.exit(run(Options(config_file, form, strict, write_baseline, paths)))


@main.command(name="credits")
@click.argument("paths", nargs=-1, type=_PATH)
@_CONFIG
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--online", is_flag=True, help="Ask whether all addresses answer.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 300),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for an answer.",
)
@click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    metavar="N",
    help="How many addresses to ask at a time.",
)
@click.option(
    "--max-age",
    type=click.IntRange(0),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="Ask again those that answered this long ago.",
)
def image_credits(
    paths: tuple[Path, ...],
    config_file: Path | None,
    as_json: bool,
    online: bool,
    timeout: float,
    parallel: int,
    max_age: int,
) -> None:
    """List the images of the site, or of PATHS, and what is said of them."""
    from mkdocs_anp.commands.credits import Options, run

    sys.exit(run(Options(config_file, paths, as_json, online, timeout, parallel, max_age)))


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@_CONFIG
@click.option("--write", is_flag=True, help="Change the files; without it, only show how.")
def fix(paths: tuple[Path, ...], config_file: Path | None, write: bool) -> None:
    """Mend front matter, in the site or in PATHS, where there is one certain cure."""
    from mkdocs_anp.commands.fix import Options, run

    sys.exit(run(Options(config_file, write, paths)))


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@_CONFIG
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="NAME=FACTOR",
    help="Try a weight, such as tags=2, on top of those of the site.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def similar(
    paths: tuple[Path, ...], config_file: Path | None, weights: tuple[str, ...], as_json: bool
) -> None:
    """List the similar posts of the site, or of PATHS, with the parts of each score."""
    from mkdocs_anp.commands.similar import Options, run

    sys.exit(run(Options(config_file, paths, weights, as_json)))


@main.command()
@_CONFIG
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Where to write it.")
def schema(config_file: Path | None, output: Path | None) -> None:
    """Print the JSON Schema of the site's front matter, for editors."""
    from mkdocs_anp.commands.schema import run

    sys.exit(run(config_file, output))


@main.command()
@click.argument("path", type=_PATH)
@_CONFIG
@click.option("--title", default="", help="The title; by default it is made of the file's name.")
def new(path: Path, config_file: Path | None, title: str) -> None:
    """Write a post with the fields of the site to PATH, such as posts/my-note.md."""
    from mkdocs_anp.commands.new import run

    sys.exit(run(config_file, path, title))


if __name__ == "__main__":
    main(prog_name="mkdocs-anp")
