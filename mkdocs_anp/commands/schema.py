"""The command `mkdocs-anp schema`: the JSON Schema of this site's front matter."""

from __future__ import annotations

import json
from pathlib import Path

from mkdocs_anp.core.schema import front_matter_schema
from mkdocs_anp.project import ProjectError, open_project
from mkdocs_anp.terminal import FINE, WRONG_USE, say


def run(config_file: Path | None, output: Path | None) -> int:
    """Print the schema, or write it into a file; return the exit status."""
    try:
        project = open_project(config_file)
        rules = project.options.rules()
        schema = front_matter_schema(rules.top, rules.meta_key, project.config.site_name)
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        if output is None:
            say(text)
        else:
            output.write_text(f"{text}\n", "utf-8")
    except ProjectError as error:
        say(f"Error: {error}", err=True)
        return WRONG_USE
    except OSError as error:
        say(f"Error: {output} cannot be written: {error.strerror or error}", err=True)
        return WRONG_USE
    return FINE
