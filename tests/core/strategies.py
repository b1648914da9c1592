"""Values as YAML may build them: good ones, nearly good ones, and anything."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from mkdocs_anp.core.fields import BUILT_IN, Field

# Characters that mean something to HTML, YAML, URLs or us, and all the others.
CHARACTERS = st.sampled_from("<>&\"'/:#?=.-_ \t\n\r\x00\x07\x85\ufeff\u202e\u2028\ud800\uffff") | (
    st.characters(codec=None)
)
texts = st.text(CHARACTERS, max_size=30) | st.sampled_from(
    [
        "<b onclick=x>",
        "</dd>",
        "javascript:x",
        "https://a.org/b",
        "a b",
        " a ",
        "1.10",
        "yes",
        "x" * 1200,
    ]
)
zones = st.none() | st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
numbers = st.integers() | st.integers(-(10**19), 10**19) | st.floats() | st.just(10**4000)
scalars = st.none() | st.booleans() | numbers | texts | st.dates() | st.datetimes(timezones=zones)
odd_scalars = scalars | st.binary(max_size=4) | st.sets(texts, max_size=3) | st.tuples(texts)
keys = (
    st.sampled_from([*BUILT_IN, "ai outline", "aiBrief", "post_meta", "quality", "name"]) | scalars
)


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return containers of containers of these leaves."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


anything = nested(odd_scalars)

_PLAIN = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12)
_KEYS = st.sampled_from(["a", "own_key", "x2", "A", "a b", "_", ""])


def nearly(field: Field) -> st.SearchStrategy[Any]:
    """Return values of which many are just what a field declares, and the rest is close."""
    kind = field.type
    if kind in ("integer", "minutes", "number"):
        good = st.integers(0, 101) | st.floats(0, 100) | st.sampled_from([10**18 - 1, 10**18])
    elif kind == "boolean":
        good = st.booleans()
    elif kind == "date":
        good = st.dates() | st.datetimes()
    elif kind == "choice":
        good = st.sampled_from(field.choices)
    elif kind == "url":
        good = st.sampled_from(["https://a.org", "a.md", "javascript:x", " a.md", "mailto:a@b"])
    elif kind == "list":
        good = _list(field)
    elif kind == "mapping":
        good = _mapping(field)
    elif kind == "checklist":
        good = _list(field) | _mapping(field)
    elif kind == "any":
        good = _PLAIN | st.booleans() | st.dates() | st.lists(_PLAIN, max_size=3)
    else:
        good = _PLAIN | st.text("a ", min_size=999, max_size=1001)
    return good | _PLAIN | scalars


def _list(field: Field) -> st.SearchStrategy[Any]:
    return st.lists(nearly(field.of) if field.of else anything, max_size=3)


def _mapping(field: Field) -> st.SearchStrategy[Any]:
    known = {key: nearly(inner) for key, inner in field.fields.items()}
    fixed = st.fixed_dictionaries({}, optional=known)
    if field.extra is None:
        return fixed
    further = st.dictionaries(_KEYS, nearly(field.extra), max_size=2)
    return st.builds(lambda a, b: {**a, **b}, fixed, further)


post_metas = st.fixed_dictionaries(
    {}, optional={key: nearly(field) for key, field in BUILT_IN.items()}
) | st.dictionaries(keys, anything, max_size=6)
