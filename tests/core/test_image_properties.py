"""What holds for all pages, addresses and entries of images, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.image_credits.addresses import (
    is_remote,
    keys_of,
    meeting,
    parse_address,
)
from mkdocs_anp.core.image_credits.audit import Credited
from mkdocs_anp.core.image_credits.credit import Credit, CreditFormat, FormatError
from mkdocs_anp.core.image_credits.entities import unescaped
from mkdocs_anp.core.image_credits.entries import ImageSource, image_sources
from mkdocs_anp.core.image_credits.figures import Shown, images_in, with_attributes, with_figures
from mkdocs_anp.core.image_credits.images import (
    FIGURE_STAMP,
    STAMP,
    PageImage,
    Printed,
    is_badge,
    is_left_alone,
    is_plain_address,
)
from mkdocs_anp.core.image_credits.licenses import license_of
from mkdocs_anp.core.image_credits.matching import Matcher, closest
from mkdocs_anp.core.image_credits.plain_figures import with_plain_figures
from mkdocs_anp.core.image_credits.providers import PROVIDERS, Providers
from mkdocs_anp.core.image_credits.raw_html import number_raw_images
from mkdocs_anp.core.image_credits.stamps import without_stamps
from mkdocs_anp.page_images import ImageRecord
from tests.core.images import assert_in_proportion, converted, entries_of
from tests.core.strategies import anything, texts

STAMPS = re.compile(rf' (?:{STAMP}|{FIGURE_STAMP})="[\d ]+"')

_SPACES = st.sampled_from([" ", "  ", "\n", "\t", "/", " / "])
_WORDS = st.sampled_from(
    ["a.png", "b c.png", "a>b", "a<b", "it's", "&amp;", "x#only-dark", "y#only-light", "none", ""]
)
_NAMES = st.sampled_from(
    ["src", "alt", "class", "SRC", "data-credit", "title", "data-src", "width", "id", "hidden"]
)


@st.composite
def attributes(draw: st.DrawFn) -> str:
    name, word = draw(_NAMES), draw(_WORDS)
    form = draw(st.integers(0, 3))
    if form == 0:
        return name
    if form == 1 and word and not re.search(r"[\s>]", word):
        return f"{name}={word}"
    quote = "'" if form == 2 and "'" not in word else '"'
    return f"{name}={quote}{word}{quote}"


@st.composite
def images_of_html(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["img", "IMG", "Img"]))
    more = "".join(draw(_SPACES) + draw(attributes()) for _ in range(draw(st.integers(0, 3))))
    src = draw(st.sampled_from(['src="a.png"', "src=a.png", "src='a.png#only-dark'", ""]))
    return f"<{name}{more} {src}{draw(st.sampled_from(['>', '/>', ' />']))}"


_ELEMENTS = ("p", "P", "figure", "a", "picture", "div", "figcaption", "li", "em", "noscript", "pre")
_ODD = (
    *("<!-- <img src=c.png> -->", "<br>", "<source srcset=x>", "&nbsp;", "<![foo]>", "<?php x ?>"),
    *("<script>'<img src=s.png>'</script>", "<textarea><img src=t.png></textarea>", "<", ">", "</"),
    *("<!doctype html>", "<![CDATA[ <img src=d.png> ]]>", "<svg><path/></svg>", "words", "\n", " "),
    *('<p data-anp-figure="1">', '<img data-anp-image="1" src=own.png>', "data-anp-image", '"'),
)


def _within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def element(name: str, parts: Sequence[str], closed: str) -> str:
        return f"<{name}>{''.join(parts)}{closed.format(name)}"

    closed = st.sampled_from(["</{}>", "</{}>", "</{}>", "</{} >", "", "</div>"])
    return st.builds(element, st.sampled_from(_ELEMENTS), st.lists(inner, max_size=4), closed)


html_texts = st.lists(
    st.recursive(images_of_html() | st.sampled_from(_ODD), _within, max_leaves=8), max_size=4
).map("".join)
# A page that is well formed, and has no stamps of its own.
tidy_texts = st.lists(
    st.recursive(
        images_of_html() | st.sampled_from(["words", "<br>", "&lt;", "<em>words</em>"]),
        lambda inner: st.builds(
            lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
            st.sampled_from(["p", "figure", "a", "div", "picture", "figcaption", "li"]),
            st.lists(inner, max_size=4),
        ),
        max_leaves=8,
    ),
    max_size=4,
).map("".join)

IMAGE = PageImage(7, "a.png", "x", "inline")


@given(st.text() | html_texts)
def test_numbering_changes_nothing_but_the_stamps(content: str) -> None:
    numbered, images = number_raw_images(content, [IMAGE])
    assert [image.number for image in images] == list(range(8, 8 + len(images)))
    own = list(STAMPS.finditer(content))
    added = list(STAMPS.finditer(numbered))
    if not own:
        assert STAMPS.sub("", numbered) == content
    assert len(added) >= len(images) + len(own)


@given(tidy_texts)
def test_stamps_can_be_taken_away(content: str) -> None:
    numbered, images = number_raw_images(content, ())
    assert without_stamps(numbered) == content
    assert [number for number, _ in images_in(numbered)[0]] == [i.number for i in images if i.src]


@given(tidy_texts)
def test_each_image_that_stands_for_itself_has_one_stamp_around_it(content: str) -> None:
    numbered, images = number_raw_images(content, ())
    stamped = [
        n for stamp in re.findall(rf'{FIGURE_STAMP}="([\d ]+)"', numbered) for n in stamp.split()
    ]
    assert sorted(map(int, stamped)) == [i.number for i in images if i.place != "inline"]


def _caption(told: Sequence[Credit], own: str | None) -> str:
    text = "".join(f"[{credit.caption}{credit.credit}]" for credit in told)
    return text if own is not None else f"<figcaption>{text}</figcaption>"


def _visible(html: str) -> tuple[list[Any], list[str]]:
    soup = BeautifulSoup(html, "html.parser")
    return [image.get("src") for image in soup.find_all("img")], [*soup.stripped_strings]


@given(html_texts, st.sampled_from(["", "an alt"]))
def test_no_image_and_no_text_is_lost(content: str, alt: str) -> None:
    content = content.replace("<![foo]>", "")  # the parser of this test stops at it
    numbered, images = number_raw_images(content, ())
    credit = Credit("", "", "CREDIT", "")
    shown = {
        image.number: Shown(credit, {"loading": "lazy"}, alt, is_numbered=True) for image in images
    }
    images_before, texts_before = _visible(numbered)
    images_after, texts_after = _visible(with_figures(numbered, shown, _caption))
    assert images_after == images_before
    left = "\n".join(texts_after).replace("[CREDIT]", "")
    assert "".join(left.split()) == "".join("".join(texts_before).split())


@given(tidy_texts)
def test_each_figure_has_its_credit(content: str) -> None:
    numbered, images = number_raw_images(content, ())
    shown = {i.number: Shown(Credit("", "", f"N{i.number}.", ""), is_numbered=True) for i in images}
    html = with_figures(numbered, shown, _caption)
    soup = BeautifulSoup(html, "html.parser")
    for image in images:
        assert html.count(f"N{image.number}.") == (image.place != "inline"), image
    for figure in soup.find_all("figure", attrs={"data-anp": "figure"}):
        numbers = re.findall(r"N(\d+)\.", figure.get_text())
        within = [image.get(STAMP) for image in figure.find_all("img")]
        assert set(numbers) <= set(within)


@given(st.text() | html_texts)
def test_attributes_of_nobody_change_nothing(content: str) -> None:
    numbered, _ = number_raw_images(content, ())
    kept = dict.fromkeys(range(len(numbered)), Shown(is_numbered=True))
    assert with_attributes(numbered, kept) == numbered
    assert with_attributes(content, kept) == content


@given(tidy_texts, st.text(max_size=20))
def test_an_added_attribute_stays_in_its_tag(content: str, text: str) -> None:
    numbered, images = number_raw_images(content, ())
    shown = {
        i.number: Shown(attributes={"data-title": text}, alt="ALT", is_numbered=True)
        for i in images
    }
    before = BeautifulSoup(numbered, "html.parser")
    after = BeautifulSoup(with_attributes(numbered, shown), "html.parser")
    assert len(after.find_all(True)) == len(before.find_all(True))
    for image in after.find_all("img", attrs={STAMP: True}):
        assert image["data-title"] == text.replace("\r\n", "\n").replace("\r", "\n") or "\r" in text
    assert after.get_text() == before.get_text()


# The fast way of what is common

_ALTS = st.sampled_from(
    ["x", "a & b", 'a "quote"', "1 < 2", "it's", "*a*", "Ünï", "&copy;", "", " "]
)
_TARGETS = st.sampled_from(
    [
        "a.png",
        "https://a.example/1.jpg?w=1&h=2",
        "<b c.png>",
        "x.svg#only-dark",
        "data:,x",
        "%6.png",
    ]
)
_SAID = st.sampled_from(["", ' "a title"', " 'a \"title\"'"])
_BETWEEN = st.sampled_from(
    ["Words.", "- a list", '`<p data-anp-figure="1">`', "![in](a.png) text", "<!-- note -->"]
)
_IMAGE_LINES = st.builds("![{}]({}{})".format, _ALTS, _TARGETS, _SAID)


@st.composite
def sources(draw: st.DrawFn, count: int) -> list[ImageSource | None]:
    texts = st.sampled_from(["", "a", "b"])
    some = st.builds(ImageSource, st.just(0), source=texts, caption=texts, alt=st.just(""))
    return draw(st.lists(st.none() | some, min_size=count, max_size=count))


def _both_ways(
    content: str, items: list[Credited], **options: Any
) -> tuple[tuple[str, Printed] | None, tuple[str, Printed]]:
    """Return what the fast way makes of a page, and the slow one."""

    def credit(source: ImageSource | None) -> Credit | None:
        if source is None or not (source.source or source.caption):
            return None
        return Credit(source.caption, ". ", source.source, "")

    def caption(source: ImageSource) -> str:
        told = credit(source)
        return _caption([told], None) if told else ""

    shown = {}
    for item in items:
        sizes = {} if item.source is None and options["is_excerpt"] else item.sizes
        is_numbered = item.source is not None or bool(sizes)
        shown[item.image.number] = Shown(credit(item.source), sizes, is_numbered=is_numbered)
    has_ids, lazy_from = not options["is_excerpt"], options["lazy_from"]
    slow = with_figures(content, shown, _caption, has_ids=has_ids, lazy_from=lazy_from)
    return with_plain_figures(content, items, caption, **options), (slow, images_in(slow))


@st.composite
def credited(draw: st.DrawFn, images: list[PageImage]) -> list[Credited]:
    sizes = st.sampled_from([(0, 0), (1, 2)])
    known = draw(sources(len(images)))
    return [
        Credited(image, source, *draw(sizes)) for image, source in zip(images, known, strict=True)
    ]


@given(st.lists(_IMAGE_LINES | _BETWEEN, max_size=5), st.data())
def test_the_fast_way_of_images_that_stand_alone_gives_the_same(
    lines: list[str], data: st.DataObject
) -> None:
    record = ImageRecord()
    markdown = "\n\n".join(lines)
    content, images = converted(markdown, record)
    with patch("mkdocs_anp.page_images._number_plain", lambda *_: None):
        assert converted(markdown) == (content, images)
    items = data.draw(credited(images))
    options = data.draw(
        st.fixed_dictionaries(
            {"is_excerpt": st.booleans(), "lazy_from": st.sampled_from([None, 1, 2])}
        )
    )
    fast, slow = _both_ways(content, items, **options)
    assert fast in (None, slow)
    assert fast is not None or not record.is_plain


@given(tidy_texts, st.data())
def test_the_fast_way_is_none_where_it_is_not_sure(content: str, data: st.DataObject) -> None:
    numbered, images = number_raw_images(content, ())
    items = data.draw(credited(images))
    fast, slow = _both_ways(numbered, items, is_excerpt=False, lazy_from=None)
    assert fast in (None, slow) or not images


KNOWN = Credited(PageImage(1, "b.png", "a", "alone"), ImageSource(0, "b.png"))
FIGURE = '<p data-anp-figure="1"><img alt="a" data-anp-image="1" src="b.png" /></p>'


@pytest.mark.parametrize("title", ["", ' title="t"'])
@pytest.mark.parametrize("end", [" />", "/>", ">"])
def test_an_image_as_markdown_prints_it(title: str, end: str) -> None:
    html = f"<p>x</p>{FIGURE.replace(' />', title + end)}<p>y</p>"
    fast = with_plain_figures(html, [KNOWN], lambda source: "")
    assert fast is not None
    assert fast[0] == html.replace(' data-anp-figure="1"', "")
    assert fast[1].images == [(1, "b.png")]


@pytest.mark.parametrize(
    "html",
    [
        FIGURE.replace("b.png", ""),
        FIGURE.replace("</p>", ""),
        FIGURE.replace(" />", ' class="c" />'),
        FIGURE.replace(" />", " hidden />"),
        FIGURE.replace(" />", ""),
        FIGURE.replace(" />", " />words"),
        FIGURE.replace(" />", ' title="t" id="i" />'),
        FIGURE.replace(" />", ' title="<b>" />'),
        FIGURE.replace('alt="a"', 'alt="<b>"'),
        FIGURE.replace("<img", "words <img"),
        FIGURE.replace('"1" src', '"2" src'),
        FIGURE.replace('figure="1"', 'figure="2"'),
        FIGURE * 2,
        "",
    ],
)
def test_an_image_that_is_printed_otherwise_takes_the_slow_way(html: str) -> None:
    assert with_plain_figures(html, [KNOWN], lambda source: "") is None


@given(
    st.text()
    | st.from_regex(r"(https?:)?//(www\.)?(img\.shields\.io|a\.example)(:\d+)?[/?#]?.*")
    | st.text("/:badgesvg.%26#;data,")
)
def test_a_look_at_the_start_of_an_address_is_enough(src: str) -> None:
    assert is_plain_address(src) == (not is_left_alone({"src": src}))


# Addresses


@given(st.text() | texts | st.text("/?&=%#:.[]@w12photo-") | st.from_regex(r"https?://.*"))
def test_every_text_can_be_an_address(url: str) -> None:
    address = parse_address(url)
    keys = list(keys_of(address, None, Providers()))
    assert keys == list(keys_of(parse_address(url), None, Providers()))
    assert keys[0] == ("exact", address.text)
    assert len(keys) == len(set(keys))
    assert all(isinstance(part, str) for key in keys for part in key)
    is_remote(url)
    is_badge(url)


def are_one(one: str, other: str) -> bool:
    """Return whether two addresses are taken for those of one image, whichever comes first."""
    keys, others = (set(keys_of(parse_address(url), None, Providers())) for url in (one, other))
    found = not others.isdisjoint(map(meeting, keys))
    assert found == (not keys.isdisjoint(map(meeting, others)))
    return found


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=20))
def test_escaped_and_plain_paths_are_one_image(name: str) -> None:
    assert are_one(f"https://a.example/{name}", f"//WWW.A.example/{quote(name)}")


@pytest.mark.parametrize("name", ["id", "q", "s", "size", "dl"])
@given(st.integers(0), st.integers(0))
def test_numbers_in_queries_tell_images_apart(name: str, one: int, other: int) -> None:
    urls = [f"https://a.example/i?{name}={number}" for number in (one, other)]
    assert are_one(*urls) == (one == other)


_PLACES = st.sampled_from(["https://a.example/", "../assets/external/a.example/"])
_FILES = st.sampled_from(["1", "1.png", "1.svg", "1.png.svg", "1.12345678.png", "2.png"])


@given(_PLACES, _PLACES, _FILES, _FILES)
def test_only_a_copy_may_have_more_extension(here: str, there: str, one: str, other: str) -> None:
    copy, original = (one, other) if here.startswith("..") else (other, one)
    is_copy = here != there and copy.rpartition(".")[0] == original
    assert are_one(here + one, there + other) == (one == other or is_copy)


_LONG = 10_000
LONG_PARTS = (
    *("a", "/", "-", "1", "-1", "_", "%41", "%", "&a=b", "?", "&amp;", "é", "/photos/", "/thumb/"),
    *("/a/ab/", "/1/2", "photo-", "-1_a", "assets/external/x/", ".", "/.", "/../", "#", "&", ":"),
    *("=", "lock=", "&w=1", "/wiki/File:", "/id/", "[", "@", ".1", " "),
)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("http://a.example:8000/1.png", "http://a.example:9000/1.png", False),
        ("http://a.example:8000/1.png", "http://a.example/1.png", False),
        ("http://a.example:8000/1.png", "http://A.example:8000/1.png?w=2", True),
        ("http://a.example:80/1.png", "https://a.example:443/1.png", True),
        ("http://a.example:8000/1.png", "../assets/external/a.example:8000/1.png", True),
        ("http://a.example/1.png", "../assets/external/a.example:8000/1.png", False),
        ("http://a.example:port/1.png", "http://a.example/1.png", True),
    ],
)
def test_a_port_is_a_part_of_the_host(one: str, other: str, is_same: bool) -> None:
    assert are_one(one, other) == is_same


HOSTS = ("a.example", *(host.replace("*", "x") for p in PROVIDERS for host in p.hosts))


@pytest.mark.parametrize("host", ["", *HOSTS])
def test_long_addresses_take_no_longer_than_they_are(host: str) -> None:
    start = f"https://{host}/" if host else "../assets/external/images.unsplash.com/"
    providers = Providers()
    for part in LONG_PARTS:
        for end in ("", "!", ".jpg?x", "/"):

            def read(length: int, part: str = part, end: str = end) -> None:
                url = start + part * (length // len(part)) + end
                assert list(keys_of(parse_address(url), None, providers))
                is_badge(url)

            assert_in_proportion(read, _LONG)


def test_long_hosts() -> None:
    for part in ("a", "a.", "é", "é.", "-", "xn--"):

        def read(length: int, part: str = part) -> None:
            assert parse_address(f"https://{part * length}/a.png").text

        assert_in_proportion(read, _LONG)


def test_many_images_and_entries_take_time_in_proportion() -> None:
    def match(count: int) -> None:
        numbers = range(count)
        entries = entries_of(
            [{"source": "a", "url": f"https://a.example/{n}.jpg"} for n in numbers]
        )
        images = [PageImage(n, f"https://www.a.example/{n}.jpg?w=1", "", "alone") for n in numbers]
        matcher = Matcher(entries, Providers(), lambda url, is_raw: None)
        assert [matcher.find(image) for image in images] == list(entries)
        assert list(matcher.conflicts()) == []

    assert_in_proportion(match, 200)


TAGS = (
    *("<p><img src=a>", "<figure>", "<figure><img src=a>", "<figure><img src=a></figure>", "<p "),
    *("<img ", '<img "', "<a", "</p>", "<!--", "< "),
)


@pytest.mark.parametrize("part", TAGS)
def test_many_tags_take_time_in_proportion(part: str) -> None:
    def caption(count: int) -> None:
        content = part * count
        numbered, images = number_raw_images(content, ())
        shown = {image.number: Shown(Credit("", "", "C", "")) for image in images}
        assert with_figures(numbered, shown, _caption).count("<img") == content.count("<img")

    assert_in_proportion(caption, 500)


def test_many_numbers_take_time_in_proportion() -> None:
    def attribute(count: int) -> None:
        content = f'<p>{"<img x" * count} {STAMP}="1"</p>' * 2 + f' {STAMP}="1" <' * count
        shown = {1: Shown(alt="x", is_numbered=True)}
        assert with_attributes(content, shown).count(STAMP) == content.count(STAMP)

    assert_in_proportion(attribute, 500)


@given(texts, st.lists(texts, max_size=4))
def test_the_closest_address_is_one_of_them(url: str, others: list[str]) -> None:
    assert closest(url, others) in ("", *others)


@given(st.text() | st.text("&;#x1aAmpltCopy="))
def test_entities_are_undone_only_with_a_semicolon(text: str) -> None:
    assert unescaped(text.replace(";", "")) == text.replace(";", "")
    unescaped(text).encode()


# Entries, licences, formats


@given(anything)
def test_every_value_can_stand_for_the_entries(value: Any) -> None:
    for entries in (image_sources({"image_sources": value}), entries_of(value)):
        assert all(isinstance(entry, ImageSource) for entry in entries)
        assert all(0 <= entry.width < 10**5 and 0 <= entry.height < 10**5 for entry in entries)
        for entry in entries:
            texts = (entry.source, entry.caption, entry.url, entry.modified, entry.license)
            assert all(type(text) is str and "\n" not in text for text in texts)


@pytest.mark.parametrize(
    "value", [None, {}, [], "a text", ["a", "b"], 3, [3, None], [[{"url": "a"}]], [{}], True]
)
def test_what_is_no_entry_is_none(value: Any) -> None:
    assert image_sources({"image_sources": value}) == ()


@given(
    st.text()
    | st.text("cCbByY -_.0123456789ncdsaNCSAv")
    | st.from_regex(r"cc by(-[a-z]{2})* \d(\.\d)?( \w{2,3})?")
    | st.from_regex(r"https?://creativecommons\.org/licenses/[a-z-]+/\d\.\d/.*")
)
def test_a_licence_has_a_web_address_or_none(text: str) -> None:
    found = license_of(text)
    assert found.url == "" or re.match(r"https?://[^\x00-\x20\"<>]+$", found.url, re.IGNORECASE)
    assert bool(found.name) == bool(text.strip())


@given(
    st.text()
    | st.lists(
        st.sampled_from(["{caption}", "{source}", "{{", "}}", "{", "}", ". ", "!r", ":>3", "a"])
    ).map("".join)
)
def test_a_format_can_be_used_or_is_refused(text: str) -> None:
    try:
        form = CreditFormat.parse(text)
    except FormatError:
        return
    whole = f"CAPTION{form.separator}{form.before}SOURCE{form.after}"
    expected = Formatter().vformat(text, (), {"caption": "CAPTION", "source": "SOURCE"})
    names = [name for _, name, _, _ in Formatter().parse(text)]  # `{{caption}}` is none
    assert whole == (expected if "caption" in names else f"CAPTION {expected}")
