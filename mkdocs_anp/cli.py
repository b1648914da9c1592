"""The command `mkdocs-anp`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mkdocs_anp import __version__

_PATH = click.Path(path_type=Path)


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


if __name__ == "__main__":
    main(prog_name="mkdocs-anp")
