"""What the documentation says of validation is what the plugin says."""

from __future__ import annotations

import re

import pytest
from mkdocs.utils import meta

from mkdocs_anp.core.codes import CODES
from mkdocs_anp.core.levels import Levels
from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.report import problem_text
from tests.checkout import ROOT
from tests.comparison import BROKEN, PAGE

JOBS = "---\ntitle: Jobs\npost_meta:\n  topic: jobs\n  difficulty: begginer\n---\n"


def reports(source: str, text: str) -> str:
    """Return the report on a page."""
    markdown, own = meta.get_data(text)
    reader = PageReader(PostRules())
    reader.begin(source, text, markdown, own)
    problems = Levels().apply(reader.read(source, own)[1])
    return "\n".join(problem_text(problem, "docs/") for problem in problems)


@pytest.mark.parametrize(
    ("page", "source", "text"),
    [
        ("README.md", "any-post.md", JOBS),
        ("docs/getting-started.md", "notes/jobs.md", JOBS),
        ("docs/validation.md", "posts/jobs.md", "---\ntitle: Deploying: a note\n---\n"),
    ],
)
def test_examples_of_reports(page: str, source: str, text: str) -> None:
    shown = re.findall(r"```text\n(docs/.*?)\n```", ROOT.joinpath(page).read_text("utf-8"), re.S)
    assert shown == [reports(source, text)]


def test_each_code_has_a_section_and_each_section_a_code() -> None:
    text = ROOT.joinpath("docs", "problems.md").read_text("utf-8")
    sections = re.split(r"^### `([\w-]+)`$", text, flags=re.MULTILINE)
    told = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert list(told) == list(CODES)
    for code, section in told.items():
        assert section.strip().startswith("A hint.") is (CODES[code] == "info"), code


def test_the_comparison_has_a_row_for_each_mistake() -> None:
    rows = re.findall(r"^\| ([^|]+) \|.*\| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {"option", "mistake", "---"}.isdisjoint(BROKEN)
    said = dict(rows)
    assert set(BROKEN) <= set(said)
    for mistake, text in BROKEN.items():
        first = reports("page.md", text).splitlines()
        if first:  # what Material alone cannot bear is not seen without its icons
            assert first[0].replace("|", "\\|") in said[mistake]
