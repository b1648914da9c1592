"""What a page tells search engines of its images."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.figures import images_in
from mkdocs_anp.core.structured_data import image_objects, json_ld
from tests.core.images import writer

BASE = "https://site.example/sub/posts/page/"


def objects(html: str, **sources: ImageSource) -> list[dict[str, Any]]:
    images = [(sources[f"n{n}"], src) for n, src in images_in(html).images if f"n{n}" in sources]
    found = image_objects(images, BASE, lambda source: source.source)
    return [json.loads(one) for one in found]


@pytest.mark.parametrize(
    ("html", "src"),
    [
        ('<img alt="" data-anp-image="1" src="a.png">', "a.png"),
        ("<img alt data-anp-image=1 src=a.png>", "a.png"),
        (
            "<IMG SRC='a.png' DATA-ANP-IMAGE='1'/>".replace("DATA-ANP-IMAGE", "data-anp-image"),
            "a.png",
        ),
        ("<img data-anp-image=1 src=a.png/>", "a.png/"),  # as browsers read it
        ('<img\n src = "a.png"\n data-anp-image="1"\n>', "a.png"),
        ('<img alt="how src=b.png works" data-anp-image="1" src="a.png">', "a.png"),
        ('<img alt="a > b < c" data-anp-image="1" src="a.png">', "a.png"),
        ('<img data-src="b.png" data-anp-image="1" src="a.png" srcset="c.png 2x">', "a.png"),
        ('<img data-anp-image="1" src="?a=1&amp;copy=2&copy=3">', "?a=1&copy=2&copy=3"),
        ('<img data-anp-image="1" alt="He said "hi"" src="a.png">', "a.png"),
        ('<a class="glightbox" href="b.png"><img data-anp-image="1" src="a.png"></a>', "a.png"),
        ('<img alt="it\'s" src="&#x61;&#46;png" data-anp-image="1">', "a.png"),
    ],
)
def test_addresses_are_those_of_the_finished_page(html: str, src: str) -> None:
    assert images_in(f"<p>{html} src=x.png</p>")[0] == [(1, src)]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="a.png">',
        '<code>&lt;img data-anp-image="1" src="a.png"&gt;</code>',
        '<img alt="data-anp-image=1" src="a.png">',
        '<img data-anp-image="1">',
        '<img data-anp-image="x" src="a.png">',
        '<img data-anp-image="1" src="a.png',
        "data-anp-image",
    ],
)
def test_what_is_no_numbered_image(html: str) -> None:
    assert images_in(html) == ([], [])


def test_all_that_is_known_is_told() -> None:
    source = ImageSource(
        0,
        url="https://a.example/1.jpg",
        source="wikimedia commons",
        caption="A fox",
        author="Jane",
        author_url="https://jane.example/",
        page="https://commons.wikimedia.org/wiki/File:Fox.jpg",
        license="CC BY-SA 4.0",
    )
    assert objects('<img data-anp-image="1" src="../../img/1.jpg">', n1=source) == [
        {
            "@type": "ImageObject",
            "contentUrl": "https://site.example/sub/img/1.jpg",
            "caption": "A fox",
            "creditText": "Jane / wikimedia commons",
            "creator": {"@type": "Person", "name": "Jane", "url": "https://jane.example/"},
            "license": "https://creativecommons.org/licenses/by-sa/4.0/",
            "acquireLicensePage": "https://commons.wikimedia.org/wiki/File:Fox.jpg",
        }
    ]


@pytest.mark.parametrize(
    ("said", "told"), [("organization", "Organization"), ("person", "Person"), ("", "Person")]
)
def test_an_organization_is_no_person(said: str, told: str) -> None:
    source = ImageSource(0, source="nasa", author="NASA/JPL-Caltech", author_type=said)
    (found,) = objects('<img data-anp-image="1" src="1.jpg">', n1=source)
    assert found["creator"] == {"@type": told, "name": "NASA/JPL-Caltech"}


def test_nothing_is_invented() -> None:
    html = '<img data-anp-image="1" src="https://a.example/1.jpg">'
    (found,) = objects(html, n1=ImageSource(0, source="a", license="CC BY", page="javascript:x"))
    assert found == {
        "@type": "ImageObject",
        "contentUrl": "https://a.example/1.jpg",
        "creditText": "a",
    }
    (found,) = objects(
        html, n1=ImageSource(0, author="J", author_url="data:x", license="of my own")
    )
    assert found.keys() == {"@type", "contentUrl", "creditText", "creator"}
    assert found["creator"] == {"@type": "Person", "name": "J"}
    assert objects(html) == []
    assert objects(html, n1=ImageSource(0, caption="Only a caption")) == []


def test_a_host_that_delivers_an_image_is_not_told_as_its_source() -> None:
    html = '<img data-anp-image="1" src="https://cdn.example/1.jpg">'
    words = writer()

    def told(**said: str) -> Any:
        source = ImageSource(0, "https://cdn.example/1.jpg", **said)
        found = image_objects([(source, images_in(html).images[0][1])], BASE, words.named_source)
        return json.loads(found[0]) if found else None

    assert told() is told(caption="A") is None
    assert told(author="Jane")["creditText"] == "Jane"
    licensed = told(license="CC BY 4.0")
    assert licensed.keys() == {"@type", "contentUrl", "license"}


@pytest.mark.parametrize(
    ("src", "url"),
    [
        ("//cdn.example/1.jpg", "https://cdn.example/1.jpg"),
        ("/1.jpg", "https://site.example/1.jpg"),
        ("a b.jpg", f"{BASE}a%20b.jpg"),
        ("a.png#only-dark", f"{BASE}a.png"),  # and it is the same image as another scheme's
        ("a.svg#layer", f"{BASE}a.svg#layer"),
        ("?id=1&amp;b=2", f"{BASE}?id=1&b=2"),
    ],
)
def test_addresses_are_absolute(src: str, url: str) -> None:
    (found,) = objects(f'<img data-anp-image="1" src="{src}">', n1=ImageSource(0, source="a"))
    assert found["contentUrl"] == url


@pytest.mark.parametrize(
    "src", ["http://[1/a.png", "//[", "data:image/png;base64,AA", "javascript:x"]
)
def test_addresses_that_nobody_can_ask_for(src: str) -> None:
    assert objects(f'<img data-anp-image="1" src="{src}">', n1=ImageSource(0, source="a")) == []


def test_an_image_that_stands_there_twice_is_told_once() -> None:
    html = '<img data-anp-image="1" src="a.png"><img data-anp-image="2" src="a.png">'
    a, b = ImageSource(0, source="a"), ImageSource(1, source="b")
    assert [found["creditText"] for found in objects(html, n1=a, n2=b)] == ["a"]


def test_the_script_cannot_be_left() -> None:
    text = "</script><script>alert(1)</script><!-- ]]> & \u2028 \u2029 \" ' é 📷"
    element = json_ld([json.dumps({"name": text}, ensure_ascii=False)])
    match = re.fullmatch(r"<script [^<>]*>([^<>&\u2028\u2029]*)</script>", element)
    assert match
    assert json.loads(match[1]) == {"@context": "https://schema.org", "@graph": [{"name": text}]}
    assert "é 📷" in element
