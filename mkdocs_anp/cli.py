"""The command `mkdocs-anp`."""

from __future__ import annotations

import click

from mkdocs_anp import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="mkdocs-anp")
def main() -> None:
    """Tools for sites that use mkdocs-anp: post meta for MkDocs."""
