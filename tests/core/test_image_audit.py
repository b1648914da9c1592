"""What is told of images: each rule where it holds, and where it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.image_credits.audit import RULES, Finding
from mkdocs_anp.core.image_credits.matching import closest
from mkdocs_anp.core.image_credits.places import Places
from mkdocs_anp.core.image_credits.written import WrittenImages, without_code
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.page_images import ImageRecord
from tests.core.images import PageOfImages, assert_in_proportion, converted
from tests.core.strategies import texts

URL = "https://a.example/1.jpg"


def findings(markdown: str, *entries: dict[str, Any], **options: Any) -> list[Finding]:
    return PageOfImages(markdown, list(entries), **options).findings


def problem_of(finding: Finding, text: str, meta: Mapping[Any, Any] = {}) -> Problem:
    return Places("p.md", text, meta, "post_meta").problem_of(finding)


def codes(markdown: str, *entries: dict[str, Any], **options: Any) -> list[str]:
    return [finding.code for finding in findings(markdown, *entries, **options)]


def entry(**said: Any) -> dict[str, Any]:
    return {"source": "a", "url": URL, **said}


def test_all_is_well() -> None:
    assert codes(f"![x]({URL})", entry(caption="one", license="CC BY 4.0")) == []


PHOTO = "https://images.unsplash.com/photo-1515879218367-8466d910aaa4"
OTHER = "https://images.unsplash.com/photo-1518770660439-4636190af475"
HERE = f"![x]({PHOTO}?w=300)\n\n![y]({OTHER})"
SAID = [{"url": f"{PHOTO}?w=300", "caption": "One."}, {"url": OTHER, "caption": "Two."}]
ODD = "![x](https://a.example/1.jpg)\n\n![y](https://b.example/1.jpg)"

PIXABAY = "![x](https://pixabay.com/a-1/)"
PAIR = f"![x]({PHOTO}#only-light)\n![x]({OTHER}#only-dark)"


def said(markdown: str, **more: Any) -> list[dict[str, Any]]:
    """Return entries of the images of a page, in order; the last one says more."""
    urls = [part.partition(")")[0] for part in markdown.split("](")[1:]]
    entries = [{"url": url, "caption": f"Caption {n}"} for n, url in enumerate(urls)]
    return [*entries[:-1], {**entries[-1], **more}]


@pytest.mark.parametrize(
    ("markdown", "entries", "policy"),
    [
        (HERE, SAID, {}),
        (ODD, said(ODD), {}),
        (ODD, said(ODD), {"own_hosts": ["a.example"]}),
        (f"{HERE}\n\n{ODD}", said(f"{HERE}\n\n{ODD}"), {}),
        (ODD, said(ODD, license="CC BY 4.0", author="A", width=3, height=2), {}),
        (ODD, said(ODD, height=2), {}),
        (
            PIXABAY,
            said(PIXABAY),
            {"stores_copies": True},
        ),
        (PAIR, said(PAIR), {}),
        ("Words.", [], {}),
    ],
)
def test_one_look_is_enough(
    markdown: str, entries: list[dict[str, Any]], policy: dict[str, Any]
) -> None:
    page = PageOfImages(markdown, entries, policy=policy)
    found = page.rightly_credited
    assert found is not None
    assert len(found) == len(entries)
    sizes = [(one.get("width", 0), one.get("height", 0)) for one in entries]
    assert [item[2:] for item in found] == [size if size[0] else (0, 0) for size in sizes]
    assert page.findings == []


@pytest.mark.parametrize(
    ("markdown", "entries"),
    [
        (HERE, SAID[::-1]),
        (HERE, SAID[:1]),
        (HERE, [*SAID, {"url": URL}]),
        (HERE, [SAID[0], {**SAID[1], "url": URL}]),
        (HERE, [SAID[0], {**SAID[1], "url": f"{OTHER}?w=9"}]),
        (HERE.replace("![y]", "![ tWO. ]"), SAID),
        (HERE.replace("![y]", "![]"), SAID),
        (HERE.replace("![y]", "![ ]"), SAID),
        (HERE.replace(OTHER, f"{PHOTO}?w=9"), [SAID[0], {**SAID[1], "url": f"{PHOTO}?w=9"}]),
        (ODD.replace("b.ex", "a.ex"), said(ODD.replace("b.ex", "a.ex"))),
        (ODD, said(ODD, license="CC BY")),
        (ODD, said(ODD, width=3)),
        (f"{ODD}{{ data-credit=1 }}", said(ODD)),
        (PIXABAY, said(PIXABAY)),
        ("![x](https://placekitten.com/1)", said("![x](https://placekitten.com/1)")),
        ("![x](a.jpg)", said("![x](a.jpg)")),
        ("![x](/a/b/c/d.jpg)", said("![x](/a/b/c/d.jpg)")),
        ("![x](https://a.example)", said("![x](https://a.example)")),
    ],
)
def test_a_closer_look_is_needed(markdown: str, entries: list[dict[str, Any]]) -> None:
    page = PageOfImages(markdown, entries)
    assert len(page.converted[1]) > 0
    assert page.rightly_credited is None


@pytest.mark.parametrize(
    ("markdown", "policy", "expected"),
    [
        (f"![x]({URL})", {}, ["missing"]),
        ("![x](//a.example/1.jpg)", {}, ["missing"]),
        ('<p><img src="https://a.example/1.jpg"></p>', {}, ["missing"]),
        ("![x](a.jpg)", {}, []),
        ("![x](a.jpg)", {"requires_local": True}, ["missing"]),
        (f"![x]({URL})", {"own_hosts": ["a.example"]}, []),
        (f"![x]({URL})", {"own_hosts": ["b.example"]}, ["missing"]),
        ("![x](https://img.shields.io/a)", {}, []),
        ("![x](https://a.example/badges/ci.svg)", {}, []),
        (f"![x]({URL}){{ .no-credit }}", {}, []),
        ("![x](data:image/png;base64,AA)", {}, []),
    ],
)
def test_missing(markdown: str, policy: dict[str, Any], expected: list[str]) -> None:
    assert codes(markdown, policy=policy) == expected


@pytest.mark.parametrize(
    ("markdown", "policy", "expected"),
    [
        (
            f"![x]({PHOTO}?w=3&amp;h=2)",
            {},
            f'add to image_sources: - {{url: "{PHOTO}?w=3&h=2", source: unsplash, caption: …}}, '
            "or write { .no-credit } behind the image",
        ),
        (
            f"![x]({URL})",
            {"has_attributes": False},
            f'add to image_sources: - {{url: "{URL}", source: …, caption: …}}, '
            "or write { .no-credit } behind the image, which takes the Markdown extension "
            "attr_list",
        ),
        (
            f'<img src="{URL}">',
            {"has_attributes": False},
            f'add to image_sources: - {{url: "{URL}", source: …, caption: …}}, '
            'or write class="no-credit" into the tag of the image',
        ),
    ],
)
def test_missing_says_what_to_type(markdown: str, policy: dict[str, Any], expected: str) -> None:
    (found,) = findings(markdown, policy=policy)
    assert found.help == expected


@pytest.mark.parametrize("markdown", [f"![x]({URL})", f'<img src="{URL}">', "![x](a\\\\b.png)"])
def test_with_what_missing_says_nothing_is_missing(markdown: str) -> None:
    policy = {"requires_local": True}
    (found,) = findings(markdown, policy=policy)
    typed = found.help.partition(": ")[2].partition("}, or write")[0]
    assert codes(markdown, *yaml.safe_load(f"{typed}}}"), policy=policy) in ([], ["alt-missing"])


def test_missing_of_a_pair_is_told_once() -> None:
    pair = "![x](https://a.example/1.jpg#only-light)\n![x](https://a.example/2.jpg#only-dark)"
    assert codes(pair) == ["missing"]


def test_unused() -> None:
    (found,) = findings("Words.", entry())
    assert found[:2] == ("unused", f"the page has no image '{URL}'")
    assert found.help == "remove the entry, or add the image"
    assert found.keys == ("image_sources", 0, "url")
    (found,) = findings("Words.", {"source": "a"})
    assert found[:2] == ("unused", "this entry has no url, so that it is for no image")
    assert codes("Words.", entry(), also_used=["http://www.a.example/1.jpg?w=3"]) == []
    assert codes("Words.", entry(), also_used=["https://a.example/2.jpg"]) == ["unused"]


def test_unused_is_an_entry_that_says_what_another_one_says() -> None:
    other = entry(url="https://a.example/2.jpg")
    (found,) = findings(f"![x]({URL})", entry(), other)
    assert (found.code, found.keys) == ("unused", ("image_sources", 1, "url"))


def test_an_entry_that_stands_there_twice_is_used() -> None:
    again = entry(url="https://www.a.example/1.jpg?w=300")
    assert codes(f"![x]({URL})", entry(), again) == []
    assert codes("Words.", entry(), again) == ["unused", "unused"]


def test_unused_has_the_closest_image() -> None:
    photo = "https://images.unsplash.com/photo-1558494949-ef010cbdcc3{}?w=1600"
    markdown = f"![x]({photo.format(1)})\n\n![x]({URL})"
    found = [
        f for f in findings(markdown, entry(url=photo.format(2)), entry()) if f.code == "unused"
    ]
    assert [finding.help for finding in found] == [f"the closest one is {photo.format(1)}"]


def test_closest() -> None:
    others = ["https://a.example/cat.jpg", "https://a.example/cats/1.jpg", "x"]
    assert closest("https://a.example/cta.jpg", others) == others[0]
    assert closest("https://zzz.test/quite-another", ["y"]) == ""
    assert closest("", ["", "a"]) in ("", "a")
    assert closest("a", []) == ""


def test_many_unused_entries_are_compared_with_few() -> None:
    entries = [entry(url=f"https://a.example/entry/{n}/{'x' * 200}.jpg") for n in range(60)]
    markdown = "\n\n".join(f"![x](https://b.example/image/{n}/{'x' * 200}.jpg)" for n in range(60))
    page = PageOfImages(markdown, entries)
    assert len(page.credited) == 60
    compared: list[int] = []

    def closest_of(url: str, others: Sequence[str]) -> str:
        compared.append(len(others))
        return ""

    with patch("mkdocs_anp.core.image_credits.audit.closest", closest_of):
        assert [finding.code for finding in page.findings] == ["missing"] * 60 + ["unused"] * 60
    assert sum(compared) <= 200  # to compare two addresses takes a millisecond


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"caption": "two"}, ["conflict"]),
        ({"caption": "two", "url": "http://www.a.example/1.jpg?w=300"}, ["conflict"]),
        ({"caption": "one", "author": "Jane"}, ["conflict"]),
        ({"caption": "one"}, []),
        ({"caption": "two", "url": "https://a.example/1.jpg?id=2"}, ["unused"]),
    ],
)
def test_conflict(other: dict[str, Any], expected: list[str]) -> None:
    found = findings(f"![x]({URL})", entry(caption="one"), entry(**other))
    assert [finding.code for finding in found] == expected
    if expected == ["conflict"]:
        assert found[0].keys == ("image_sources", 1)
        where = '{ data-credit="2" } behind the image'
        assert found[0].help == f"remove one of them, or name the one you mean: write {where}"


def test_conflict_says_what_works() -> None:
    two = entry(caption="one"), entry(caption="two")
    (found,) = findings(f"![x]({URL})", *two, policy={"has_attributes": False})
    assert found.help.endswith("behind the image, which takes the Markdown extension attr_list")
    (found,) = findings(f'<img src="{URL}" alt="x">', *two, policy={"has_attributes": False})
    assert found.help.endswith('write data-credit="2" into the tag of the image')


SIZES = [
    {"source": "a", "url": f"{PHOTO}?w={width}", "caption": f"Caption {width}"}
    for width in (100, 300)
]
SMALL, LARGE = (f"![x]({said['url']})\n\n" for said in SIZES)


@pytest.mark.parametrize(
    ("markdown", "counts"),
    [
        (SMALL + LARGE, ""),
        (LARGE + SMALL + SMALL, ""),
        (f"{SMALL}{LARGE}![x]({PHOTO}?w=500){{ data-credit=2 }}", ""),
        (f"{SMALL}![x]({PHOTO}?w=500){{ data-credit=2 }}", ""),
        (f"{SMALL}{LARGE}![x]({PHOTO}?w=500){{ .no-credit }}", ""),
        (f"{SMALL}{LARGE}![x]({PHOTO}?w=500)", "each counts for its own address"),
        (SMALL, "each counts for its own address"),
        (LARGE, "each counts for its own address"),
        (f"{SMALL}![x]({PHOTO}?w=500){{ data-credit=1 }}", "each counts for its own address"),
        (f"![x]({PHOTO}?w=500)\n\n![x]({PHOTO}?w=9){{ data-credit=1 }}", "each counts for its"),
        (f"![x]({PHOTO}?w=500)", "each counts for its own address"),
    ],
)
def test_conflict_of_two_sizes_where_it_is_open_which_one_counts(
    markdown: str, counts: str
) -> None:
    found = findings(markdown, *SIZES)
    told = [finding.message.partition("; ")[2] for finding in found if finding.code == "conflict"]
    assert [one.startswith(counts) for one in told] == [True] * bool(counts)
    assert {finding.code for finding in found} <= {"conflict", "unused"}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["", ""], ["conflict"]),
        (["", "{ data-credit=2 }"], ["conflict"]),
        (["{ data-credit=1 }", "{ data-credit=2 }"], []),
    ],
)
def test_conflict_of_one_address(marks: list[str], expected: list[str]) -> None:
    markdown = "\n\n".join(f"![x]({URL}){mark}" for mark in marks)
    found = findings(markdown, entry(caption="one"), entry(caption="two"))
    assert [finding.code for finding in found] == expected
    assert all(finding.message.endswith("; the first one counts") for finding in found)


def test_conflict_of_one_address_beside_another_one() -> None:
    (found,) = findings(SMALL + LARGE, *SIZES, {**SIZES[1], "caption": "Another"})
    assert (found.code, found.message[:17]) == ("conflict", "entries 2 and 3 a")


@pytest.mark.parametrize(
    ("alt", "said", "expected"),
    [
        ("", {"caption": "one"}, ["alt-missing"]),
        ("  ", {"caption": "one"}, ["alt-missing"]),
        ("", {"caption": "one", "alt": "Cables"}, []),
        ("", {"caption": "one", "alt": "One"}, ["alt-duplicate"]),
        ("", {}, []),  # without a caption it may be decoration
        ("One", {"caption": "one"}, ["alt-duplicate"]),
        ("Cables", {"caption": "one"}, []),
    ],
)
def test_alternative_texts(alt: str, said: dict[str, Any], expected: list[str]) -> None:
    assert codes(f"![{alt}]({URL})", entry(**said)) == expected


def test_where_to_write_an_alternative_text() -> None:
    (found,) = findings(f"![]({URL})", entry(caption="one"))
    assert found.help.startswith("write between the brackets what")
    (found,) = findings(f'<img src="{URL}">', entry(caption="one"))
    assert found.help.startswith("write as alt into the tag what")


@pytest.mark.parametrize(
    ("url", "policy", "expected"),
    [
        ("https://cdn.pixabay.com/photo/2016/11/19/14/00/code-1_640.jpg", {}, ["hotlink"]),
        ("https://cdn.pixabay.com/photo/1/code-1_640.jpg", {"stores_copies": True}, []),
        ("https://images.unsplash.com/photo-1", {}, []),
        ("https://source.unsplash.com/random", {}, ["dead-host"]),
        ("HTTP://www.placekitten.com/200/300", {}, ["dead-host"]),
        ("https://picsum.photos/200", {}, []),
    ],
)
def test_hosts(url: str, policy: dict[str, Any], expected: list[str]) -> None:
    assert codes(f"![x]({url})", entry(url=url, caption="one"), policy=policy) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("CC-BY", ["license"]), ("of my own", ["license"]), ("CC BY 4.0", []), ("https://a.b/c", [])],
)
def test_license(said: str, expected: list[str]) -> None:
    found = findings(f"![x]({URL})", entry(license=said))
    assert [finding.code for finding in found] == expected
    assert all(finding.keys == ("image_sources", 0, "license") for finding in found)


def test_each_rule_is_tested_here() -> None:
    told = {
        *codes(
            "![](https://source.unsplash.com/1)",
            entry(url="https://source.unsplash.com/1", caption="a"),
        ),
        *codes(
            f"![a]({URL})\n\n![x](https://pixabay.com/1)", entry(caption="a", license="x"), entry()
        ),
        *codes("", entry()),
    }
    assert told == set(RULES)


# Where it stands in the file

TEXT = """---
title: A page
post_meta:
  Image Sources:
    - source: a
      url: "https://a.example/1.jpg"
      license: free
---
Words ![x](https://a.example/a%20b.jpg?a=1&b=2) words.

<img src="https://a.example/c.jpg?a=1&amp;b=2">
"""
META = {"post_meta": {"Image Sources": [{"source": "a", "url": URL, "license": "free"}]}}


@pytest.mark.parametrize(
    ("finding", "field", "line", "marked"),
    [
        (("image_sources", 0, "license"), "post_meta.image_sources.0.license", 7, "free"),
        (("image_sources", 0, "url"), "post_meta.image_sources.0.url", 6, f'"{URL}"'),
        ("https://a.example/a%20b.jpg?a=1&b=2", "image_credits", 9, None),
        (
            "https://a.example/a b.jpg?a=1&b=2",
            "image_credits",
            9,
            "https://a.example/a%20b.jpg?a=1&b=2",
        ),
        (
            "https://a.example/c.jpg?a=1&b=2",
            "image_credits",
            11,
            "https://a.example/c.jpg?a=1&amp;b=2",
        ),
    ],
)
def test_place(finding: Any, field: str, line: int, marked: str | None) -> None:
    keys, src = (finding, "") if isinstance(finding, tuple) else ((), finding)
    is_raw = "/c.jpg" in src
    problem = problem_of(Finding("x", "m", "h", keys, src, is_raw=is_raw), TEXT, META)
    assert problem.place is not None
    assert (problem.field, problem.place.line) == (field, line)
    place = problem.place
    assert place.text[place.column - 1 : place.end - 1] == (marked or src)


BODY = """\
# Page

```markdown
![x](b.png)
```

A [link](b.png), ab.png, `b.png`.

![x](b.png) and [![y](b.png)](b.png)

> ~~~
> ![x](b.png)
> ~~~

<img alt="z" src="b.png">

![x][ref] ![x][ref]

[ref]: c.png
"""


@pytest.mark.parametrize(
    ("src", "nth", "place"),
    [
        ("b.png", 0, (9, 6)),
        ("b.png", 1, (9, 23)),
        ("b.png", 2, None),
        ("<b.png", 0, (15, 19)),
        ("<b.png", 1, None),
        ("c.png", 0, (19, 8)),
        ("c.png", 1, (19, 8)),
        ("png", 0, None),
        ("", 0, None),
    ],
)
def test_place_of_one_of_several_images(src: str, nth: int, place: tuple[int, int] | None) -> None:
    finding = Finding("missing", "m", "h", (), src.lstrip("<"), nth, is_raw=src[:1] == "<")
    found = problem_of(finding, BODY).place
    assert (found and (found.line, found.column)) == place


def test_findings_know_which_of_several_images_they_are_of() -> None:
    found = findings("![x](https://a.example/1.png)\n\n" * 2 + "![x](https://a.example/2.png)")
    assert [finding.nth for finding in found] == [0, 1, 0]


def places(markdown: str) -> list[tuple[int, str] | None]:
    """Return line and marked text of each image of a page that has no entry."""
    found = [problem_of(finding, markdown).place for finding in findings(markdown)]
    return [place and (place.line, place.text[place.column - 1 : place.end - 1]) for place in found]


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        (f"![x]({URL}){{ .no-credit }}\n\n![x]({URL})", [3]),
        (f"![x]({URL}){{ .no-credit }} ![x]({URL})\n![x]({URL})", [1, 2]),
        (f"![x]({URL})\n{{: .no-credit }}\n\n![x]({URL})", [4]),
        (f"[![x]({URL})](a.md){{ .no-credit }}\n\n![x]({URL})", [3]),
        (f'<img class="no-credit" src="{URL}">\n\n<img src="{URL}">', [3]),
        (f'<p class="no-credit"><img src="{URL}"></p>\n\n<img src="{URL}">', [3]),
        (f'<img src="{URL}">\n\n![x]({URL}){{ .no-credit }}\n\n![x]({URL})', [5, 1]),
        (f"<!-- ![x]({URL}) -->\n\n![x]({URL})", [3]),
        (f"<!--\n\n![x]({URL})\n\n-->\n\n![x]({URL})", [7]),
        (f"Words `![x]({URL})` and ![x]({URL})", [1]),
        (f"``![x]({URL}) ` ``\n![x]({URL})", [2]),
        (f"A ` and\n\n![x]({URL}) and ` there", [3]),
        (f"\\` ![x]({URL}) `", [1]),
        (f"```\n![x]({URL})\n```\n\n![x]({URL})", [5]),
        (f"```` md\n```\n![x]({URL})\n````\n\n![x]({URL})", [6]),
        (f"```no fence``` ![x]({URL})", [1]),
        (f"~~~\nis not closed\n\n![x]({URL})", [4]),
        (f"Words.\n\n    ![x]({URL})\n\n![x]({URL})", [5]),
        (f"- item\n\n    ![x]({URL})\n\n![x]({URL})", [3, 5]),
        (f"!!! note\n\n    ![x]({URL})\n\nWords.\n\n    ![x]({URL})\n", [3]),
        (f"Words\n    ![x]({URL})", [2]),
        (f"> Words.\n\n    ![x]({URL})\n\n![x]({URL})", [5]),
        (f"<p>Words.</p>\n\n    <img src='{URL}'>\n\n<img src='{URL}'>", [5]),
        (f"<div>\n\n    <img src='{URL}'>\n\n</div>", [3]),
        (f"\\![x]({URL})\n\n![x]({URL})", [3]),
        (f"[x]({URL}) ![x][]\n\n[x]: {URL}", [3]),
        (f"![x][A\nname]\n\n![a name]\n\n[a name]: <{URL}> 'title'", [6, 6]),
        (f'![a [b] c]({URL} "title") ![x]( <{URL}> )', [1, 1]),
    ],
)
def test_place_is_that_of_the_image(markdown: str, lines: list[int]) -> None:
    assert places(markdown) == [(line, URL) for line in lines]


@pytest.mark.parametrize(
    "written",
    [
        r"https://a.example/a\_b.png",
        "https://a.example/a_(b).png",
        r"https://a.example/a_\(b.png",
        "https://a.example/a%20b.png",
        "https://a.example/ä b.png",
        "https://a.example/?a=1&b=2",
        "https://a.example/?a=1&amp;b=2",
        "https://a.example/&copy;.png",
        f"https://a.example/{'x' * 10_000}.png",
    ],
)
def test_place_of_an_address_however_it_is_written(written: str) -> None:
    (place,) = places(f"Words.\n\n![x]({written})")
    assert place is not None
    assert place[0] == 3
    (place,) = places(f"![x](<{written}>)")
    assert place is not None


def test_no_place_is_better_than_a_wrong_one() -> None:
    """The image comes from elsewhere: that its address stands on the page, too, says nothing."""
    finding = Finding("missing", "m", "add one", (), URL, nth=1)
    problem = problem_of(finding, f"![x]({URL}) [x]({URL})\n\n--8<-- 'a.md'")
    assert problem.place is None
    assert problem.help.startswith("add one; the image does not stand in this file itself")


def test_place_of_what_a_macro_is_told() -> None:
    finding = Finding("missing", "m", "h", (), URL)
    problem = problem_of(finding, f"[x]({URL})\n\n{{{{ picture('a', \"{URL}\") }}}}")
    assert problem.place is not None
    assert problem.place[:2] == (3, 18)
    assert problem.help == "h"


OWN = """---
post_meta:
  image_sources:
    - url: https://a.example/b.png
    -
    - {url: https://a.example/c.png, license: free}
---
"""
ENTRIES = [
    {"url": "https://a.example/b.png"},
    None,
    {"url": "https://a.example/c.png", "license": "free"},
]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], [4, 6]),
        ([{"url": URL}], [None, 4, 6]),
        ([{"url": URL}, {"url": URL, "license": "free"}], [None, None, 4, 6]),
        ([{"url": "https://a.example/b.png"}], [None, 4, 6]),
    ],
)
def test_place_of_entries_to_which_defaults_were_added(
    others: list[dict[str, str]], expected: list[int | None]
) -> None:
    """Material's plugin `meta` puts the entries of a folder before those of the page."""
    meta = {"post_meta": {"image_sources": [*others, *ENTRIES]}}
    problems = [
        problem_of(Finding("unused", "m", "h", ("image_sources", n, "url")), OWN, meta)
        for n in range(len(others) + 2)
    ]
    lines = [problem.place and problem.place.line for problem in problems]
    assert lines == expected
    helps = [problem.help.partition(";")[2] for problem in problems]
    assert [bool(text) for text in helps] == [line is None for line in lines]


def test_place_of_entries_that_are_not_in_the_file() -> None:
    meta = {"post_meta": {"topic": "x", "image_sources": [{"url": URL}]}}
    finding = Finding("unused", "m", "h", ("image_sources", 0, "url"))
    for text in ("", "---\npost_meta: {topic: x}\n---\n", "---\npost_meta: {topic: x\n---\n"):
        assert problem_of(finding, text, meta).place is None


def test_place_of_a_single_entry() -> None:
    text = f"---\npost_meta:\n  image_sources: {{url: '{URL}'}}\n---\n"
    finding = Finding("unused", "m", "h", ("image_sources", 0, "url"))
    place = problem_of(finding, text, {"post_meta": {"image_sources": {"url": URL}}}).place
    assert place is not None
    assert place[:2] == (3, 24)


def test_many_findings_take_time_in_proportion() -> None:
    def tell(count: int) -> None:
        entries = [{"url": f"https://a.example/{n}.jpg"} for n in range(count)]
        rows = "".join(f"    - url: {entry['url']}\n" for entry in entries)
        body = "".join(f"![x](https://b.example/{n}.jpg)\n\n" for n in range(count))
        text = f"---\npost_meta:\n  image_sources:\n{rows}---\n{body}"
        page = Places("p.md", text, {"post_meta": {"image_sources": entries}}, "post_meta")
        for n in range(count):
            unused = page.problem_of(Finding("unused", "m", "h", ("image_sources", n, "url")))
            assert unused.place is not None
            assert unused.place.line == n + 4
            src = f"https://b.example/{n}.jpg"
            missing = page.problem_of(Finding("missing", "m", "h", (), src))
            assert missing.place is not None
            assert missing.place.line == count + 5 + 2 * n

    assert_in_proportion(tell, 200)


PARTS = (
    *("![", "![x](", "![x](a", "![x](a b ", "![x](<a", "![x][", "[x]: a\n", "](", "![x](a(", "\\"),
    *("`", "`` ` ", "<!--", "```\n", "```a\n", "~~~~\n```a\n", "    a\n\n", "{{", "{{ '"),
    *("<img ", "<img src=", '<img src="', "<img = >", "<img a", "\n", "\n \n"),
)


@pytest.mark.parametrize("part", PARTS)
def test_odd_pages_take_time_in_proportion(part: str) -> None:
    def find(count: int) -> None:
        for end in ("", ">", ")", "= >"):
            assert WrittenImages(f"{part * count}{end}").find("b", 0, is_raw=False) is None

    assert_in_proportion(find, 2_000)


WAYS = (
    *("![x](U)", "![x](U){ .no-credit }", "`![x](U)`", "<!-- ![x](U) -->", "# H", "A ` and"),
    *("```\n![x](U)\n```", "    ![x](U)", "- a\n\n    ![x](U)", "- a\n- ![x](U)", "> ![x](U)"),
    *("1. a\n\n    ```\n    ![x](U)\n    ```", "!!! note\n    ![x](U)", '=== "t"\n\n    ![x](U)'),
    *("| a |\n|---|\n| ![x](U) `![x](U)` |", "![x][r]\n\n[r]: U", "[![x](U)](b.md)", "***"),
    *('<p><img src="U"></p>', '<img alt="a > b" src=U>', "<div markdown>\n\n![x](U)\n\n</div>"),
    *("~~~ py\n<img src='U'>\n~~~", "text\n    ![x](U)", "<pre><img src='U'></pre>"),
    *("\\`![x](U)\\`", "``a ` ![x](U)``", "![a\nb](U 'T')", "<!--\n![x](U)\n\n<img src='U'>\n-->"),
    "<figure markdown='span'>\n![x](U)\n</figure>",
)


@given(st.lists(st.sampled_from(WAYS), min_size=1, max_size=5))
def test_each_image_of_a_page_has_its_place_and_nothing_else(ways: list[str]) -> None:
    markdown = "\n\n".join(ways).replace("U", URL)
    record = ImageRecord()
    _, images = converted(markdown, record)
    written = WrittenImages(markdown)
    for is_raw in (False, True):
        count = sum(image.is_raw == is_raw for image in images)
        count += 0 if is_raw else len(record.left_alone)
        spans = [written.find(URL, nth, is_raw=is_raw) for nth in range(count + 1)]
        assert None not in spans[:-1]
        assert spans[-1] is None
        assert [markdown[slice(*span)] for span in spans[:-1] if span] == [URL] * count


@given(texts)
def test_code_is_taken_away_in_place(markdown: str) -> None:
    left = without_code(markdown)
    assert len(left) == len(markdown)
    assert all(new in (old, " ") for new, old in zip(left, markdown, strict=True))


def test_place_of_an_image_that_a_macro_made() -> None:
    finding = Finding("missing", "m", "h", (), "https://b.example/none.jpg")
    assert problem_of(finding, TEXT, META).place is None


def test_conflict_of_a_copy_and_its_original() -> None:
    copy = "../assets/external/a.example/1.jpg"
    found = findings(f"![x]({copy})", entry(caption="one", url=copy), entry(caption="two"))
    assert [finding.code for finding in found] == ["conflict"]


def test_many_conflicts_take_time_in_proportion() -> None:
    def audit(count: int) -> None:
        entries = [entry(url=f"{PHOTO}?w={n}", caption=f"Caption {n}") for n in range(count)]
        markdown = "\n\n".join(f"![x]({PHOTO}?w={n})" for n in range(count))
        page = PageOfImages(markdown, entries)
        assert len(page.credited) == count
        assert page.findings == []

    assert_in_proportion(audit, 50)
