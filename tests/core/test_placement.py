"""Placement: where the HTML of a feature stands in the HTML of a page."""

from __future__ import annotations

from typing import get_args

import pytest

from mkdocs_anp.core.placement import below_title, place
from mkdocs_anp.core.settings import Position

BOX = "<aside>box</aside>"
PAGE = "<h1>Title</h1>\n<p>Body</p>"


def never() -> str:
    raise AssertionError("rendered for nothing")


def put(content: str, position: Position, html: str = BOX) -> str:
    return place(content, lambda: html, "meta_box", position)


def test_end() -> None:
    assert put(PAGE, "end") == f"{PAGE}\n{BOX}"


def test_start_is_under_the_title() -> None:
    assert put(PAGE, "start") == f"<h1>Title</h1>\n{BOX}\n<p>Body</p>"


def test_start_is_on_top_where_the_theme_prints_the_title() -> None:
    assert put("<p>Body</p>", "start") == f"{BOX}\n<p>Body</p>"


@pytest.mark.parametrize("position", ["marker", "template"])
def test_without_a_place_nothing_is_rendered(position: Position) -> None:
    assert place(PAGE, never, "meta_box", position) == PAGE


@pytest.mark.parametrize("position", get_args(Position))
@pytest.mark.parametrize(
    "marker", ["<!-- anp:meta_box -->", "<!--anp:meta_box-->", "<!--\n anp:meta_box\t-->"]
)
def test_a_marker_wins_over_every_position(position: Position, marker: str) -> None:
    assert put(f"<p>a</p>{marker}<p>b</p>", position) == f"<p>a</p>{BOX}<p>b</p>"


def test_the_first_of_two_markers_counts() -> None:
    marker = "<!-- anp:meta_box -->"
    assert put(f"{marker}<p>a</p>{marker}", "end") == f"{BOX}<p>a</p>{marker}"


@pytest.mark.parametrize(
    "no_marker",
    [
        "<!-- anp:checklist -->",
        "<!-- anp:meta_boxes -->",
        "<!-- meta_box -->",
        "<!-- anp: meta_box -->",
        "<code>&lt;!-- anp:meta_box --&gt;</code>",
        "anp:meta_box",
    ],
)
def test_no_marker(no_marker: str) -> None:
    assert put(no_marker, "end") == f"{no_marker}\n{BOX}"


def test_the_marker_of_another_feature_before_ours() -> None:
    content = "<!-- anp:checklist --><p>a</p><!-- anp:meta_box -->"
    assert put(content, "end") == f"<!-- anp:checklist --><p>a</p>{BOX}"


@pytest.mark.parametrize("position", ["start", "end"])
def test_nothing_to_show_changes_nothing(position: Position) -> None:
    assert put(PAGE, position, html="") == PAGE


def test_a_marker_with_nothing_to_show_goes_away() -> None:
    assert put("<p>a</p><!-- anp:meta_box -->", "end", html="") == "<p>a</p>"


def test_the_first_title_counts() -> None:
    assert below_title("<h1>A</h1><h1>B</h1>", "X") == "<h1>A</h1>\nX<h1>B</h1>"


def test_html_is_put_in_as_it_is() -> None:
    assert put("<!-- anp:meta_box -->", "end", html=r"\1 \g<0>") == r"\1 \g<0>"
