"""The fields that a site declares itself: what is refused, and how each type is shown."""

from __future__ import annotations

import re
import sys
from subprocess import run
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from mkdocs_anp.core.fields import BUILT_IN, Field
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.site_fields import TYPES, FieldError, field_labels, site_fields
from tests.allowed import Parts
from tests.support import Printer, codes, field, hostile_strings, parse, read, shown, text_of

SETTINGS = "type, label, required, choices, min, max, unit, of, fields, show"
TYPE_NAMES = "text, markdown, integer, number, boolean, date, url, choice, list, mapping, any"
SPACE = "\N{NO-BREAK SPACE}"


def declared(option: str) -> Field:
    return site_fields(yaml.safe_load(option))


def printed(option: str, meta: str, **options: Any) -> tuple[BeautifulSoup, BeautifulSoup]:
    """Return the meta box and the glance line of a page with this post meta, parsed."""
    top = declared(option)
    post, problems = read(f"post_meta: {meta}", PostRules(top=top))
    assert post is not None
    assert [code for _, code in codes(problems) if code == "unknown-field"] == []
    printer = Printer(top=top, **options)
    return parse(printer.meta_box(post)), parse(printer.glance(post))


def box(option: str, meta: str, **options: Any) -> BeautifulSoup:
    return printed(option, meta, **options)[0]


def value(option: str, meta: str, **options: Any) -> Tag:
    """Return the element that holds the field `x`."""
    return field(box(option, meta, **options), "x")


def glance(option: str, meta: str, **options: Any) -> list[str]:
    """Return the items of the glance line, each its path and its text."""
    items = printed(option, meta, **options)[1].select("[data-anp=glance] > li")
    return [f"{item['data-anp-glance']} = {text_of(item)}" for item in items]


def rows(soup: BeautifulSoup) -> list[str]:
    found = soup.select("dl > .anp-row > [data-anp-field]")
    return [str(row["data-anp-field"]) for row in found]


def label_of(element: Tag) -> str:
    row = element.parent
    assert row is not None
    assert row.dt is not None
    return row.dt.get_text()


# Declarations


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("x: 3", f"fields.x: write a type, or a mapping of {SETTINGS}"),
        ("x: null", f"fields.x: write a type, or a mapping of {SETTINGS}"),
        ("x: [text]", f"fields.x: write a type, or a mapping of {SETTINGS}"),
        ("'': text", "fields: a field needs a name"),
        ("{a b: text, a_b: text}", "fields: a b and a_b are the same field; merge them"),
        ("x: {typ: text}", "fields.x.typ: there is no setting of a field 'typ'; write type"),
        (
            "x: {kind: text}",
            f"fields.x.kind: there is no setting of a field 'kind'; known are {SETTINGS}",
        ),
        ("x: numbr", "fields.x.type: there is no type 'numbr'; write number"),
        ("x: {type: lump}", f"fields.x.type: there is no type 'lump'; known are {TYPE_NAMES}"),
        ("x: {type: 3}", f"fields.x.type: 3 is no type; write one of {TYPE_NAMES}"),
        ("x: {required: maybe}", "fields.x.required: 'maybe' is neither true nor false"),
        ("x: {label: 3}", "fields.x.label: 3 is no text; put it in quotes"),
        ("x: {show: no way}", "fields.x.show: 'no way' is not one of glance, details, hidden"),
        ("x: {show: true}", "fields.x.show: true is not one of glance, details, hidden"),
        ("x: {unit: ms}", "fields.x.unit: only a number has a unit, and this is of type text"),
        ("x: {type: number, unit: 3}", "fields.x.unit: 3 is no text; put it in quotes"),
        ("x: choice", "fields.x.choices: a choice needs them; write a list of words"),
        (
            "x: {type: text, choices: [a]}",
            "fields.x.choices: they need the type choice, and this is text",
        ),
        ("x: {choices: a}", "fields.x.choices: 'a' is not a list of words"),
        ("x: {choices: [1]}", "fields.x.choices: 1 is no word; put it in quotes"),
        ("x: {choices: [on hold, On-Hold]}", "fields.x.choices: a word stands there twice"),
        ("x: {min: 1}", "fields.x.min: only numbers have it, and this is text"),
        ("x: {type: number, min: low}", "fields.x.min: 'low' is no number"),
        ("x: {type: number, max: .nan}", "fields.x.max: nan is no number"),
        ("x: {type: number, min: 5, max: 1}", "fields.x: min 5 is above max 1"),
        (
            "x: {type: text, of: text}",
            "fields.x.of: only a list or mapping has it, and this is text",
        ),
        ("x: {of: {min: 2}}", "fields.x.of.min: only numbers have it, and this is text"),
        (
            "x: {fields: [a]}",
            "fields.x.fields: write a mapping of names, for a field of type mapping",
        ),
        (
            "x: {fields: {a: {fields: {b: dat}}}}",
            "fields.x.fields.a.fields.b.type: there is no type 'dat'; write date",
        ),
        (
            "x: {of: {of: {of: {of: {of: {of: {of: text}}}}}}}",
            "fields.x.of.of.of.of.of.of: fields are declared at most 5 levels deep",
        ),
        ("difficulty: {min: 2}", "fields.difficulty.min: only numbers have it, and this is choice"),
    ],
)
def test_a_mistake_is_an_error_that_names_it(option: str, message: str) -> None:
    with pytest.raises(FieldError) as raised:
        declared(option)
    assert str(raised.value) == message


@pytest.mark.parametrize("name", [name for name in TYPES if name != "choice"])
def test_a_type_is_enough(name: str) -> None:
    assert declared(f"x: {name}").fields["x"].type == name


@pytest.mark.parametrize(
    ("option", "kind"),
    [("{choices: [a]}", "choice"), ("{of: date}", "list"), ("{fields: {}}", "mapping")],
)
def test_a_type_that_goes_without_saying(option: str, kind: str) -> None:
    assert declared(f"x: {option}").fields["x"].type == kind


def test_a_built_in_field_keeps_what_a_site_does_not_change() -> None:
    field = declared("revision: {fields: {status: {show: details}, owner: text}}").fields[
        "revision"
    ]
    assert list(field.fields) == [*BUILT_IN["revision"].fields, "owner"]
    assert field.fields["status"].choices == BUILT_IN["revision"].fields["status"].choices
    assert field.fields["version"] is BUILT_IN["revision"].fields["version"]


def test_built_in_fields_are_never_changed_for_other_sites() -> None:
    declared("{topic: {label: Subject, show: hidden}, score: {fields: {quality: {unit: '%'}}}}")
    assert BUILT_IN["topic"].label == BUILT_IN["topic"].show == ""
    assert BUILT_IN["score"].fields["quality"].unit == ""


def test_labels_of_a_site_by_path() -> None:
    top = declared(
        "{topic: {label: Subject}, x: {label: X, fields: {a: {label: A}}}, "
        "y: {of: {fields: {b: {label: B}}}}, z: text}"
    )
    assert dict(field_labels(top)) == {"topic": "Subject", "x": "X", "x.a": "A", "y.b": "B"}


# Each type in the box


def test_text_and_anything() -> None:
    assert value("x: text", "{x: a <b> c}").get_text() == "a <b> c"
    assert value("x: any", "{x: 'https://a.org'}").a is not None
    assert value("x: text", "{x: 'https://a.org'}").a is None


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize(
    ("unit", "text"),
    [("", "1,234"), ("ms", f"1,234{SPACE}ms"), ("<b>", f"1,234{SPACE}<b>"), ("%", "1,234%")],
)
def test_number_with_unit(kind: str, unit: str, text: str) -> None:
    element = value(f"x: {{type: {kind}, unit: '{unit}'}}", "{x: 1234}")
    assert element.get_text() == text
    assert element.meter is None


def test_number_loses_no_digit() -> None:
    assert value("x: number", "{x: 0.00012}").get_text() == "0.00012"
    assert value("x: {type: number, unit: s}", "{x: 1.23456}").get_text() == f"1.23456{SPACE}s"


def test_number_in_a_language() -> None:
    option = "x: {type: number, unit: '%'}"
    assert value(option, "{x: 1234.5}", language="de").get_text() == f"1.234,5{SPACE}%"


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize(
    ("unit", "text"), [("", "86 / 200"), ("ms", f"86 / 200{SPACE}ms"), ("%", "86 / 200%")]
)
def test_number_with_both_bounds_is_a_meter(kind: str, unit: str, text: str) -> None:
    element = value(f"x: {{type: {kind}, min: 1, max: 200, unit: '{unit}'}}", "{x: 86}")
    assert element.meter is not None
    assert [element.meter[name] for name in ("min", "max", "value")] == ["1", "200", "86"]
    assert element.get_text().strip() == text


def test_percentage_of_a_hundred_says_it_once() -> None:
    element = value("x: {type: integer, min: 0, max: 100, unit: '%'}", "{x: 86}")
    assert element.meter is not None
    assert element.get_text().strip() == "86%"


@pytest.mark.parametrize("bound", ["min: 1", "max: 100"])
def test_number_with_one_bound_has_no_meter(bound: str) -> None:
    element = value(f"x: {{type: number, {bound}}}", "{x: 86}")
    assert element.meter is None
    assert element.get_text() == "86"


def test_meter_of_large_bounds_is_exact() -> None:
    element = value("x: {type: integer, min: 0, max: 12345678}", "{x: 12345677}")
    assert element.meter is not None
    assert element.meter["max"] == "12345678"


def test_minutes_stay_minutes_within_bounds() -> None:
    element = field(box("reading_time: {max: 60}", "{reading_time: 6}"), "reading_time")
    assert element.meter is None
    assert text_of(element) == "6 min"


def test_number_that_is_none_is_text_without_unit() -> None:
    element = value("x: {type: number, unit: ms, min: 0, max: 9}", "{x: fast}")
    assert element.get_text() == "fast"
    assert element.meter is None


def test_boolean_and_date() -> None:
    assert text_of(value("x: boolean", "{x: no}")) == "no"
    time = value("x: date", "{x: 2018-06-23}").time
    assert time is not None
    assert time["datetime"] == "2018-06-23"


def test_url() -> None:
    link = value("x: url", "{x: 'https://a.org/?b=c&d'}").a
    assert link is not None
    assert link["href"] == "https://a.org/?b=c&d"
    assert value("x: url", "{x: 'javascript:alert(1)'}").a is None


def test_choice_is_a_pill_with_its_label() -> None:
    option = "x: {choices: [on hold, done]}"
    pill = value(option, "{x: On-Hold}").data
    assert pill is not None
    assert pill["value"] == pill.get_text() == "on hold"
    assert pill["class"] == ["anp-pill", "anp-pill--on-hold"]
    labelled = value(option, "{x: on hold}", labels={"x.on hold": "Waiting & <idle>"}).data
    assert labelled is not None
    assert labelled["value"] == "on hold"
    assert labelled.get_text() == "Waiting & <idle>"
    assert value(option, "{x: lost}").data is None


def test_choices_of_a_list_are_pills_with_labels() -> None:
    element = value("x: {of: {choices: [a, b]}}", "{x: [a, b, other]}", labels={"x.b": "Bee"})
    assert [item.get_text() for item in element.select("ul.anp-chips > li")] == [
        "a",
        "Bee",
        "other",
    ]
    assert [pill["value"] for pill in element.select("data.anp-pill")] == ["a", "b"]


def test_choice_in_a_table_has_its_label() -> None:
    option = "x: {of: {fields: {who: text, role: {choices: [dri, helper]}}}}"
    soup = box(option, "{x: [{who: Ada, role: dri}]}", labels={"x.role.dri": "In charge"})
    assert text_of(field(soup, "x.0.role")) == "In charge"


@pytest.mark.parametrize(
    ("of", "items", "texts"),
    [
        ("text", "[a, b]", ["a", "b"]),
        ("{type: number, unit: ms}", "[1, 2.5]", [f"1{SPACE}ms", f"2.5{SPACE}ms"]),
        ("date", "[2018-06-23]", ["Jun 23, 2018"]),
        ("boolean", "[true, no]", ["yes", "no"]),
        ("markdown", "['*a*', '`b`']", ["a", "b"]),
        ("url", "[a.md, 'https://a.org']", ["a.md", "https://a.org"]),
        ("any", "[a, b]", ["a", "b"]),
        ("{of: text}", "[[a, b], [c]]", ["ab", "c"]),
    ],
)
def test_list_of_each_type(of: str, items: str, texts: list[str]) -> None:
    element = value(f"x: {{of: {of}}}", f"{{x: {items}}}")
    assert [item.get_text() for item in element.select(":scope > ul > li")] == texts


def test_addresses_of_a_list_are_links_however_short() -> None:
    element = value("x: {of: url}", "{x: [a.md, 'javascript:b']}")
    assert [link["href"] for link in element.find_all("a")] == ["a.md"]


def test_mapping_stands_in_the_order_of_declaration() -> None:
    option = "x: {fields: {b: text, a: {type: integer, unit: kg}, c: {label: Sea}}}"
    element = value(option, "{x: {c: z, a: 2, b: y}}")
    assert [term.get_text() for term in element.select("dt")] == ["B", "A", "Sea"]
    assert [text.get_text() for text in element.select("dd")] == ["y", f"2{SPACE}kg", "z"]


def test_further_keys_of_a_mapping_follow_in_the_order_written() -> None:
    option = "x: {type: mapping, fields: {b: text}, of: integer}"
    element = value(option, "{x: {z: 1, a: 2, b: y}}")
    assert [term.get_text() for term in element.select("dt")] == ["B", "Z", "A"]


def test_columns_stand_in_the_order_of_declaration_with_labels_and_units() -> None:
    option = "x: {of: {fields: {name: {label: Who}, took: {type: number, unit: s}}}}"
    soup = box(option, "{x: [{took: 3, name: a}, {name: b}]}")
    heads = [head.get_text() for head in field(soup, "x").select("thead th")]
    assert heads == ["Who", "Took"]
    assert text_of(field(soup, "x.0.took")) == "3 s"
    assert text_of(field(soup, "x.1.name")) == "b"


def test_the_third_level_is_closed_and_called_by_its_label_or_its_first_text() -> None:
    option = "x: {fields: {y: {fields: {z: {label: Zed, fields: {a: text}}}}}}"
    fold = field(box(option, "{x: {y: {z: {a: b}}}}"), "x.y.z").details
    assert fold is not None
    assert fold.summary is not None
    assert text_of(fold.summary) == "Show Zed 1"
    many = "x: {fields: {y: {of: {fields: {t: markdown, u: text, v: text, w: text}}}}}"
    fold = value(many, "{x: {y: [{t: '**b** [l](m.md)', u: u, v: v, w: w}]}}").details
    assert fold is not None
    assert fold.summary is not None
    assert text_of(fold.summary) == "b l 4"
    assert fold.summary.find(["strong", "a"]) is None


def test_label_below_a_key_of_the_author() -> None:
    option = "x: {type: mapping, of: {fields: {took: {label: Took <b>, type: integer}}}}"
    soup = box(option, "{x: {first: {took: 1}, second: {took: 2}}}")
    assert label_of(field(soup, "x.first.took")) == label_of(field(soup, "x.second.took"))
    assert label_of(field(soup, "x.first.took")) == "Took <b>"


# Labels, order and places


def test_the_label_of_the_option_wins_over_that_of_the_field_over_ours() -> None:
    option = "{topic: {label: Subject}, summary: {label: Gist}, x: {label: X <b>}}"
    soup = box(option, "{topic: a, summary: b, x: c, stack: [d]}", labels={"summary": "In short"})
    labels = [label_of(field(soup, path)) for path in ("topic", "summary", "x", "stack")]
    assert labels == ["Subject", "In short", "X <b>", "Stack"]


def test_declared_fields_stand_in_order_before_undeclared_ones() -> None:
    top = declared("{b: text, a: text, hash: {label: Sum}}")
    post, _ = read("post_meta: {z: 1, a: 2, y: 3, b: 4, hash: ab, topic: t}", PostRules(top=top))
    assert post is not None
    assert rows(parse(Printer(top=top).meta_box(post))) == ["topic", "hash", "b", "a", "z", "y"]


def test_own_field_called_like_html_and_text_from_right_to_left() -> None:
    soup, line = printed("<b>: {type: text, show: glance}", '{"<b>": "\N{HEBREW LETTER SHIN} 12"}')
    element = field(soup, "<b>")
    assert element["dir"] == "auto"
    assert element.get_text() == "\N{HEBREW LETTER SHIN} 12"
    assert soup.find("b") is line.find("b") is None
    item = line.li
    assert item is not None
    assert item["data-anp-glance"] == "<b>"
    assert item.bdi is not None
    assert item.bdi.get_text() == "\N{HEBREW LETTER SHIN} 12"


@pytest.mark.parametrize(
    ("option", "meta", "text"),
    [
        ("text", "a <b>", "a <b>"),
        ("markdown", "'a **b** [c](d.md) `<e>` &amp;'", "a b c <e> &"),
        ("{type: integer, unit: ms}", "1200", "1,200 ms"),
        ("{type: number, min: 0, max: 10, unit: pt}", "8.5", "8.5 / 10 pt"),
        ("{type: integer, min: 0, max: 100, unit: '%'}", "86", "86%"),
        ("boolean", "yes", "yes"),
        ("date", "2018-06-23", "Jun 23, 2018"),
        ("url", "a.md", "a.md"),
        ("{choices: [low, high]}", "high", "high"),
        ("list", "[a, 2, true]", "a, 2, yes"),
        ("{of: {type: number, unit: s}}", "[1, 2]", "1 s, 2 s"),
        ("any", "12:30", "12:30"),
    ],
)
def test_every_type_has_a_place_in_the_glance_line(option: str, meta: str, text: str) -> None:
    declaration = {"type": option} if "{" not in option else yaml.safe_load(option)
    option = yaml.safe_dump({"x": {**declaration, "show": "glance", "label": "The X"}})
    assert [text.replace(" ,", ",") for text in glance(option, f"{{x: {meta}}}")] == [
        f"x = The X: {text}"
    ]
    _, line = printed(option, f"{{x: {meta}}}")
    assert line.find(["meter", "strong", "code"]) is None
    assert line.select_one(".anp-hidden") is None  # it has no icon: its label is seen


def test_address_in_the_glance_line_is_whole() -> None:
    address = f"https://a.org/{'b' * 200}"
    _, line = printed("x: {type: url, show: glance}", f"{{x: '{address}'}}")
    assert line.a is not None
    assert line.a["href"] == address
    assert len(line.a.get_text()) < 110


@pytest.mark.parametrize("meta", ["{a: b}", "[{a: b}]", "[[a], [b]]"])
def test_a_mapping_has_no_place_in_the_glance_line(meta: str) -> None:
    kind = "mapping" if meta.startswith("{") else "list"
    assert glance(f"x: {{type: {kind}, show: glance}}", f"{{x: {meta}}}") == []


def test_a_long_list_is_cut_in_the_glance_line() -> None:
    (item,) = glance("x: {of: text, show: glance}", "{x: [a, b, c, d, e, f, g]}")
    assert item.endswith(" …")
    assert " f " not in item


ALL_OF_OURS = (
    "revision: {version: 1.10, status: draft, last_reviewed: 2018-06-23}, "
    "difficulty: expert, reading_time: 6, topic: t"
)
OURS = [
    "revision.status",
    "revision.version",
    "revision.last_reviewed",
    "difficulty",
    "reading_time",
    "topic",
]


@pytest.mark.parametrize(
    ("option", "meta", "paths"),
    [
        ("{}", "", OURS),
        ("x: {show: glance}", "", OURS),  # the page has none
        ("x: {show: glance}", "x: a", [*OURS[:5], "x"]),
        ("{y: {show: glance}, x: {show: glance}}", "x: a, y: b", [*OURS[:4], "y", "x"]),
        ("{topic: {show: glance}, x: {show: glance}}", "x: a", [*OURS[:4], "topic", "x"]),
        ("view_count: {show: glance}", "view_count: 3", [*OURS[:5], "view_count"]),
        ("x: {show: details}", "x: a", OURS),
        ("difficulty: {show: details}", "", [*OURS[:3], *OURS[4:]]),
        ("difficulty: {show: hidden}", "", [*OURS[:3], *OURS[4:]]),
        ("revision: {fields: {status: {show: details}}}", "", OURS[1:]),
        ("revision: {show: details}", "", OURS[3:]),
        ("revision: {show: hidden}", "", OURS[3:]),
        (
            "revision: {show: details, fields: {version: {show: glance}}}",
            "",
            ["revision.version", *OURS[3:]],
        ),
        ("revision: {show: hidden, fields: {version: {show: glance}}}", "", OURS[3:]),
        ("x: {fields: {y: {fields: {z: {show: glance}}}}}", "x: {y: {z: a}}", [*OURS[:5], "x.y.z"]),
        (
            "{a: {show: glance}, b: {show: glance}, c: {show: glance}, d: {show: glance}, "
            "e: {show: glance}, f: {show: glance}, g: {show: glance}}",
            "a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7",
            ["a", "b", "c", "d", "e", "f"],
        ),
    ],
)
def test_places_of_the_glance_line(option: str, meta: str, paths: list[str]) -> None:
    items = glance(option, f"{{{ALL_OF_OURS}{', ' if meta else ''}{meta}}}")
    assert [item.partition(" = ")[0] for item in items] == paths


def test_the_index_of_posts_shows_no_detail_that_a_site_keeps_from_the_line() -> None:
    paths = ("difficulty", "reading_time", "topic")
    top = declared("{difficulty: {show: hidden}, topic: {show: details}}")
    post, _ = read(f"post_meta: {{{ALL_OF_OURS}}}", PostRules(top=top))
    assert post is not None
    builder = Printer(top=top).builder
    items = parse(builder.glance(post, str, paths)).find_all("li")
    assert [item["data-anp-glance"] for item in items] == ["reading_time"]


# Hidden values

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("option", "meta", "rest"),
    [
        ("x: {show: hidden}", f"{{x: {SECRET}, topic: t}}", "t"),
        ("topic: {show: hidden}", f"{{topic: {SECRET}, hash: ab}}", "ab"),
        ("x: {fields: {a: {show: hidden}, b: text}}", f"{{x: {{a: {SECRET}, b: c}}}}", "c"),
        ("x: {of: {fields: {a: {show: hidden}, b: text, c: text}}}",
         f"{{x: [{{a: {SECRET}, b: d, c: e}}, {{a: {SECRET}}}]}}", "e"),
        ("x: {type: mapping, fields: {b: text}, of: {show: hidden}}",
         f"{{x: {{a: {SECRET}, b: c}}}}", "c"),
        ("x: {of: {show: hidden}}", f"{{x: [{SECRET}], topic: t}}", "t"),
        ("x: {fields: {y: {fields: {z: {show: hidden}}}, b: text}}",
         f"{{x: {{y: {{z: {SECRET}}}, b: c}}}}", "c"),
        ("revision: {fields: {status: {show: hidden}}}",
         f"{{revision: {{status: {SECRET}, version: '2'}}}}", "2"),
        ("entities: {of: {fields: {name: {show: hidden}}}}",
         f"{{entities: [{SECRET}, {{name: {SECRET}, type: area}}]}}", "area"),
        ("payload: {fields: {a: {show: hidden}}}", f"{{payload: {{a: {SECRET}, b: c}}}}", "c"),
    ],
)  # fmt: skip
def test_what_is_hidden_is_nowhere(option: str, meta: str, rest: str) -> None:
    soup, line = printed(option, meta)
    assert SECRET not in str(soup) + str(line)
    assert rest in text_of(soup)


@pytest.mark.parametrize(
    "option",
    [
        "{x: {show: hidden}, topic: {show: hidden}}",
        "{x: {fields: {a: {show: hidden}}}, topic: {show: hidden}}",
    ],
)
def test_a_box_of_which_all_is_hidden_is_none(option: str) -> None:
    meta = "{x: {a: b}, topic: t}"
    soup, line = printed(option.replace("x: {show", "x: {type: mapping, show"), meta)
    assert str(soup) == str(line) == ""


def test_the_number_of_entries_does_not_tell_of_hidden_ones() -> None:
    soup = box("payload: {fields: {a: {show: hidden}}}", "{payload: {a: 1, b: 2, c: 3}}")
    assert field(soup, "payload").select_one(".anp-count").get_text() == "2"  # type: ignore[union-attr]


# Inline Markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & <simple>", "plain &amp; &lt;simple&gt;"),
        ("*a* **b**", "<em>a</em> <strong>b</strong>"),
        ("`c<d>` ~~e~~ ~~ f ~~", "<code>c&lt;d&gt;</code> <del>e</del> ~~ f ~~"),
        (r"\*a\* \~~b\~~ c_d_e", "*a* ~~b~~ c_d_e"),
        ("[a](https://b.org/?c=d&e)", '<a class="anp-link" href="https://b.org/?c=d&amp;e">a</a>'),
        ('[a](b.md#c "d <e>")', '<a class="anp-link" href="b.md#c" title="d &lt;e&gt;">a</a>'),
        ("<https://b.org>", '<a class="anp-link" href="https://b.org">https://b.org</a>'),
        ("[a](javascript:b) [c](data:d) [e](vbscript:f)", "a c e"),
        ("[a](<b c.md>)", "a"),
        ("![alternative *text*](a.png)", "alternative *text*"),
        ("<kbd>^</kbd> H<sub>2</sub>", "<kbd>^</kbd> H<sub>2</sub>"),
        ("x<sup>2</sup> <mark>y</mark>", "x<sup>2</sup> <mark>y</mark>"),
        ("<kbd onclick=a>x", "&lt;kbd onclick=a&gt;x"),
        ("Vec<String> <b>x</b>", "Vec&lt;String&gt; &lt;b&gt;x&lt;/b&gt;"),
        ("<!-- x --> *y*", "&lt;!-- x --&gt; <em>y</em>"),
        ("<script>*a*</script>", "&lt;script&gt;<em>a</em>&lt;/script&gt;"),
        ("2018. *a*", "2018. <em>a</em>"),
        ("# *a*\n- b\n\n> c", "# <em>a</em>\n- b\n&gt; c"),
        ("<kbd>*never closed", "<kbd>*never closed</kbd>"),
    ],
)  # fmt: skip
def test_inline_markdown(text: str, html: str) -> None:
    element = value("x: markdown", yaml.safe_dump({"x": text}, default_flow_style=True))
    assert element["dir"] == "auto"
    assert element.decode_contents(formatter="html5") == BeautifulSoup(
        html, "html.parser"
    ).decode_contents(formatter="html5")


def test_links_of_markdown_lead_where_those_of_an_address_do() -> None:
    top = declared("{x: markdown, y: url}")
    post, _ = read("post_meta: {x: 'a [b](c.md?d&e) *f*', y: c.md?d&e}", PostRules(top=top))
    assert post is not None
    made = Printer(top=top).builder.meta_box(post, lambda address: f'../{address}"<x>')
    links = parse(made).find_all("a")
    assert [link["href"] for link in links] == ['../c.md?d&e"<x>'] * 2


def test_markdown_in_a_table_and_in_a_mapping() -> None:
    soup = box(
        "{x: {of: {fields: {a: markdown, b: text}}}, y: {fields: {a: markdown}}}",
        "{x: [{a: '*c*', b: '*d*'}], y: {a: '`e`'}}",
    )
    assert field(soup, "x.0.a").em is not None
    assert field(soup, "x.0.b").em is None
    assert field(soup, "y.a").code is not None


@pytest.mark.parametrize("text", ["[" * 900, "![](" * 400, "[a](" * 400, "*a*_" * 600])
def test_a_text_made_to_take_long_is_shown_as_it_is_written(text: str) -> None:
    element = value("x: markdown", yaml.safe_dump({"x": text}, default_flow_style=True))
    assert element.get_text() == text
    assert element.find() is None


def test_the_sanitizer_is_loaded_for_markdown_only() -> None:
    code = (
        "import sys\n"
        "from tests.core.test_site_fields import printed\n"
        "printed('x: text', '{x: \"*a*\"}')\n"
        "assert 'nh3' not in sys.modules\n"
        "printed('x: markdown', '{x: \"*a*\"}')\n"
        "assert 'nh3' in sys.modules\n"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


# Hostile values

EVERY_TYPE = """
{a: text, b: markdown, c: {type: integer, unit: ms}, d: {type: number, min: 0, max: 9},
e: boolean, f: date, g: url, h: {choices: [low, high]}, i: {of: markdown}, j: {of: url},
k: {fields: {x: markdown, y: url}}, l: {of: {fields: {x: markdown, y: {choices: [low]}}}},
m: any, n: list, o: mapping}
"""
PRINTERS = {
    show: Printer(top=site_fields({
        key: {**(item if isinstance(item, dict) else {"type": item}), "show": show}
        for key, item in yaml.safe_load(EVERY_TYPE).items()
    }))
    for show in ("glance", "details")
}  # fmt: skip
MARKUP = re.compile(r"element (code|del|em|kbd|mark|strong|sub|sup)|attribute title of a")


def hostile(text: str) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys("abcdefghm", text)
    values |= {"i": [text, text], "j": [text], "k": {"x": text, "y": text}}
    return values | {"l": [{"x": text, "y": text}], "n": [text], "o": {text: text}}


@pytest.mark.parametrize("show", ["glance", "details"])
@pytest.mark.parametrize("share", range(4))
def test_hostile_values(show: str, share: int) -> None:
    printer = PRINTERS[show]
    for text in hostile_strings()[share::4]:
        source = {"post_meta": hostile(text)}
        post, _ = read(yaml.safe_dump(source), PostRules(top=printer.top))
        assert post is not None
        parts = Parts(printer.all(post))
        assert [error for error in parts.errors if not MARKUP.fullmatch(error)] == [], text
        assert shown(text) in parts.text, text


def test_hostile_labels_units_and_choices() -> None:
    for text in hostile_strings():
        top = site_fields(
            {
                "x": {"type": "number", "unit": text, "label": text, "show": "glance"},
                "y": {"choices": [text], "show": "glance"},
                text: {"type": "integer", "min": 0, "max": 9, "unit": text},
            }
        )
        printer = Printer(top=top)
        post, _ = read(yaml.safe_dump({"post_meta": {"x": 1, "y": text}}), PostRules(top=top))
        assert post is not None
        parts = Parts(printer.all(post))
        odd = [error for error in parts.errors if not error.startswith(("class=", "value="))]
        assert odd == [], text
        assert parts.text.count(shown(text)) >= 4, text
