"""The command `mkdocs-anp schema`, on real sites."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.checkout import check_run
from tests.test_check_command import COMMAND, DOCS, here, invoke, refused, write_site

__all__ = ["here"]  # a fixture

OPTIONS: dict[str, Any] = {
    "fields": {
        "größe": {"type": "choice", "choices": ["klein", "groß"], "label": "Größe"},
        "audience": {"type": "text", "required": True},
    }
}


def schema(*arguments: object) -> dict[str, Any]:
    """Return the schema that the command prints."""
    result = invoke("schema", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def is_valid(document: dict[str, Any], front_matter: str) -> bool:
    validator = jsonschema.Draft7Validator(document)
    return not list(validator.iter_errors(yaml.safe_load(front_matter)))


def test_it_is_the_schema_of_this_site(here: Path) -> None:
    write_site(here, DOCS, OPTIONS)
    document = schema()
    jsonschema.Draft7Validator.check_schema(document)
    assert is_valid(document, "title: a\npost_meta: {audience: all, größe: groß}")
    assert not is_valid(document, "title: a\npost_meta: {audience: all, größe: huge}")
    assert not is_valid(document, "title: a\npost_meta: {größe: groß}")
    assert not is_valid(document, "post_meta: {audience: all, difficulty: guru}")

    write_site(here)
    document = schema()
    assert is_valid(document, "post_meta: {topic: a}")
    assert not is_valid(document, "post_meta: {audience: all}")


def test_a_file_gets_what_is_printed(here: Path) -> None:
    write_site(here, DOCS, OPTIONS)
    for name in ("-o", "--output"):
        result = invoke("schema", name, "schema.json")
        assert (result.exit_code, result.output) == (0, "")
        written = (here / "schema.json").read_text("utf-8")
        assert json.loads(written) == schema()
        assert written.endswith("}\n")
        assert "größe" in written


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("missing/schema.json", "No such file or directory"),
        ("docs", "Is a directory"),
        ("mkdocs.yml/schema.json", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_an_output_that_cannot_be_written(here: Path, output: str, reason: str) -> None:
    write_site(here)
    assert refused("schema", "-o", output) == f"Error: {output} cannot be written: {reason}\n"


def test_another_site(here: Path) -> None:
    assert "there is no mkdocs.yml here" in refused("schema")
    write_site(here / "a", DOCS, OPTIONS)
    assert not is_valid(schema("-f", "a/mkdocs.yml"), "post_meta: {topic: a}")
    write_site(here / "b", DOCS, {"enabled": False})
    assert is_valid(schema("-f", "b/mkdocs.yml"), "post_meta: {topic: a}")


def test_a_process_whose_output_knows_only_ascii(tmp_path: Path) -> None:
    write_site(tmp_path, DOCS, OPTIONS)
    output = check_run(*COMMAND, "schema", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert not is_valid(json.loads(output), "post_meta: {audience: all, größe: huge}")
    code = "import json, sys; json.load(sys.stdin)"
    script = f'"{sys.executable}" -m mkdocs_anp.cli schema | "{sys.executable}" -c "{code}"'
    assert check_run("sh", "-c", script, cwd=tmp_path) == ""
