"""The markup of each type of value, in the meta box."""

from __future__ import annotations

import pytest

from mkdocs_anp.core.fields import BUILT_IN
from tests.support import Printer, box_of, field, parse, read, text_of


def test_text() -> None:
    value = field(box_of("post_meta: {topic: 'a <b>bold</b> & \"quoted\" topic'}"), "topic")
    assert value.get_text() == 'a <b>bold</b> & "quoted" topic'
    assert value["dir"] == "auto"
    assert value.find() is None


def test_choice_is_a_pill_in_words() -> None:
    pill = field(box_of("post_meta: {difficulty: beginner}"), "difficulty").data
    assert pill is not None
    assert pill["value"] == "beginner"
    assert pill.get_text() == "beginner"


def test_a_choice_that_is_none_is_text() -> None:
    value = field(box_of("post_meta: {difficulty: '\"><b>'}"), "difficulty")
    assert value.get_text() == '"><b>'
    assert value.find() is None


def test_score_is_a_meter_with_its_figure() -> None:
    score = field(box_of("post_meta: {score: {quality: 97.5}}"), "score.quality")
    assert score.meter is not None
    assert [score.meter[name] for name in ("min", "max", "value")] == ["0", "100", "97.5"]
    assert text_of(score) == "97.5 / 100"


@pytest.mark.parametrize(("flag", "word"), [("true", "yes"), ("0", "no")])
def test_flag_is_a_word(flag: str, word: str) -> None:
    box = box_of(f"post_meta: {{flags: {{has_images: {flag}}}}}")
    assert text_of(field(box, "flags.has_images")) == word


def test_number_has_separators() -> None:
    assert text_of(field(box_of("post_meta: {view_count: 323070}"), "view_count")) == "323,070"


def test_minutes_are_a_duration() -> None:
    time = field(box_of("post_meta: {reading_time: 6}"), "reading_time").time
    assert time is not None
    assert time["datetime"] == "PT6M"
    assert time.get_text() == "6 min"


def test_date() -> None:
    box = box_of("post_meta: {revision: {last_reviewed: 2018-06-23}}")
    time = field(box, "revision.last_reviewed").time
    assert time is not None
    assert time["datetime"] == "2018-06-23"
    assert time.get_text() == "Jun 23, 2018"


def test_date_with_time_and_zone_in_a_free_field() -> None:
    time = field(box_of("post_meta: {payload: {at: 2018-06-23T10:02:00+05:00}}"), "payload.at").time
    assert time is not None
    assert time["datetime"] == "2018-06-23T10:02:00+05:00"
    assert "10:02:00" in time.get_text()


def test_identifier_is_code() -> None:
    box = box_of("post_meta: {hash: d43e<e6>, reference: 0123}")
    assert field(box, "reference").code is not None
    assert field(box, "hash").code is not None
    assert text_of(field(box, "hash")) == "d43e<e6>"
    assert text_of(field(box, "reference")) == "0123"


def test_list_of_short_texts_is_a_list_of_chips() -> None:
    stack = field(box_of("post_meta: {stack: [next.js, <b>, go]}"), "stack")
    assert [item.get_text() for item in stack.select("ul > li")] == ["next.js", "<b>", "go"]


def test_list_of_long_texts_is_a_list() -> None:
    long = "a note that is longer than any chip should be"
    notes = field(box_of(f"post_meta: {{notes: [{long}, short]}}"), "notes")
    assert [item.get_text() for item in notes.select("ul > li")] == [long, "short"]


def test_mapping_is_a_nested_list_of_descriptions() -> None:
    box = box_of("post_meta: {ai_outline: {problem: jobs, context: behind a cdn, own key: x}}")
    terms = [term.get_text() for term in field(box, "ai_outline").select("dl > div > dt")]
    assert terms == ["Problem", "Context", "Own key"]
    assert text_of(field(box, "ai_outline.context")) == "behind a cdn"
    assert text_of(field(box, "ai_outline.own_key")) == "x"


def test_declared_entries_stand_in_one_order_on_every_page() -> None:
    box = box_of("post_meta: {score: {own: 1, depth: 2, quality: 3}, revision: {version: 2}}")
    terms = [term.get_text() for term in field(box, "score").select("dt")]
    assert terms == ["Quality", "Depth", "Own"]
    assert text_of(field(box, "score.quality")) == "3 / 100"


def test_a_closed_item_is_called_by_its_first_text_and_an_entry_by_its_label() -> None:
    box = box_of("post_meta: {payload: {a: [{n: 1, t: <b>, l: {q: r}}, [[x]]], b: {c: {7: d}}}}")
    folds = [text_of(fold) for fold in field(box, "payload").select("details details > summary")]
    assert folds == ["<b> 3", "Show 1", "Show C 1"]


def test_list_of_small_mappings_is_a_table() -> None:
    box = box_of("post_meta: {entities: [{name: next.js, type: stack}, {name: git}]}")
    entities = field(box, "entities")
    assert [cell.get_text() for cell in entities.select("thead th[scope=col]")] == ["Name", "Type"]
    assert text_of(field(box, "entities.0.name")) == "next.js"
    assert text_of(field(box, "entities.0.type")) == "stack"
    assert text_of(field(box, "entities.1.name")) == "git"
    assert text_of(field(box, "entities.1.type")) == ""


def test_list_of_large_mappings_is_a_list_of_descriptions() -> None:
    box = box_of(
        "post_meta: {image_sources: [{source: unsplash, url: a.md, caption: b, author: Ada}]}"
    )
    assert field(box, "image_sources").table is None
    assert text_of(field(box, "image_sources.0.author")) == "Ada"


def test_url_is_a_link() -> None:
    box = box_of("post_meta: {image_sources: [{source: a, url: 'https://a.org/?b=c&d'}]}")
    link = field(box, "image_sources.0.url").a
    assert link is not None
    assert link["href"] == "https://a.org/?b=c&d"
    assert link.get_text() == "https://a.org/?b=c&d"


def test_unsafe_url_is_text() -> None:
    box = box_of("post_meta: {image_sources: [{source: a, url: 'javascript:alert(1)'}]}")
    url = field(box, "image_sources.0.url")
    assert url.a is None
    assert url.get_text() == "javascript:alert(1)"


def test_web_address_in_a_free_field_is_a_link_and_in_a_text_is_none() -> None:
    box = box_of("post_meta: {payload: {from: 'https://a.org'}, topic: 'https://a.org'}")
    assert field(box, "payload.from").a is not None
    assert field(box, "topic").a is None


def test_checklist_is_a_list_however_short_its_items() -> None:
    box = box_of("post_meta: {checklist: [a, {text: b, note: c}]}")
    assert field(box, "checklist").select_one("ul.anp-chips") is None
    assert text_of(field(box, "checklist.1.note")) == "c"


@pytest.mark.parametrize("key", ["payload", "notes", "ai_outline", "checklist", "image_sources"])
def test_bulky_fields_are_folded_with_the_number_of_their_entries(key: str) -> None:
    value = "{a: b, c: d}" if key in ("payload", "ai_outline") else "[{source: b}, {source: d}]"
    value = "[b, d]" if key in ("notes", "checklist") else value
    row = field(box_of(f"post_meta: {{{key}: {value}}}"), key)
    assert row.details is not None
    assert not row.details.has_attr("open")
    assert row.details.summary is not None
    assert text_of(row.details.summary).endswith(" 2")


def test_order_of_the_box_is_ours_and_own_fields_come_last() -> None:
    box = box_of("post_meta: {notes: [a], own: b, hash: c, topic: d, revision: {version: 1}}")
    rows = [row["data-anp-field"] for row in box.select("dl > .anp-row > [data-anp-field]")]
    assert rows == ["topic", "revision", "hash", "notes", "own"]


def test_every_built_in_field_has_a_place_in_a_group() -> None:
    every = "{" + ", ".join(f"{key}: x" for key in BUILT_IN) + "}"
    headings = [heading.get_text() for heading in box_of(f"post_meta: {every}").find_all("h3")]
    assert headings == ["About", "Review", "Record", "More"]


def test_box_without_values_is_no_box() -> None:
    post, _ = read("post_meta: {topic: null}")
    assert post is not None
    assert Printer().all(post) == ""


def test_glance_has_at_most_six_items_in_a_fixed_order() -> None:
    post, _ = read(
        "post_meta: {topic: a, reading_time: 6, difficulty: expert, view_count: 3, summary: s, "
        "revision: {version: 1.10, status: draft, last_reviewed: 2018-06-23}}"
    )
    assert post is not None
    items = parse(Printer().glance(post)).select("[data-anp=glance] > li")
    assert [item["data-anp-glance"] for item in items] == [
        "revision.status",
        "revision.version",
        "revision.last_reviewed",
        "difficulty",
        "reading_time",
        "topic",
    ]
    assert [text_of(item) for item in items] == [
        "Status: draft",
        "Version: 1.10",
        "Last reviewed: Jun 23, 2018",
        "Difficulty: expert",
        "Reading time: 6 min",
        "Topic: a",
    ]


def test_glance_without_values_is_no_line() -> None:
    post, _ = read("post_meta: {summary: a, revision: [x, y], topic: [a]}")
    assert post is not None
    assert Printer().glance(post) == ""


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [("true: a", "1: b", "1"), ("1: a", "true: b", "True"), ("1: a", "1.0: b", "1.0")],
)
def test_a_page_does_not_get_the_labels_of_another(first: str, second: str, label: str) -> None:
    printer = Printer()
    for entries in (first, second):
        post, _ = read(f"post_meta: {{payload: {{x: {{{entries}}}}}}}")
        assert post is not None
        box = parse(printer.meta_box(post))
    assert field(box, "payload.x").select_one("dt").get_text() == label  # type: ignore[union-attr]


@pytest.mark.parametrize(("first", "second"), [("97.0", "97"), ("97", "97.0")])
def test_a_page_is_the_same_whatever_page_comes_before(first: str, second: str) -> None:
    printer = Printer()
    pages = []
    for value in (first, second):
        post, _ = read(f"post_meta: {{score: {{quality: {value}}}}}")
        assert post is not None
        pages.append(printer.meta_box(post))
        alone = Printer().meta_box(post)
    assert pages[1] == alone
