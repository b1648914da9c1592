"""What a section shows: pins, what must not appear, and what stands in when nothing is similar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.similar_posts import Chooser, Document, Page, Rules, Similar, UselessPin

A, B, C, D = (f"{name}.md" for name in "abcd")


def chooser(**changed: Page) -> Chooser:
    pages = {name: Page(f"{name}.md", place=f"{name}.md") for name in "abcd"}
    return Chooser({**pages, **changed}.values())


def similar(*ids: str) -> list[Similar]:
    """Return results whose scores fall by tenths: .9, .8, …"""
    return [Similar(id_, round(0.9 - n / 10, 1)) for n, id_ in enumerate(ids)]


def chosen(pages: Chooser, found: list[Similar], rules: Rules) -> list[str]:
    return [choice.id for choice in pages.choose(A, found, rules)]


# Pins


def test_pins_come_first_in_their_order_and_once() -> None:
    choices = chooser().choose(A, similar(B, C), Rules(pin=(D, C, D)))
    assert [(choice.id, choice.origin) for choice in choices] == [
        (D, "pin"),
        (C, "pin"),
        (B, "similar"),
    ]
    assert [choice.score for choice in choices] == [0, 0.8, 0.9]


def test_pins_count_for_the_limit() -> None:
    assert chosen(chooser(), similar(B, C), Rules(limit=2, pin=(D,))) == [D, B]
    assert chosen(chooser(), similar(B, C), Rules(limit=1, pin=(D, C))) == [D]


@pytest.mark.parametrize(
    ("pin", "reason"),
    [("gone.md", "missing"), (A, "itself"), (B, "hidden"), (C, "excluded"), (D, "translation")],
)
def test_pin_that_cannot_be_followed(pin: str, reason: str) -> None:
    pages = Chooser(
        [
            Page(A, translation="t"),
            Page(B, may_appear=False),
            Page(C),
            Page(D, language="de", translation="t"),
        ]
    )
    rules = Rules(pin=(pin,), exclude=(C,))
    assert pin not in chosen(pages, [], rules)
    assert [(useless.pin, useless.reason) for useless in pages.useless_pins(A, rules)] == [
        (pin, reason)
    ]


def test_pin_that_can() -> None:
    assert chooser().useless_pins(A, Rules(pin=(B,))) == ()
    assert chooser().useless_pins(A, Rules(pin=("x", "x"))) == (UselessPin(A, "x", "missing"),)


def test_pins_in_a_circle() -> None:
    pages = chooser()
    assert pages.choose(A, [], Rules(pin=(B,)))[0].id == B
    assert pages.choose(B, [], Rules(pin=(A,)))[0].id == A


def test_a_pin_needs_no_score_and_may_be_newer() -> None:
    pages = chooser(b=Page(B, date=date(2021, 1, 1)), a=Page(A, date=date(2020, 1, 1)))
    assert chosen(pages, [], Rules(pin=(B,), newer=False, min_score=1)) == [B]


# What may not appear


@pytest.mark.parametrize(
    "page",
    [
        Page(B, may_appear=False),
        Page(B, language="de"),
        Page(B, translation="t"),
    ],
)
def test_page_that_is_never_named(page: Page) -> None:
    pages = chooser(a=Page(A, translation="t"), b=page)
    assert chosen(pages, similar(B, C), Rules()) == [C]


def test_a_page_is_never_named_by_itself_nor_one_that_is_unknown() -> None:
    assert chosen(chooser(), similar(A, "gone.md", B), Rules()) == [B]


def test_excluded() -> None:
    assert chosen(chooser(), similar(B, C), Rules(exclude=(B,))) == [C]


def test_posts_that_need_review() -> None:
    pages = chooser(b=Page(B, needs_review=True))
    assert chosen(pages, similar(B, C), Rules()) == [B, C]
    assert chosen(pages, similar(B, C), Rules(unreviewed=False)) == [C]


def test_newer_posts() -> None:
    day = date(2020, 1, 1)
    pages = chooser(
        a=Page(A, date=day), b=Page(B, date=date(2021, 1, 1)), c=Page(C, date=day), d=Page(D)
    )
    assert chosen(pages, similar(B, C, D), Rules()) == [B, C, D]
    assert chosen(pages, similar(B, C, D), Rules(newer=False)) == [C, D]


def test_least_score() -> None:
    assert chosen(chooser(), similar(B, C), Rules(min_score=0.9)) == [B]


# Never empty


def test_fallback_is_the_same_topic_then_the_section_then_the_newest() -> None:
    pages = Chooser(
        [
            Page(A, topics=("kafka",), section="ops"),
            Page(B, section="ops"),
            Page(C, topics=("kafka",)),
            Page(D, date=date(2020, 1, 1)),
            Page("e.md", date=date(2021, 1, 1)),
        ]
    )
    choices = pages.choose(A, [], Rules())
    assert [(choice.id, choice.origin) for choice in choices] == [
        (C, "topic"),
        (B, "section"),
        ("e.md", "newest"),
        (D, "newest"),
    ]


def test_fallback_stands_in_only_when_there_is_nothing_else() -> None:
    assert chosen(chooser(), similar(B), Rules()) == [B]
    assert chosen(chooser(), [], Rules(pin=(C,))) == [C]
    assert chosen(chooser(), similar(B), Rules(min_score=1)) == [B, C, D]


def test_fallback_obeys_the_rules() -> None:
    pages = chooser(b=Page(B, may_appear=False))
    assert chosen(pages, [], Rules(exclude=(C,), limit=5)) == [D]


def test_only_page_of_a_site_has_an_empty_section() -> None:
    assert Chooser([Page(A)]).choose(A, [], Rules()) == ()


def test_page_of_a_document() -> None:
    document = Document("ops/a.md", topic=("Background  Jobs",), may_appear=False)
    page = Page.of(document, needs_review=True)
    assert page.topics == ("background jobs",)
    assert page.section == "ops"
    assert page.place == "ops/a.md"
    assert (page.may_appear, page.needs_review) == (False, True)


# Whatever the input

ids = st.sampled_from([A, B, C, D, "e.md", "gone.md"])
pages = st.lists(
    st.builds(
        Page,
        ids,
        date=st.none() | st.dates(),
        topics=st.sampled_from([(), ("x",), ("x", "y")]),
        translation=st.sampled_from(["", "", "t"]),
        may_appear=st.booleans(),
        needs_review=st.booleans(),
    )
)
rules = st.builds(
    Rules,
    limit=st.integers(0, 6),
    min_score=st.floats(0, 1),
    newer=st.booleans(),
    unreviewed=st.booleans(),
    pin=st.lists(ids).map(tuple),
    exclude=st.lists(ids, max_size=2).map(tuple),
)


@given(pages, st.lists(st.builds(Similar, ids, st.floats(0, 1))), rules)
def test_rules_hold(known: list[Page], found: list[Similar], rule: Rules) -> None:
    everything = {page.id: page for page in [*known, Page(A)]}
    choices = Chooser(everything.values()).choose(A, found, rule)
    names = [choice.id for choice in choices]
    assert len(names) == len(set(names)) <= rule.limit
    assert A not in names
    assert not set(names) & set(rule.exclude)
    assert all(name in everything and everything[name].may_appear for name in names)
    origins = [choice.origin for choice in choices]
    assert origins == sorted(origins, key=["pin", "similar", "topic", "section", "newest"].index)
    if "similar" in origins or "pin" in origins:
        assert set(origins) <= {"pin", "similar"}
