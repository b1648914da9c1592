"""Hostile strings in captions, credits and addresses: none becomes markup, all stay visible."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from mkdocs_anp.core.image_credits.audit import Policy, audit_page
from mkdocs_anp.core.image_credits.credit import Credit
from mkdocs_anp.core.image_credits.figures import Shown, images_in, with_figures
from mkdocs_anp.core.image_credits.matching import Matcher
from mkdocs_anp.core.image_credits.providers import Providers
from mkdocs_anp.core.structured_data import image_objects, json_ld
from tests.allowed import is_inactive
from tests.core.images import converted, entries_of, renderer, writer
from tests.support import hostile_strings, shown, squeeze

ADDRESS = "https://a.example/1.jpg"
MARKDOWN = f"![]({ADDRESS})\n\n<figure><img src={ADDRESS}><figcaption>Own</figcaption></figure>\n"
HTML, IMAGES = converted(MARKDOWN)
WRITER = writer()
# What only we write, and nothing besides.
ELEMENTS = ["figure", "img", "figcaption", "span", "span", "button", "figure", "img", "figcaption"]
KEYS = (
    "source",
    "caption",
    "alt",
    "author",
    "author_url",
    "page",
    "license",
    "modified",
    "archive",
)


def page_with(entry: dict[str, str]) -> BeautifulSoup:
    (source,) = entries_of([{"url": ADDRESS, **entry}])
    credit = WRITER.credit(source, str)
    attributes = {"data-title": source.caption, "data-description": WRITER.plain(source)}
    both = {image.number: Shown(credit, attributes, source.alt) for image in IMAGES}

    def caption(told: list[Credit], own: str | None) -> str:
        return renderer().figcaption(
            [one.behind(". ") if own else one for one in told], own is not None
        )

    return BeautifulSoup(with_figures(HTML, both, caption), "html.parser")


def assert_harmless(soup: BeautifulSoup) -> None:
    elements = [element.name for element in soup.find_all(True)]
    assert [name for name in elements if name not in ("a", "bdi")][: len(ELEMENTS)] == ELEMENTS
    assert set(elements) <= {*ELEMENTS, "a", "bdi"}
    assert elements.count("img") == len(IMAGES)
    for element in soup.find_all(True):
        for name in element.attrs:
            assert not name.startswith("on"), name
            assert name in {
                *("src", "alt", "class", "id", "href", "rel", "dir", "title", "type", "aria-label"),
                *("data-anp", "data-anp-image", "data-anp-copy", "data-anp-copied"),
                *("data-title", "data-description"),
            }, name
        if element.name == "a":
            assert is_inactive(element["href"])
            assert element["rel"] == ["noopener"]
        if element.name == "img":
            assert element["src"] == ADDRESS


@pytest.mark.parametrize("share", range(8))
def test_in_each_place(share: int) -> None:
    for text in hostile_strings()[share::8]:
        soup = page_with(dict.fromkeys(KEYS, text))
        assert_harmless(soup)
        seen = squeeze(soup.find("figure").get_text(" "))
        assert seen.count(squeeze(shown(text))) >= 3, text  # caption, source, what was changed


@pytest.mark.parametrize("share", range(4))
def test_as_the_only_word_of_a_credit(share: int) -> None:
    for text in hostile_strings()[share::4]:
        for entry in ({"source": text}, {"author": text}, {"caption": text}):
            soup = page_with(entry)
            assert soup.find_all(["script", "iframe", "svg"]) == []
            assert squeeze(shown(text)) in squeeze(soup.get_text(" ")), text


@pytest.mark.parametrize("share", range(4))
def test_in_structured_data(share: int) -> None:
    for text in hostile_strings()[share::4]:
        (source,) = entries_of([{"url": ADDRESS, **dict.fromkeys(KEYS, text)}])
        images = [(source, src) for number, src in images_in(HTML).images if number == 1]
        objects = image_objects(images, "https://site.example/", WRITER.source)
        element = json_ld(objects)
        element.encode()
        assert element.count("<") == 2 == element.count(">")
        body = element.partition(">")[2].removesuffix("</script>")
        (image,) = json.loads(body)["@graph"]
        assert image["contentUrl"] == ADDRESS
        assert image["caption"] == source.caption
        assert image["creator"]["name"] == source.author
        for key in ("license", "acquireLicensePage"):
            assert image.get(key, "https://").startswith(("http://", "https://"))


@pytest.mark.parametrize("share", range(4))
def test_as_an_address(share: int) -> None:
    for text in hostile_strings()[share::4]:
        entries = entries_of([{"source": "a", "caption": "one", "url": text, "modified": "yes"}])
        matcher = Matcher(entries, Providers(), lambda url, is_raw: None)
        list(audit_page([], matcher, Policy(Providers())))
        for entry in entries:
            credit = WRITER.credit(entry, str)
            soup = BeautifulSoup(credit.credit, "html.parser")
            assert soup.find_all(True) == []
            assert credit.copy.startswith("one. image source: a")


@pytest.mark.parametrize("share", range(4))
def test_as_a_page_around_images(share: int) -> None:
    """A text of the page itself, which may well be markup, is not ours to change."""
    for text in hostile_strings()[share::4]:
        html, images = converted(f"{text}\n\n![x]({ADDRESS})\n\n{text}\n")
        credit = {image.number: Shown(None, {"loading": "lazy"}) for image in images}
        changed = with_figures(html, credit, lambda told, own: "")
        assert changed.count("<") == html.count("<")
        assert changed.count('src="https://a.example/1.jpg"') == html.count(
            'src="https://a.example/1.jpg"'
        )
