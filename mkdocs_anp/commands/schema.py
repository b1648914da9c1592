"""The command `mkdocs-anp schema`: the JSON Schema of this site's front matter."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from mkdocs_anp.core.schema import front_matter_schema
from mkdocs_anp.project import ProjectError, carried_out, open_project
from mkdocs_anp.terminal import FINE, say


def run(config_file: Path | None, output: Path | None) -> int:
    """Print the schema, or write it into a file; return the exit status."""
    return carried_out(partial(_run, config_file, output))


def _run(config_file: Path | None, output: Path | None) -> int:
    project = open_project(config_file)
    rules = project.options.rules()
    schema = front_matter_schema(rules.top, rules.meta_key, project.config.site_name)
    if output is None:
        # ASCII only: not every terminal and pipe knows more.
        say(json.dumps(schema, indent=2))
        return FINE
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    try:
        output.write_text(f"{text}\n", "utf-8")
    except OSError as error:
        raise ProjectError(f"{output} cannot be written: {error.strerror or error}") from error
    return FINE
