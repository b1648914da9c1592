"""The content synthesizer: posts of full post meta, the same ones on every machine."""

from __future__ import annotations

import re
import tracemalloc
from hashlib import blake2b
from math import isqrt
from posixpath import dirname, join, normpath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.token import Error

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.quoting import quoted, scalar
from mkdocs_anp.synth import MAX_COUNT, heading_of, post_text, seed_number
from mkdocs_anp.synth.draws import SEEDS, Draws
from mkdocs_anp.synth.names import draw_name, name_of_rank
from mkdocs_anp.synth.posts import FOLDER_SIZE, folder_of, reference_of
from mkdocs_anp.synth.signing import BLANK, is_ours, sign
from mkdocs_anp.synth.snippets import SNIPPETS
from mkdocs_anp.synth.stacks import STACKS, Stack
from mkdocs_anp.synth.themes import (
    first_block,
    post_in_block,
    posts_of,
    theme_number,
    theme_numbers,
    theme_of,
)
from tests.support import Loader, read

SITE = 7
SOME = [0, 1, 2, 3, 4, 5, 8, 9, 24, 25, 99, 100, 284, 777, 1999, 20_284, 99_999, 999_999]

# Of the texts of SOME posts. It changes when words or rules do, and with it every site that
# anybody synthesized: say so in the changelog.
GOLDEN = "ae23105c4ef442ddd86dbc62"

# Of the seed `blog`, which is a text.
BLOG = 671570831247

GAPS_OF_NUMBERS = {"small", "count", "seconds", "millis"}

some_posts = pytest.mark.parametrize("index", SOME)


def meta_of(index: int, site: int = SITE) -> dict[str, object]:
    meta = yaml.load(front_matter_block(post_text(site, index)).text, Loader)
    assert isinstance(meta, dict)
    return meta


def body_of(index: int, site: int = SITE) -> str:
    return post_text(site, index).split("\n---\n", 1)[1]


def section(body: str, heading: str) -> str:
    return body.split(f"\n## {heading}\n\n", 1)[1].split("\n\n", 1)[0]


# Determinism


def test_the_same_seed_gives_the_same_bytes() -> None:
    digest = blake2b(digest_size=12)
    for index in SOME:
        digest.update(sign(post_text(SITE, index)))
    assert digest.hexdigest() == GOLDEN


def test_another_seed_gives_other_posts() -> None:
    assert post_text(1, 5) != post_text(2, 5)
    assert theme_of(1, 0).problem != theme_of(2, 0).problem


def test_a_post_does_not_depend_on_what_was_made_before() -> None:
    alone = post_text(3, 50)
    for index in range(49):
        post_text(3, index)
    heading_of.cache_clear()
    assert post_text(3, 50) == alone


def test_draws_are_those_of_their_key() -> None:
    first, second = Draws("a"), Draws("a")
    numbers = [first.below(1000) for _ in range(300)]
    assert numbers == [second.below(1000) for _ in range(300)]
    assert len(set(numbers)) > 200
    assert sorted(Draws("b").some(range(10), 10)) == list(range(10))
    assert len(Draws("c").some("abc", 5)) == 3
    assert {Draws(str(n)).between(2, 4) for n in range(60)} == {2, 3, 4}
    assert not any(Draws(str(n)).share(0) or Draws(str(n)).chance(0) for n in range(60))
    assert all(Draws(str(n)).share(1) and Draws(str(n)).chance(100) for n in range(60))


@pytest.mark.parametrize(
    ("seed", "number"), [("0", 0), ("7", 7), ("007", 7), ("999999999999", SEEDS - 1)]
)
def test_a_number_is_its_own_seed(seed: str, number: int) -> None:
    assert seed_number(seed) == number


def test_any_text_is_a_seed() -> None:
    texts = ["", "-1", "1.5", "blog", "Blog", "büro", "٣", "1000000000000", "\ud800"]
    numbers = [seed_number(text) for text in texts]
    assert len(set(numbers)) == len(texts)
    assert all(0 <= number < SEEDS for number in numbers)
    assert seed_number("blog") == BLOG


# Post meta


@some_posts
def test_all_fields_are_there_and_in_order(index: int) -> None:
    post, problems = read(front_matter_block(post_text(SITE, index)).text)
    assert problems == []
    assert post is not None
    assert post.fields.keys() == BUILT_IN.keys()
    for key in ("score", "revision", "flags"):
        declared = BUILT_IN[key].fields.keys() - {"review_in"}
        assert declared <= post.fields[key].keys()


@some_posts
def test_what_follows_from_the_rest_of_the_post(index: int) -> None:
    meta, body, heading = meta_of(index), body_of(index), heading_of(SITE, index)
    fields = meta["post_meta"]
    assert isinstance(fields, dict)
    assert meta["title"] == heading.title
    assert body.startswith(f"\n# {heading.title}\n")
    assert fields["payload"]["seed"] == SITE * MAX_COUNT + index
    assert fields["payload"]["source_id"] == f"alphanode-{index:06d}"
    assert fields["payload"]["generator"] == "anp content synthesizer"
    assert fields["reference"] == reference_of(SITE, index)
    assert fields["code_language"] == heading.theme.stack.language
    assert fields["revision"]["last_reviewed"] >= meta["date"]
    assert fields["payload"]["scenario"] == fields["ai_outline"]["context"] == heading.scenario
    assert section(body, "Implementation checklist").splitlines() == [
        f"- {item}" for item in fields["checklist"]
    ]
    figures = re.findall(r"(?m)(?<=\n\n)!\[([^]]*)\]\(([^)]*)\)$(?=\n\n|\Z)", body)
    assert len(figures) >= 2
    assert [url for _, url in figures] == [image["url"] for image in fields["image_sources"]]
    # What is seen in an image is not what is said of it: no screen reader says it twice.
    captions = {image["caption"].casefold() for image in fields["image_sources"]}
    assert all(alt and alt.casefold() not in captions for alt, _ in figures)
    assert all(url.startswith("https://") for _, url in figures)
    assert fields["flags"]["image_heavy"] is (len(figures) > 3)


@some_posts
def test_paragraphs_and_code(index: int) -> None:
    meta, body = meta_of(index), body_of(index)
    fields = meta["post_meta"]
    assert isinstance(fields, dict)
    [(language, code)] = re.findall(r"(?ms)^```(\w+)\n(.*?)\n```$", body)
    assert language == fields["code_language"]
    prose = [
        block
        for block in body.replace(code, "").split("\n\n")
        if re.match(r"[\w\[]", block) and not block.endswith(":") and len(block) > 120
    ]
    assert len(prose) >= 4
    assert fields["payload"]["paragraphs"] >= 4
    assert "{" not in re.sub(r"(?ms)^```.*?^```", "", body)
    assert "%(" not in body + str(meta)
    assert "<<" not in body or "<<" in code


def test_titles_references_and_paths_are_unique_enough() -> None:
    headings = [heading_of(SITE, index) for index in range(1000)]
    assert len({heading.path for heading in headings}) == 1000
    assert len({heading.path.lower() for heading in headings}) == 1000
    assert len({reference_of(SITE, index) for index in range(1000)}) == 1000
    assert len({heading.title for heading in headings}) > 750
    assert max(len(heading.path) for heading in headings) <= 100
    assert all(re.fullmatch(r"[\w/.-]+", heading.path, re.ASCII) for heading in headings)


def test_there_is_variety() -> None:
    metas = [meta_of(index)["post_meta"] for index in range(400)]
    for key, least in {
        "difficulty": 4, "code_language": 10, "topic": 30, "reading_time": 3, "view_count": 200,
    }.items():  # fmt: skip
        assert len({meta[key] for meta in metas}) >= least, key  # type: ignore[index]
    statuses = {meta["revision"]["status"] for meta in metas}  # type: ignore[index]
    assert statuses == {"draft", "reviewed", "published", "deprecated"}
    sources = {image["source"] for meta in metas for image in meta["image_sources"]}  # type: ignore[index]
    assert len(sources) == 4


def test_no_list_names_one_thing_twice() -> None:
    for index in range(1000):
        meta = meta_of(index)
        fields, tags = meta["post_meta"], meta["tags"]
        assert isinstance(fields, dict)
        assert isinstance(tags, list)
        images = fields["image_sources"]
        photos = [image["url"] for image in images if image["source"] == "unsplash"]
        for names in (tags, fields["stack"], fields["tools"], fields["checklist"], photos):
            assert len(set(names)) == len(names), (index, names)


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_every_stack_has_code_that_its_lexer_knows(stack: Stack) -> None:
    lexer = get_lexer_by_name(stack.language)
    for snippet in SNIPPETS.get(stack.name) or SNIPPETS[stack.language]:
        code = re.sub(r"<<(\w+)>>", _stand_in, snippet)
        assert "\n---" not in code
        assert "```" not in code
        errors = [value for kind, value in lexer.get_tokens(code) if kind is Error]
        assert not errors, (errors, code)


def _stand_in(gap: re.Match[str]) -> str:
    return "8" if gap[1] in GAPS_OF_NUMBERS else "Ab"


# Themes and links


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 30, 100, 401])
def test_every_post_has_one_theme_and_every_theme_knows_its_posts(count: int) -> None:
    found = {theme: list(posts_of(SITE, theme, count)) for theme in theme_numbers(count)}
    assert sorted(index for posts in found.values() for index in posts) == list(range(count))
    for theme, posts in found.items():
        assert all(theme_number(SITE, index) == theme for index in posts)
        assert posts == sorted(posts)


@given(st.integers(0, 10**12 - 1), st.integers(0, MAX_COUNT - 1))
def test_a_theme_is_found_from_its_post_and_back(site: int, index: int) -> None:
    theme, block = theme_number(site, index), isqrt(index)
    assert first_block(theme) <= block
    assert post_in_block(site, theme, block) == index


def test_themes_differ_and_grow_slowly() -> None:
    themes = [theme_of(SITE, number) for number in theme_numbers(MAX_COUNT)]
    about = {(theme.problem.name, theme.stack.name, theme.domain.name) for theme in themes}
    assert len(about) == len(themes) == 1999
    assert len(theme_numbers(2_000)) == 89
    for theme in themes:
        assert theme.stack.kind in theme.problem.kinds


def test_posts_of_a_theme_share_topic_stack_and_tools() -> None:
    metas = [meta_of(index)["post_meta"] for index in posts_of(SITE, 3, 200)]
    assert len(metas) > 5
    assert len({(meta["topic"], str(meta["stack"])) for meta in metas}) == 1  # type: ignore[index]
    tools = [set(meta["tools"]) for meta in metas]  # type: ignore[index]
    assert len(set.intersection(*tools)) >= 3


def links_of(index: int) -> list[str]:
    here = dirname(heading_of(SITE, index).path)
    links = re.findall(r"(?<!!)\[[^]]+\]\(([^)]+)\)", body_of(index))
    return [normpath(join(here, link)) for link in links]


def test_links_lead_to_earlier_posts_mostly_of_the_same_theme() -> None:
    same = linked = 0
    for index in range(400):
        targets = {heading_of(SITE, earlier).path: earlier for earlier in range(index)}
        for path in links_of(index):
            linked += 1
            same += theme_number(SITE, targets[path]) == theme_number(SITE, index)
    assert linked > 400
    assert same > 0.7 * linked


def test_every_post_but_the_first_has_a_link() -> None:
    assert links_of(0) == []
    assert all(links_of(index) for index in range(1, 150))


def test_folders_stay_small() -> None:
    folders = [folder_of(index) for index in range(0, MAX_COUNT, FOLDER_SIZE)]
    assert len(set(folders)) == len(folders) == 4_000
    assert FOLDER_SIZE == 250
    assert {heading_of(SITE, index).path[:5] for index in range(250, 500)} == {"0001/"}


def test_memory_is_bounded() -> None:
    def walk(start: int) -> None:
        for index in range(start, start + 300):
            post_text(11, index)

    walk(0)
    tracemalloc.start()
    try:
        walk(300)
        before, _ = tracemalloc.get_traced_memory()
        walk(600)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1_000_000  # new themes and remembered scalars: no posts
    assert peak < 20_000_000


# Names


def test_names_do_not_run_out() -> None:
    names = [name_of_rank(rank, SITE) for rank in range(5000)]
    assert len(set(names)) > 4950
    assert all(name.isalpha() and name.isascii() and name.islower() for name in names)
    assert name_of_rank(10**12, SITE).isalpha()
    draws = Draws("names")
    drawn = [draw_name(draws, SITE) for _ in range(4000)]
    half = len(set(drawn[:2000]))
    assert 1000 < half < len(set(drawn)) < 2 * half  # new ones all the time, and known ones too


# YAML


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_text_is_read_as_it_was(text: str) -> None:
    for written in (scalar(text), quoted(text)):
        document = f"a: {written}\nb: [{written}, x]\nc: {{d: {written}, e: f}}\n- "
        document = document.removesuffix("- ")
        for loader in (yaml.SafeLoader, Loader):
            read = yaml.load(document, loader)
            assert read == {"a": text, "b": [text, "x"], "c": {"d": text, "e": "f"}}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("next.js", "next.js"),
        ("c++", "c++"),
        ("a b", "a b"),
        ("6 months", "6 months"),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a, b", '"a, b"'),
        ("No", '"No"'),
        ("1.10", '"1.10"'),
        ("", '""'),
        (" a", '" a"'),
        ("a\nb", r'"a\u000ab"'),
        ("@a", '"@a"'),
        ("é", '"é"'),
    ],
)
def test_quotes_only_where_needed(text: str, written: str) -> None:
    assert scalar(text) == written


# The hash


def test_a_signed_text_is_ours_until_somebody_edits_it() -> None:
    data = sign(post_text(SITE, 5))
    assert is_ours(data)
    assert BLANK.encode() not in data
    assert not is_ours(data + b" ")
    assert not is_ours(data.replace(b"title: ", b"title:  "))
    assert not is_ours(b"# A page\n")
    assert not is_ours(b"")
    assert not is_ours(f"hash: {BLANK}\n".encode())


def test_an_unquoted_hash_has_digits_only() -> None:
    data = sign(f"a\nhash: {BLANK}\nb\n")
    assert re.search(rb"\nhash: [1-9]\d{23}\n", data)
    assert is_ours(data)


def test_a_text_without_a_blank_cannot_be_signed() -> None:
    with pytest.raises(ValueError, match="no blank"):
        sign("text")
    with pytest.raises(ValueError, match="no blank"):
        sign('hash: "0123456789abcdef01234567"')


def test_titles_are_hardly_ever_the_same() -> None:
    titles = [heading_of(SITE, index).title for index in range(2000)]
    assert len(set(titles)) > 1900
