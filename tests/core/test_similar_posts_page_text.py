"""What a page says, from the HTML that its Markdown became."""

from __future__ import annotations

from functools import partial

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_anp.core.similar_posts.page_text import PageText, first_sentence, page_text
from tests.core.images import assert_in_proportion
from tests.support import hostile_strings, squeeze

LIMIT = 400


def converted(markdown: str, **highlight: object) -> str:
    """Return the HTML of a page as Material's users convert it."""
    extensions = ["toc", "tables", "footnotes", "admonition", "attr_list", "md_in_html"]
    return Markdown(
        extensions=[*extensions, "pymdownx.highlight", "pymdownx.superfences"],
        extension_configs={"toc": {"permalink": True}, "pymdownx.highlight": highlight},
    ).convert(markdown)


def body(html: str) -> str:
    """Return the words of a page's body, with single spaces."""
    return squeeze(page_text(html).body)


def test_each_text_of_a_page_has_its_place() -> None:
    text = page_text(
        converted(
            '# Caches *warm* up\n\nSome **words**, [a link](b.md "t") and `code`.\n\n'
            "## How `it` works\n\n```python\nimport os\n```\n\n### Deep\n\nMore.\n"
        )
    )
    assert [squeeze(heading) for heading in text.headings] == ["How it works", "Deep"]
    assert squeeze(text.body) == "Some words, a link and code. How it works Deep More."
    assert squeeze(text.code) == "import os"
    assert text.hrefs == ("b.md",)


def test_a_title_is_taken_out_where_it_stands() -> None:
    """And not where the same text stands first, such as in its own id."""
    assert body(converted("caches are full\n\n# caches\n\nof caches\n")) == (
        "caches are full of caches"
    )
    assert body("<h1 id='a'>a</h1><p>b</p>") == "b"


def test_a_second_title_is_text_and_no_heading() -> None:
    text = page_text("<h1>One</h1><p>a</p><h1>Two</h1><h2>Three</h2>")
    assert squeeze(text.body) == "a Two Three"
    assert text.headings == ("Three",)


def test_a_page_without_anything() -> None:
    assert page_text("") == PageText((), "", "", ())
    assert first_sentence("", LIMIT) == ""
    assert first_sentence("<p> </p><p><img src=a.png alt=b></p>", LIMIT) == ""


@pytest.mark.parametrize("heading", ["<h2></h2>", "<h2 id=x>open", "</h2>", "<h2>a</h3>"])
def test_what_is_no_heading_breaks_no_other(heading: str) -> None:
    assert page_text(f"{heading}<h2>Good</h2>").headings[-1:] == ("Good",)


@pytest.mark.parametrize(
    "style", [{}, {"linenums": True}, *({"linenums": True, "linenums_style": s} for s in
    ("inline", "pymdownx-inline"))], ids=["none", "table", "inline", "pymdownx"],
)  # fmt: skip
def test_numbers_of_lines_are_no_code(style: dict[str, object]) -> None:
    markdown = "# T\n\n```python\nimport os\nprint(41)\n```\n\nEnd 7.\n"
    text = page_text(converted(markdown, **style))
    assert text.code.split() == ["import", "os", "print(41)"]
    assert squeeze(text.body) == "End 7."


@pytest.mark.parametrize(
    "silent",
    [
        "<!-- SECRET <p>SECRET</p> -->",
        "<!-- SECRET\n",
        "<script>let SECRET = '<p>SECRET</p>';</script>",
        "<SCRIPT type=x>SECRET</SCRIPT >",
        "<style>.SECRET {}</style>",
        "<template><p>SECRET</p></template>",
        "<svg><title>SECRET</title></svg>",
        "<math><mi>SECRET</mi></math>",
        "<textarea>SECRET</textarea>",
        "<select><option>SECRET</option></select>",
        "<script>SECRET",
        '<a class="headerlink" href="#x" title="SECRET">SECRET</a>',
        '<img alt="x" title="SECRET">',
    ],
)
def test_what_no_reader_sees_is_no_text(silent: str) -> None:
    html = f"<p>Before all.</p>{silent}"
    assert body(html) == "Before all."
    assert first_sentence(f"{silent}<p>A sentence.</p>", LIMIT) in ("A sentence.", "")
    assert "SECRET" not in first_sentence(silent + "<p>SEEN</p>", LIMIT)


def test_a_comment_in_code_is_code() -> None:
    text = page_text(converted("```html\n<!-- kept -->\n<script>kept</script>\n```\n\nAfter.\n"))
    assert text.code.split() == ["<!--", "kept", "-->", "<script>kept</script>"]
    assert squeeze(text.body) == "After."


def test_words_go_on_through_inline_tags_and_end_at_others() -> None:
    assert body("<p>un<b>break</b>able<br>next</p><table><td>one</td><td>two</td></table>") == (
        "unbreakable next one two"
    )
    assert body("<p>H<sub>2</sub>O <abbr title=x>API</abbr>s</p>") == "H2O APIs"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>R&amp;D &lt;b&gt; caf&eacute; &#x4e2d;</p>", "R&D <b> café 中"),
        ("<p>&unknown; & &# &#xZ;</p>", "&unknown; & &# &#xZ;"),
        ("<p>a &amp;lt;b&amp;gt;</p>", "a &lt;b&gt;"),  # once, and not twice
    ],
)
def test_entities(html: str, text: str) -> None:
    assert body(html) == text


def test_links_are_those_of_the_text_and_as_often_as_there() -> None:
    html = (
        '<h2><a href="../a/">A</a></h2><p><a class="x" title="t" href="../b/?x=1&amp;y=2#z">B</a>'
        '<a href="../a/">A</a><a href="#here">no</a><a href="">no</a><a name="no">no</a></p>'
        '<pre><a href="no">no</a></pre><!-- <a href="no">no</a> --><abbr href="no">no</abbr>'
    )
    assert page_text(html).hrefs == ("../a/", "../b/?x=1&y=2#z", "../a/")


UNITS = [
    *("<", "<a ", '<a href="x', '<a href="', "<p>", "<p ", "<h1>", "<h2 ", "</h2 ", "<h1><h2>"),
    *("<h1></h1 ", "<!--", "<script>", "<script></script ", "<svg><math>", "<pre>", "</pre>"),
    *('<a class="headerlink" ', '<span class="linenos">', '<div class="linenodiv"><pre>', "&"),
    *("<code", "<b ", "&#", " ", "a. ", "e.g. ", ".", "<p></p>"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_of_unclosed_tags_is_read_once(unit: str) -> None:
    assert_in_proportion(lambda size: page_text(unit * (size // len(unit))), 50_000)
    assert_in_proportion(lambda size: first_sentence(unit * (size // len(unit)), LIMIT), 50_000)


_PIECES = st.sampled_from(
    [*UNITS, "words", "</a>", "</h1>", ">", '"', "\n", "-->", "</script>", "é", "中文。", "&amp;"]
)


@given(st.text() | st.lists(_PIECES, max_size=30).map("".join))
def test_any_page_can_be_read(html: str) -> None:
    text = page_text(html)
    assert len(text.body) <= len(html) + 2 * html.count("<") + 3
    assert all(href for href in text.hrefs)
    assert len(first_sentence(html, LIMIT)) <= len(html)


@given(st.lists(st.text(alphabet="abc dé中", min_size=1), min_size=1, max_size=5))
def test_words_of_well_formed_pages_are_all_there(texts: list[str]) -> None:
    html = "".join(f"<h2>{text}</h2><p>{text}</p>" for text in texts)
    expected = squeeze(BeautifulSoup(html, "html.parser").get_text(" "))
    assert body(html) == expected


@pytest.mark.parametrize("share", range(4))
def test_hostile_texts(share: int) -> None:
    for text in hostile_strings()[share::4]:
        html = converted(f"# Title\n\n{text}\n\n## {text}\n")
        assert page_text(html).headings is not None
        assert "Title" not in body(html) or "Title" in text


# The first sentence

SENTENCES = {
    "english": "A cache forgets what it holds.| Then it asks.",
    "question": "Why does a cache forget things?| Because.",
    "version": "We moved to Python 3.12 and lost a second.| Then",
    "file": "Open mkdocs.yml and add the plugin there.| Then",
    "abbreviation": "We often use a broker, e.g. Kafka or Pulsar, for it.| Then",
    "abbreviations": "They once asked Dr. Strange vs. Mr. Fantastic for help.| Then",
    "initial": "The idea goes back to J. Smith and to others.| Then",
    "lower": "What is used by lovers of etc. and approx. ten more.| Then",
    "quotes": "The log says \u201cno space is left.\u201d| Then",
    "brackets": "It ends here (or so we thought.)| Then",
    "short-first": "No. It never was that way here.| Then",
    "ellipsis": "And so it waits and waits\u2026| Then",
    "german": "Wir haben also am 3. Mai z. B. Redis umgestellt.| Danach",
    "german-bzw": "Wir nutzen nun Redis bzw. Valkey in der Cloud.| Danach",
    "french": "Pourquoi le cache oublie-t-il tout ?| Parce que",
    "russian": "Это наш пример, т. е. такой случай из жизни.| Потом",
    "chinese": "这是一个关于缓存的非常长的句子因为它需要二十个字。|然后",
    "japanese": "これはキャッシュについてのとても長い文章であります。|次",
    "hindi": "यह कैश के बारे में एक लंबा वाक्य है।| फिर",
    "arabic": "لماذا ينسى التخزين المؤقت كل شيء؟| لأن",
    "urdu": "یہ کیش کے بارے میں ایک لمبا جملہ ہے۔| پھر",
    "thai": "แคชคือหน่วยความจำ ที่เร็วมาก และเล็ก|",
}
"""Texts by name, with a mark where the first sentence ends."""


@pytest.mark.parametrize("name", SENTENCES)
def test_where_a_sentence_ends(name: str) -> None:
    sentence, _, rest = SENTENCES[name].partition("|")
    assert first_sentence(f"<p>{sentence}{rest}</p>", LIMIT) == sentence


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("# T\n\n![x](a.png)\n\nText *is* here.\n", "Text is here."),
        ("# T\n\n!!! note\n\n    What is noted.\n", "What is noted."),
        ("# T\n\n- a list only\n", ""),
        ("# T\n\n```\ncode\n```\n\nAfter the code.\n", "After the code."),
        ("# T\n\n1 < 2 & 3 > 2 is true.\n", "1 < 2 & 3 > 2 is true."),
        ("<p>Never closed <p>And another.", "Never closed And another."),
        ("<!-- <p>Not yet.</p> -->\n\nBut this.\n", "But this."),
    ],
)
def test_which_sentence_is_first(markdown: str, sentence: str) -> None:
    assert first_sentence(converted(markdown), LIMIT) == sentence


def test_only_the_first_paragraphs_are_looked_at() -> None:
    empty = "<p><img src=a.png></p>"
    assert first_sentence(empty * 4 + "<p>Text.</p>", LIMIT) == "Text."
    assert first_sentence(empty * 5 + "<p>Text.</p>", LIMIT) == ""


def test_what_is_long_is_left_to_the_caller() -> None:
    text = "word " * 200
    find = partial(first_sentence, f"<p>{text}End. Then</p>")
    assert find(LIMIT).startswith(text) and find(LIMIT).endswith("Then")
    assert find(2000).endswith("End.")
