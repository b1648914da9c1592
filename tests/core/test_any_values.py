"""Whatever YAML, or another plugin, may hand us: no exception, no markup of the author's."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_anp.core.post import PostRules
from tests.allowed import Parts
from tests.core.strategies import anything, keys, nested, post_metas, scalars
from tests.support import Printer, front_matter, parse, read_meta, read_values

PRINTER = Printer()
# Controls, line ends, changes of direction and what cannot be encoded.
NOT_FOR_A_LOG = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
ARABIC = Printer("ar")


@given(st.dictionaries(keys, anything, max_size=5))
def test_reading_never_raises(meta: dict[Any, Any]) -> None:
    for meta_key in ("post_meta", "", "topic"):
        read_values(meta, front_matter(), PostRules(meta_key=meta_key))


@given(post_metas)
@example({"a\u202eb\u2028c": "x"})
@example({"notes": [{"a\u202eb": "c\x1b[31m\u202e"}], "difficulty": "a\nb\u2066"})
def test_a_problem_is_one_printable_line(meta: Any) -> None:
    for problem in read_meta(meta)[1]:
        assert not NOT_FOR_A_LOG.search(str(problem)), problem
        assert problem.field.startswith("post_meta")
        assert problem.code
        assert problem.message


@given(post_metas, nested(scalars))
def test_page_settings_never_raise(meta: Any, anp: Any) -> None:
    post, _ = read_meta(meta, anp=anp)
    assert post is not None


@given(post_metas)
def test_rendering_never_raises_and_makes_no_markup_of_the_values(meta: Any) -> None:
    post, _ = read_meta(meta)
    assert post is not None
    for printer in (PRINTER, ARABIC):
        html = printer.all(post)
        html.encode()
        assert Parts(html).errors == []


@given(post_metas)
def test_every_field_that_has_a_value_has_one_element(meta: Any) -> None:
    post, _ = read_meta(meta)
    assert post is not None
    box = parse(PRINTER.meta_box(post))
    rows = box.select("dl.anp-meta-box__rows > .anp-row > [data-anp-field]")
    assert sorted(str(row["data-anp-field"]) for row in rows) == sorted(post.fields)


@given(post_metas)
def test_python_and_json_never_show(meta: Any) -> None:
    post, _ = read_meta(meta)
    assert post is not None
    written = Parts(PRINTER.all(post)).text
    for notation in ("None", "{'", "['", "datetime.", "b'", "set("):
        assert notation not in written or notation in _texts(meta), notation


@given(post_metas)
def test_reading_changes_nothing_of_what_mkdocs_has(meta: Any) -> None:
    before = repr(meta)
    read_meta(meta)
    assert repr(meta) == before


def _texts(value: Any) -> str:
    """Return all texts in a value, one after another."""
    if isinstance(value, dict):
        return "\n".join(_texts(part) for pair in value.items() for part in pair)
    if isinstance(value, (list, tuple, set)):
        return "\n".join(map(_texts, value))
    return value if isinstance(value, str) else ""
