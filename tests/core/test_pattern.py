"""HTML with gaps, and the plans that fill it for one post after another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.meta_box import VALUE, MetaBoxBuilder
from mkdocs_anp.core.pattern import Pattern, gap
from mkdocs_anp.core.plan import PLAIN, Maker, Plan
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.site_fields import site_fields
from tests.core.strategies import post_metas
from tests.support import Printer, parse, read, read_meta


@pytest.mark.parametrize(
    ("marked", "texts", "filled"),
    [
        ("nothing", [], "nothing"),
        (f"<p>{gap(0)}</p>", ["a"], "<p>a</p>"),
        (f"{gap(0)}{gap(1)}", ["a", "b"], "ab"),
        (f"{gap(1)}, {gap(0)}", ["a", "b"], "b, a"),
        (f"{gap(0)} and {gap(0)}", ["a"], "a and a"),
        (f"{gap(10)}", [*"0123456789", "ten"], "ten"),
        (f"only the second: {gap(1)}", ["a", "b"], "only the second: b"),
        ("100 % of {0} and %s", [], "100 % of {0} and %s"),
    ],
)
def test_texts_stand_where_their_numbers_are(marked: str, texts: list[str], filled: str) -> None:
    pattern = Pattern(marked)
    assert pattern.filled(texts) == filled
    assert pattern.filled(texts) == filled  # to fill it leaves it as it is


def test_a_text_that_looks_like_a_gap_is_a_text() -> None:
    assert Pattern(f"{gap(0)}-{gap(1)}").filled([gap(1), "b"]) == f"{gap(1)}-b"


def test_a_gap_without_a_text_is_an_error() -> None:
    with pytest.raises(IndexError):
        Pattern(gap(1)).filled(["a"])


@given(st.lists(st.text(max_size=5), min_size=1, max_size=6), st.data())
def test_a_pattern_is_its_parts_and_texts_in_turn(texts: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.sampled_from(range(len(texts))), max_size=8))
    marked = "".join(f"<{n}>{gap(n)}" for n in numbers)
    assert Pattern(marked).filled(texts) == "".join(f"<{n}>{texts[n]}" for n in numbers)


def test_a_plan_escapes_plain_texts_and_resolves_links_where_it_is_said() -> None:
    link = Maker(lambda value, resolve: resolve(value), needs_page=True)
    plan = Plan(f"{gap(1)}|{gap(0)}", [PLAIN, link])
    assert plan.filled(["<b>", "c"], lambda url: f"../{url}") == "../c|&lt;b&gt;"
    assert Plan(gap(0), [PLAIN]).filled(["&"], str) == "&amp;"


@given(st.lists(post_metas, min_size=2, max_size=4))
def test_a_box_does_not_depend_on_the_posts_before(metas: list[Any]) -> None:
    printer = Printer()
    for meta in metas:
        post, _ = read_meta(meta)
        assert post is not None
        assert printer.all(post) == Printer().all(post)


def test_a_longer_value_of_one_field_is_folded_and_a_shorter_one_is_not() -> None:
    printer = Printer()
    for count, is_folded in ((9, True), (8, False), (9, True)):
        post, _ = read(f"post_meta: {{own: [{', '.join(map(str, range(count)))}]}}")
        assert post is not None
        assert ("anp-row--folded" in printer.meta_box(post)) is is_folded


def test_large_tables_and_mappings_are_shown_as_small_ones_are() -> None:
    rows = ", ".join(f"{{a: {n}, b: x}}" for n in range(40))
    keys = ", ".join(f"k{n}: x" for n in range(80))
    post, _ = read(f"post_meta: {{entities: [{rows}], payload: {{{keys}}}}}")
    assert post is not None
    html = Printer().meta_box(post)
    for number in range(40):
        assert f'data-anp-field="entities.{number}.a">{number}</td>' in html
    assert 'data-anp-field="payload.k79" dir="auto">x</dd>' in html
    assert '<span class="anp-count">80</span>' in html


def test_items_with_lists_in_them_have_their_numbers_too() -> None:
    items = "[{a: x, c: {d: y}}, {a: x}, {a: x, c: {d: z}}]"
    post, _ = read(f"post_meta: {{entities: {items}}}")
    assert post is not None
    soup = parse(Printer().meta_box(post))
    fields = [element["data-anp-field"] for element in soup.select("[data-anp-field*='entities.']")]
    assert fields == [
        *("entities.0.a", "entities.0.c", "entities.0.c.d"),
        *("entities.1.a", "entities.2.a", "entities.2.c", "entities.2.c.d"),
    ]


def test_what_is_hidden_is_not_made() -> None:
    top = site_fields({"x": {"type": "markdown", "show": "hidden"}, "payload": {"show": "hidden"}})
    post, _ = read(
        "post_meta: {x: '[a](b.md)', payload: {u: https://a.b}, y: 1}", PostRules(top=top)
    )
    assert post is not None

    def resolve(url: str) -> str:
        raise AssertionError(url)

    fields = [*Printer(top=top).builder.meta_box(post, resolve).split("data-anp-field=")]
    assert len(fields) == 2


def test_a_row_that_a_template_of_the_site_leaves_out_makes_no_group() -> None:
    post, _ = read("post_meta: {hash: abc, topic: x}")
    assert post is not None
    builder = MetaBoxBuilder(
        Printer().wording,
        PostRules().top,
        lambda row: "" if row.field == "hash" else f"<{row.field}>{VALUE}",
        lambda title, groups: "".join(f"{group.key}: {group.rows}" for group in groups),
    )
    assert builder.meta_box(post, str) == "about: <topic>x"
    assert builder.meta_box(post._replace(fields={"hash": "abc"}), str) == ""
