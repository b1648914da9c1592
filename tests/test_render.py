"""The files that a site may have its own of: languages and partials."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2.meta import find_undeclared_variables

from mkdocs_anp.render import Renderer
from mkdocs_anp.theme import THEME_DIR
from tests.checkout import ROOT
from tests.support import environment

PARTIALS = sorted(THEME_DIR.glob("partials/anp/*.html"))
LANGUAGES = sorted(path.stem for path in THEME_DIR.glob("partials/anp/languages/*.html"))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "文章元数据"),
        ("zh-CN", "文章元数据"),
        ("zh-Hans", "文章元数据"),
        ("zh_Hans_HK", "文章元数据"),
        ("zh-TW", "Post meta"),
        ("zh_TW", "Post meta"),
        ("zh-HK", "Post meta"),
        ("zh-Hant", "Post meta"),
        ("zh_Hant_MO", "Post meta"),
        ("pt-BR", "Metadados do artigo"),
        ("de_AT", "Metadaten des Beitrags"),
        ("tw", "Post meta"),
    ],
)
def test_a_language_falls_back_to_one_of_the_same_script(language: str, title: str) -> None:
    renderer = Renderer(environment(), THEME_DIR, language, {})
    assert renderer.wording.labels["meta_box.title"] == title


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_ours_are_those_of_their_template(language: str) -> None:
    """They are read without it, for speed; a copy in a site's own folder is a template."""
    template = environment().get_template(f"partials/anp/languages/{language}.html")
    labels = Renderer(environment(), THEME_DIR, language, {}).wording.labels
    assert labels == vars(template.module)["labels"]


@pytest.mark.parametrize("path", PARTIALS, ids=lambda path: path.name)
def test_every_variable_of_a_partial_is_told(path: Path) -> None:
    """In the comment at its top, and in its row of the table in docs/theming.md."""
    source = path.read_text(encoding="utf-8")
    variables = find_undeclared_variables(environment().parse(source))
    theming = ROOT.joinpath("docs", "theming.md").read_text(encoding="utf-8")
    (row,) = [line for line in theming.splitlines() if f"| `partials/anp/{path.name}`" in line]
    assert variables
    assert variables <= set(re.findall(r"\w+", source.partition("-#}")[0]))
    assert variables <= set(re.findall(r"\w+", row))
