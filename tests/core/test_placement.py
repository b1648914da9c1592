"""Placement: where the HTML of a feature stands in the HTML of a page."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from markupsafe import Markup

from mkdocs_anp.core.placement import Part, below_title, has_all, in_head, place
from mkdocs_anp.core.settings import Position

BOX = "<aside>box</aside>"
PAGE = "<h1>Title</h1>\n<p>Body</p>"


def never(name: str) -> str:
    raise AssertionError(f"{name} is rendered for nothing")


def put(content: str, position: Position, html: str = BOX) -> str:
    return place(content, [Part("meta_box", position)], {"meta_box": html}.__getitem__)[0]


def test_end() -> None:
    assert put(PAGE, "end") == f"{PAGE}\n{BOX}"


def test_start_is_under_the_title() -> None:
    assert put(PAGE, "start") == f"<h1>Title</h1>\n{BOX}\n<p>Body</p>"


def test_start_is_on_top_where_the_theme_prints_the_title() -> None:
    assert put("<p>Body</p>", "start") == f"{BOX}\n<p>Body</p>"


@pytest.mark.parametrize("position", ["marker", "template"])
def test_without_a_place_nothing_is_rendered(position: Position) -> None:
    assert place(PAGE, [Part("meta_box", position)], never) == (PAGE, [])


def test_parts_stand_in_their_order() -> None:
    positions: tuple[Position, ...] = ("end", "start", "end", "start", "marker", "template")
    parts = [Part(f"p{n}", position) for n, position in enumerate(positions)]
    assert place(PAGE, parts, "<{}>".format, ["<glance>"]) == (
        "<h1>Title</h1>\n<glance>\n<p1>\n<p3>\n<p>Body</p>\n<p0>\n<p2>",
        [],
    )


def test_parts_that_markers_have_placed_are_named() -> None:
    content = f"{PAGE}\n<!-- anp:a -->\n<!-- anp:c -->"
    parts = [Part("a", "end"), Part("b", "end"), Part("c", "template")]
    render = {"a": "A", "b": "", "c": ""}.__getitem__
    assert place(content, parts, render) == (f"{PAGE}\nA\n", ["a", "c"])
    assert place(content, parts, render, may_have_markers=False) == (f"{content}\nA", [])


@pytest.mark.parametrize("position", get_args(Position))
@pytest.mark.parametrize(
    "marker", ["<!-- anp:meta_box -->", "<!--anp:meta_box-->", "<!--\n anp:meta_box\t-->"]
)
def test_a_marker_wins_over_every_position(position: Position, marker: str) -> None:
    assert put(f"<p>a</p>{marker}<p>b</p>", position) == f"<p>a</p>{BOX}<p>b</p>"


@pytest.mark.parametrize(
    "name", ["meta-box", "Meta_Box", "META BOX", "metaBox", "meta_box ", "Meta-box\n"]
)
def test_a_marker_may_be_written_as_a_key_may(name: str) -> None:
    assert put(f"<p>a</p>\n<!-- anp:{name} -->\n", "end") == f"<p>a</p>\n{BOX}\n"
    assert put("<!-- ANP:Meta-Box-->", "end") == BOX


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a</p>\n", "\n<p>b</p>"),
        ("<p>a</p>\n  ", " \t\n<p>b</p>"),
        ("", "\n<p>b</p>"),
        ("<p>a</p>\n", ""),
        ("<ul>\n<li>", "</li>\n</ul>"),
        ("<ul>\n<li>\n", "\n</li>\n</ul>"),
        ('<div class="tabbed-block">\n', "\n</div>"),
        ('<div title="a">', "</div>"),
        ("<p>a<br />\n", "\n<em>b</em></p>"),
        ("<p>a</p>\n<!-- a -->\n", "\n<!-- b -->"),
        ("<script>'</p><!--'</script>\n", "\n"),
        ("<TD>", "</TD>"),
    ],
)
def test_a_marker_counts_where_it_stands_alone(before: str, after: str) -> None:
    assert put(f"{before}<!-- anp:meta_box -->{after}", "end") == f"{before}{BOX}{after}"


def test_a_paragraph_that_is_only_a_marker_goes_with_it() -> None:
    assert put("<p>a</p>\n<p><!-- anp:meta_box --></p>\nx", "end") == f"<p>a</p>\n{BOX}\nx"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Write ", " there.</p>"),
        ("<p>Write ", "</p>"),
        ("<p>", " is what to write.</p>"),
        ("<p>Write <em>this</em> ", "</p>"),
        ("<p><code>x</code> ", "\n</p>"),
        ("<h1>Title ", "</h1>"),
        ("<h1>", "</h1>"),
        ("<!-- see\n", "\n<p>b</p>"),
        ("<!--\n<p>a</p>\n", "\n-->"),
        ("<!-- <!-- -->a", ""),
        ("<script>\n", "\n</script>"),
        ("<STYLE>\n", "\n</STYLE>"),
        ("<textarea>\n", "\n</textarea >"),
        ("<script>\n", "\n"),
        ('<p><a title="', '">a</a></p>'),
        ("> ", ""),
        ("<pre>", "</pre>"),
    ],
)
def test_a_marker_within_text_is_left_alone(before: str, after: str) -> None:
    content = f"{before}<!-- anp:meta_box -->{after}"
    assert put(content, "end") == f"{content}\n{BOX}"


def test_a_marker_within_text_before_one_that_stands_alone() -> None:
    marker = "<!-- anp:meta_box -->"
    assert put(f"<p>a {marker}</p>\n{marker}", "end") == f"<p>a {marker}</p>\n{BOX}"


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
        "<!-- anp:meta_box: -->",
        "<!-- anp:meta_box",
        "<!-- anp:meta_box -- >",
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


@pytest.mark.parametrize(
    "before",
    [
        "<!-- <h1>No</h1> -->\n",
        "<!-- </h1> -->\n",
        "<!-- > <h1>No</h1>\n-->\n",
        "<!--><p>a</p>",
        "<script>'<h1>' + '</h1>'</script>\n",
        "<script>'<!--'</script>\n",
        "<Style>/* <h1></h1> */</sTyle>\n",
        "</h1>\n",
        "<p>a</p>\n",
        "<h10>a</h1>",
        "",
    ],
)
@pytest.mark.parametrize(
    "title", ["<h1>A</h1>", '<h1 id="a">A <!-- </h1> --> b</h1>', "<h1\n>A</h1>"]
)
def test_only_a_real_title_counts(before: str, title: str) -> None:
    assert below_title(f"{before}{title}\n<h1>B</h1>", "X") == f"{before}{title}\nX\n<h1>B</h1>"


@pytest.mark.parametrize(
    "content", ["<!-- <h1>A</h1> -->a", "a</h1>", "<h1>a", "<script><h1>A</h1>", "<!-- <h1>A</h1>"]
)
def test_without_a_real_title_it_comes_on_top(content: str) -> None:
    assert below_title(content, "X") == f"X\n{content}"


@pytest.mark.parametrize(
    "piece",
    [
        "<h1>", "</h1>", "<!-- ", "<!-- anp:meta_box ", "<script>", "<!---->", "<!--\n",
        "a <!-- anp:meta_box -->", "<!-- anp:a" + " " * 50, "> <!-- anp:meta_box --> ",
    ],
)  # fmt: skip
def test_no_page_takes_long(piece: str) -> None:
    content = f"<!-- anp:checklist -->\n{piece * 50_000}"
    started = time.process_time()
    put(content, "start")
    assert time.process_time() - started < 2


def test_html_is_put_in_as_it_is() -> None:
    assert put("<!-- anp:meta_box -->", "end", html=r"\1 \g<0>") == r"\1 \g<0>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<head><title>x</title></head><body></body>",
            "<head><title>x</title>E</head><body></body>",
        ),
        ("<HEAD></HEAD><body></body>", "<HEAD>E</HEAD><body></body>"),
        ("<p>no head", "<p>no headE"),
        ("", "E"),
    ],
)
def test_place_in_the_head(html: str, expected: str) -> None:
    assert in_head(html, "E") == expected


def test_a_page_that_is_markup_takes_an_element_as_it_is() -> None:
    page = Markup("<head></head>&amp;")
    assert in_head(page, "<script></script>") == "<head><script></script></head>&amp;"


@pytest.mark.parametrize(
    ("html", "is_there"),
    [
        ("<head></head><img 1><p><img 2>", True),
        ("<img 1><p><img 2>", True),
        ("<head></head><img 2><img 1>", True),  # a template may print parts of a page in any order
        ("<head><img 1></head><img 2>", True),
        ("<head></head><img 1><img 3>", False),
        ("<head></head>", False),
        ("", False),
    ],
)
def test_tags_that_all_stand_in_a_page(html: str, is_there: bool) -> None:
    assert has_all(html, ["<img 1>", "<img 2>"]) is is_there
    assert has_all(html, [])
