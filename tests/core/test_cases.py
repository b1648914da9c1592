"""Golden cases of reading: front matter as an author writes it, and what comes of it.

Each file in `cases/` tells one rule; a name that ends in `-nope` tells what is refused. Keys:

meta: the front matter, as text, since `1.10` and `1.1` are to be told apart.
defaults: the `.meta.yml` of Material's plugin `meta`, as text (optional).
rules: what the site says in mkdocs.yml, such as `meta_key` (optional).
fields: the fields of the post, or null where the page is no post.
meta_box: the settings of the page that differ from the site's (optional).
problems: the field and the code of each problem, in the order of the page.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest
import yaml
from mergedeep import Strategy, merge

from mkdocs_anp.core.post import PostRules, read_post
from mkdocs_anp.core.settings import MetaBoxSettings
from tests.support import SOURCE, Loader, codes, front_matter

CASES = sorted(Path(__file__).parent.glob("cases/*.yml"))

KEYS = {"meta", "defaults", "rules", "fields", "meta_box", "problems"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.load(path.read_text(encoding="utf-8"), Loader)
    assert case.keys() <= KEYS
    texts = [case["meta"], case.get("defaults", "")]
    own, defaults = (yaml.load(text, Loader) or {} for text in texts)
    meta = merge(defaults, own, strategy=Strategy.TYPESAFE_ADDITIVE)  # as the plugin does it

    post, problems = read_post(
        SOURCE, meta, front_matter(*texts), PostRules(**case.get("rules", {}))
    )

    fields = None if post is None else dict(post.fields)
    assert _exact(fields) == _exact(case["fields"])
    assert codes(problems) == [(one["field"], one["code"]) for one in case.get("problems", [])]
    if post is not None:
        assert _changes(post.meta_box) == case.get("meta_box", {})


def test_a_nope_case_has_problems_and_no_other_has() -> None:
    for path in CASES:
        case = yaml.load(path.read_text(encoding="utf-8"), Loader)
        assert bool(case.get("problems")) is path.stem.endswith("-nope"), path.name


def _exact(value: Any) -> str:
    """Return a form in which 1, 1.0, true and "1" differ, and NaN does not."""
    return pformat(value, sort_dicts=False)


def _changes(settings: MetaBoxSettings) -> dict[str, Any]:
    default = asdict(MetaBoxSettings())
    return {key: value for key, value in asdict(settings).items() if value != default[key]}
