"""Golden cases of reading: front matter as an author writes it, and what comes of it.

Each file in `cases/` tells one rule; a name that ends in `-nope` tells what is refused, and one
that ends in `-hint` what is kept, with an advice. Keys:

meta: the front matter, as text, since `1.10` and `1.1` are to be told apart.
defaults: the `.meta.yml` of Material's plugin `meta`, as text (optional).
rules: what the site says in mkdocs.yml: `meta_key`, `posts`, `fields` (optional).
fields: the fields of the post, or null where the page is no post.
meta_box: the settings of the page that differ from the site's (optional).
report: the whole text of the report (none where nothing is wrong).
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest
import yaml
from mergedeep import Strategy, merge

from mkdocs_anp.core.blocks import Block
from mkdocs_anp.core.codes import CODES
from mkdocs_anp.core.levels import Levels
from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.post import Post, PostRules
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.report import problem_text
from mkdocs_anp.core.settings import MetaBoxSettings
from mkdocs_anp.core.site_fields import site_fields
from mkdocs_anp.core.yaml_text import YamlText
from tests.support import SOURCE, Loader

CASES = sorted(Path(__file__).parent.glob("cases/*.yml"))

KEYS = {"meta", "defaults", "rules", "fields", "meta_box", "report"}


def load(path: Path) -> dict[str, Any]:
    """Return a case."""
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader))


def read_case(case: dict[str, Any]) -> tuple[Post | None, list[Problem]]:
    """Return what comes of the front matter of a case."""
    rules = dict(case.get("rules", {}))
    if "fields" in rules:
        rules["top"] = site_fields(rules.pop("fields"))
    if "posts" in rules:
        posts = rules.pop("posts")
        rules["is_post"] = lambda source: source in posts
    defaults = case.get("defaults", "")
    files = [YamlText(lambda: Block(defaults), "posts/.meta.yml")] if defaults else []
    reader = PageReader(PostRules(**rules), defaults=lambda _: files)
    own = yaml.load(case["meta"], Loader) or {}
    reader.begin(SOURCE, f"---\n{case['meta']}---\n", "", own)
    inherited = yaml.load(defaults, Loader) or {}
    meta = merge(inherited, own, strategy=Strategy.TYPESAFE_ADDITIVE)  # as the plugin does it
    post, problems = reader.read(SOURCE, meta)
    return post, sorted(Levels().apply(problems), key=lambda problem: problem.order)


def report_of(problems: list[Problem]) -> str:
    """Return the whole report of a page."""
    return "".join(f"{problem_text(problem, 'docs/')}\n" for problem in problems)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    assert case.keys() <= KEYS
    post, problems = read_case(case)

    fields = None if post is None else dict(post.fields)
    assert _exact(fields) == _exact(case["fields"])
    assert report_of(problems) == case.get("report", "")
    assert {problem.code for problem in problems} <= CODES.keys()
    if post is not None:
        assert _changes(post.settings.meta_box) == case.get("meta_box", {})


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_name_of_a_case_tells_how_it_ends(path: Path) -> None:
    levels = {problem.level for problem in read_case(load(path))[1]}
    ending = "-nope" if "warn" in levels else "-hint" if levels else ""
    endings = [known for known in ("-nope", "-hint") if path.stem.endswith(known)]
    assert endings == ([ending] if ending else [])


def _exact(value: Any) -> str:
    """Return a form in which 1, 1.0, true and "1" differ, and NaN does not."""
    return pformat(value, sort_dicts=False)


def _changes(settings: MetaBoxSettings) -> dict[str, Any]:
    default = asdict(MetaBoxSettings())
    return {key: value for key, value in asdict(settings).items() if value != default[key]}
