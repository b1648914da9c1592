"""The words of credits."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_anp.core.image_credits.credit import Credit, CreditFormat, FormatError
from mkdocs_anp.core.image_credits.entries import ImageSource
from tests.core.images import entries_of, writer
from tests.support import parse

URL = "https://a.example/1.jpg"


def entry(**said: Any) -> ImageSource:
    (found,) = entries_of([{"url": URL, **said}])
    return found


def text(credit: Credit) -> str:
    return parse(f"{credit.caption}{credit.separator}{credit.credit}").get_text()


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("A rack", "A rack. image source: a"),
        ("A rack.", "A rack. image source: a"),
        ("A rack!", "A rack! image source: a"),
        ("A rack?", "A rack? image source: a"),
        ("A rack…", "A rack… image source: a"),
        ("Seen:", "Seen: image source: a"),
        ("ラック。", "ラック。 image source: a"),
        ("هل هذا؟", "هل هذا؟ image source: a"),
        ('He said "stop."', 'He said "stop." image source: a'),
        ("(Seen from above.)", "(Seen from above.) image source: a"),
        ("Who said “why?”", "Who said “why?” image source: a"),
        ("The rack (left)", "The rack (left). image source: a"),
        ("3.5", "3.5. image source: a"),
    ],
)
def test_no_full_stop_is_doubled(caption: str, expected: str) -> None:
    assert text(writer().credit(entry(source="a", caption=caption), str)) == expected


def test_a_full_stop_of_another_script_is_not_doubled() -> None:
    words = writer("ja")
    assert text(words.credit(entry(source="a", caption="写真。"), str)) == "写真。画像の出典：a"
    assert text(words.credit(entry(source="a", caption="写真"), str)) == "写真。画像の出典：a"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"caption": "A rack"}, "A rack. image source: a.example"),  # its host
        (
            {"caption": "A", "url": "https://images.unsplash.com/photo-1"},
            "A. image source: unsplash",
        ),
        ({"source": "a"}, "image source: a"),
        ({}, "image source: a.example"),
        ({"author": "Jane"}, "image source: Jane"),  # the host may only deliver it
        (
            {"author": "Jane", "url": "https://images.unsplash.com/photo-1"},
            "image source: unsplash, by Jane",
        ),
        ({"caption": "A", "url": "b.jpg"}, "A"),
        ({"caption": "A", "url": "b.jpg", "author": "Jane"}, "A. image source: Jane"),
        ({"url": "b.jpg", "alt": "x"}, ""),
        ({"url": "b.jpg", "license": "CC BY 4.0"}, "CC BY 4.0"),
        ({"url": "b.jpg", "archive": "https://b.example/", "modified": True}, ""),
        ({"caption": "A", "url": "b.jpg", "license": "CC BY 4.0"}, "A. CC BY 4.0"),
        ({"source": "Jane", "author": "Jane"}, "image source: Jane"),
        ({"source": "a", "author": "Jane"}, "image source: a, by Jane"),
        ({"source": "a", "modified": True}, "image source: a, modified"),
        ({"source": "a", "modified": "yes"}, "image source: a, modified"),
        ({"source": "a", "modified": False}, "image source: a"),
        ({"source": "a", "modified": "cropped"}, "image source: a, modified: cropped"),
        ({"source": "a", "license": "CC-BY"}, "image source: a, CC BY"),
        ({"source": "a", "license": "of my own"}, "image source: a, of my own"),
        ({"source": "a", "archive": "https://b.example/"}, "image source: a, archived copy"),
        (
            {"source": "{how} {author}", "author": "{source}"},
            "image source: {how} {author}, by {source}",
        ),
    ],
)
def test_what_is_known_is_said(said: dict[str, Any], expected: str) -> None:
    assert text(writer().credit(entry(**said), str)) == expected


def test_separator_stands_only_between_two() -> None:
    words = writer()
    assert words.credit(entry(source="a"), str).separator == ""
    assert words.credit(entry(caption="A", url="b.jpg"), str) == ("A", "", "", "")


def test_links() -> None:
    said = {
        "source": "a",
        "page": "../p.md",
        "author": "Jane <b>",
        "author_url": "https://j.example/?a=1&b='",
        "license": "CC BY 4.0",
    }
    html = writer().credit(entry(**said), lambda link: f"resolved/{link}").credit
    links = {link.get_text(): link["href"] for link in parse(html).find_all("a")}
    assert links == {
        "a": "resolved/../p.md",
        "Jane <b>": "https://j.example/?a=1&b='",
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert parse(html).get_text() == "image source: a, by Jane <b>, CC BY 4.0"


def test_the_author_as_source_is_the_link() -> None:
    html = (
        writer().credit(entry(url="b.jpg", author="J", author_url="https://j.example/"), str).credit
    )
    assert (
        html == 'image source: <a class="anp-link" href="https://j.example/" rel="noopener">J</a>'
    )


def test_text_that_runs_the_other_way_is_kept_apart() -> None:
    for source in ("ويكي", "NASA (Hubble)"):  # the last bracket would go to the other end
        assert f"<bdi>{source}</bdi>" in writer().credit(entry(source=source), str).credit


def test_only_the_full_form_can_be_copied() -> None:
    words = writer()
    assert words.credit(entry(source="a", caption="A"), str).copy == ""
    full = entry(source="a", caption="A.", author="Jane", license="CC BY 4.0", modified=True)
    assert words.credit(full, str).copy == (
        "A. image source: a (https://a.example/1.jpg), by Jane, "
        "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), modified"
    )
    assert words.plain(full) == "image source: a, by Jane, CC BY 4.0, modified"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "A. Bildquelle: a, von J, bearbeitet: cut, archivierte Kopie"),
        ("fr", "A. source de l’image : a, par J, modifiée : cut, copie archivée"),
        ("ar", "A. مصدر الصورة: a, تصوير J, التعديل: cut, نسخة مؤرشفة"),
        ("zh", "A。图片来源：a, 作者：J, 改动：cut, 存档副本"),
    ],
)
def test_other_languages(language: str, expected: str) -> None:
    full = entry(source="a", caption="A", author="J", modified="cut", archive="https://x.example/")
    assert text(writer(language).credit(full, str)) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{caption}. image source: {source}", "A. image source: a"),
        ("{caption} ({source})", "A (a)"),
        ("{caption} | Photo: {source}", "A | Photo: a"),
        ("{caption} – © {source}.", "A – © a."),
        ("{caption}{source}", "Aa"),
        ("Photo: {source}", "A Photo: a"),
        ("{caption} {{{source}}}", "A {a}"),
        ("{caption} <b>{source}</b> & co", "A <b>a</b> & co"),
    ],
)
def test_formats(form: str, expected: str) -> None:
    assert text(writer(form=form).credit(entry(source="a", caption="A"), str)) == expected


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("{caption}", "{source} has to stand in it once"),
        ("", "{source} has to stand in it once"),
        ("{{source}}", "{source} has to stand in it once"),
        ("{source} {source}", "{source} has to stand in it once"),
        ("{source}: {caption}", "{caption} has to stand at its start"),
        ("{caption} {caption} {source}", "{caption} has to stand at its start"),
        (" {caption} {source}", "{caption} has to stand at its start"),
        ("{caption} {author} {source}", "there is no {author}; known are {caption} and {source}"),
        ("{source.upper}", "there is no {source.upper}"),
        ("{}{source}", "there is no {}"),
        ("{source!r}", "write {caption} and {source} with nothing else in the braces"),
        ("{source:>9}", "write {caption} and {source} with nothing else in the braces"),
        ("{caption} {source", "it is no format"),
        ("{source} }", "it is no format"),
    ],
)
def test_formats_that_are_refused(form: str, message: str) -> None:
    with pytest.raises(FormatError) as error:
        CreditFormat.parse(form)
    assert str(error.value).startswith(message)
