"""Why a page names another: what both are about, in the words of the other, and only if true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.similar_posts import Document, Engine, Evidence
from mkdocs_anp.core.similar_posts.document import SETS, folded_value
from mkdocs_anp.core.similar_posts.reasons import MOST_SHARED, Reasons, Spelling, reasons_of
from tests.core.images import assert_in_proportion
from tests.core.test_similar_posts import site


def reasons(
    mine: Document,
    theirs: Document,
    hidden: tuple[str, ...] = (),
    further: tuple[Document, ...] = (),
) -> Reasons:
    """Return why the first names the second, among posts of other things."""
    engine = Engine.of(site(mine, theirs, *further))
    evidence = engine.evidence(mine.id, theirs.id)
    return reasons_of(evidence, Spelling.of(mine, hidden), Spelling.of(theirs, hidden))


A = Document("a.md", title="First", body="saddle the horse")
B = Document("b.md", title="Second", body="ribbon of the lake")


# Values


ABOUT, USED = ("topic", "entities", "tags"), ("stack", "tools")


def named(found: Reasons) -> tuple[str, ...]:
    """Return the values that are named, whether both are about them or use them."""
    return (*found.shared, *found.used)


@pytest.mark.parametrize("name", SETS)
def test_a_shared_value_is_named_as_the_other_writes_it(name: str) -> None:
    mine, theirs = replace(A, **{name: ("next.JS",)}), replace(B, **{name: ("Next.js",)})
    assert named(reasons(mine, theirs)) == ("Next.js",)
    assert named(reasons(theirs, mine)) == ("next.JS",)


@pytest.mark.parametrize("name", SETS)
def test_what_both_use_is_told_apart_from_what_both_are_about(name: str) -> None:
    mine, theirs = replace(A, **{name: ("Kafka",)}), replace(B, **{name: ("Kafka",)})
    assert bool(reasons(mine, theirs).used) is (name in USED)
    about = reasons(replace(mine, tags=("kafka",)), replace(theirs, tags=("kafka",)))
    assert [value.lower() for value in about.shared] == ["kafka"]
    assert about.used == ()


@pytest.mark.parametrize("name", SETS)
def test_a_hidden_value_is_never_named(name: str) -> None:
    mine, theirs = replace(A, **{name: ("Quokka",)}), replace(B, **{name: ("Quokka",)})
    found = reasons(mine, theirs, (name,))
    assert found == Reasons()
    assert named(reasons(mine, theirs, tuple(other for other in SETS if other != name)))


def test_a_value_that_only_one_of_them_shows_is_not_named() -> None:
    mine = replace(A, stack=("quokka",))
    theirs = replace(B, stack=("quokka",), tags=("Quokka",))
    assert reasons(mine, theirs, ("stack",)) == Reasons()


def test_words_of_a_hidden_summary_are_not_mentioned() -> None:
    mine, theirs = replace(A, summary="the quokka"), replace(B, summary="a quokka")
    assert reasons(mine, theirs).mentioned == ("quokka",)
    assert reasons(mine, theirs, ("summary",)) == Reasons()


def test_the_strongest_come_first_and_the_weak_not_at_all() -> None:
    common = tuple(Document(f"c{n}.md", body=f"x{n}", stack=("python",)) for n in range(8))
    mine = replace(A, stack=("python", "quokka", "wombat", "numbat"))
    theirs = replace(B, stack=("python", "wombat", "quokka", "numbat"))
    found = reasons(mine, theirs, further=common)
    assert len(found.used) == 3
    assert set(found.used) == {"quokka", "wombat", "numbat"}
    assert reasons(
        replace(A, stack=("python",)), replace(B, stack=("python",)), (), common
    ).used == ("python",)


def test_a_value_in_two_sets_is_named_once() -> None:
    mine = replace(A, topic=("Kafka",), stack=("kafka",), tags=("KAFKA",))
    theirs = replace(B, topic=("Kafka",), stack=("kafka",), tags=("KAFKA",))
    assert [folded_value(value) for value in reasons(mine, theirs).shared] == ["kafka"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("kafka", "kafka streams", "kafka connect"), {"kafka streams", "kafka connect"}),
        (("quokka", "quokkas"), {"quokka"}),
        (("java", "javascript"), {"java", "javascript"}),
        (("git", "github"), {"git", "github"}),
    ],
)
def test_no_two_that_say_the_same(values: tuple[str, ...], expected: set[str]) -> None:
    assert set(reasons(replace(A, stack=values), replace(B, stack=values)).used) == expected


def test_values_that_differ_are_no_reason() -> None:
    mine, theirs = replace(A, stack=("python",)), replace(B, stack=("java",))
    assert reasons(mine, theirs) == Reasons()
    assert not reasons(mine, theirs)


# Words


def test_a_word_of_a_title_that_both_are_about() -> None:
    mine = replace(A, title="Quokkas", headings=("Their young",))
    theirs = replace(B, headings=("On Quokkas",))
    assert reasons(mine, theirs).shared == ("Quokkas",)
    assert reasons(theirs, mine).shared == ("Quokkas",)


def test_a_word_in_the_text_of_one_is_only_mentioned() -> None:
    mine = replace(A, title="Quokka", body="here")
    theirs = replace(B, body="a quokka in the text")
    found = reasons(mine, theirs)
    assert (found.shared, found.mentioned) == ((), ("quokka",))


def test_words_of_code_and_text_are_mentioned_if_they_say_something() -> None:
    words = "quokka q1 of 2024 3.11 abc wombat_x"
    mine, theirs = replace(A, body=words), replace(B, code=words)
    found = reasons(mine, theirs)
    assert found.shared == ()
    assert set(found.mentioned) <= {"quokka", "wombat"} and "quokka" in found.mentioned


def test_nothing_is_mentioned_where_they_are_about_something() -> None:
    mine = replace(A, body="wombat", stack=("quokka",))
    theirs = replace(B, body="wombat", stack=("quokka",))
    found = reasons(mine, theirs)
    assert found.used == ("quokka",)
    assert found.mentioned == ()


def test_nothing_is_mentioned_where_a_link_says_more() -> None:
    mine, theirs = replace(A, body="wombat", links=("b.md",)), replace(B, body="wombat")
    assert reasons(mine, theirs) == Reasons(linked_here=True)


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("缓存", "缓存"),
        ("データベース", "データベース"),
        ("Größe", "GRÖSSE"),
        ("кэш", "Кэш"),
        ("ذاكرة", "ذاكرة"),
    ],
)
def test_values_of_any_script(value: str, other: str) -> None:
    assert reasons(replace(A, tags=(value,)), replace(B, tags=(other,))).shared == (other,)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("数据库缓存失效", "缓存失效的原因", "缓存失效"),
        ("データベースの検索", "検索の速いデータベース", "データベース"),
        ("แคชข้อมูล", "ทดสอบแคชข้อมูล", "แคชข้อมูล"),
    ],
)
def test_what_titles_without_spaces_share(mine: str, theirs: str, expected: str) -> None:
    """It is told as it stands there, not in the pairs of characters that are compared."""
    found = reasons(replace(A, title=mine), replace(B, title=theirs))
    assert expected in found.shared
    assert all(part in mine and part in theirs for part in found.shared)


def test_a_mentioned_word_is_told_as_it_is_written() -> None:
    mine, theirs = replace(A, body="die GRÖSSE"), replace(B, body="von der Größe.")
    assert reasons(mine, theirs).mentioned == ("Größe",)
    assert reasons(theirs, mine).mentioned == ("GRÖSSE",)


# Links


@pytest.mark.parametrize(
    ("mine", "theirs", "third", "expected"),
    [
        (("b.md",), (), (), Reasons(linked_here=True)),
        ((), ("a.md",), (), Reasons(links_here=True)),
        (("b.md",), ("a.md",), (), Reasons(links_here=True, linked_here=True)),
        ((), (), ("a.md", "b.md"), Reasons(linked_together=True)),
        (("b.md",), (), ("a.md", "b.md"), Reasons(linked_here=True)),
        ((), (), ("a.md",), Reasons()),
        (("c.md",), (), (), Reasons()),
    ],
)
def test_links(
    mine: tuple[str, ...], theirs: tuple[str, ...], third: tuple[str, ...], expected: Reasons
) -> None:
    c = Document("c.md", body="thimble", links=third)
    assert reasons(replace(A, links=mine), replace(B, links=theirs), (), (c,)) == expected
    assert bool(expected) is (expected != Reasons())


# All


_WORDS = st.sampled_from(["quokka", "Quokka", "wombat", "wombats", "numbat", "de", "缓存", "x y"])
_VALUES = st.lists(_WORDS, max_size=4).map(tuple)


@st.composite
def documents(draw: st.DrawFn, id_: str) -> Document:
    texts = st.lists(_WORDS, max_size=4).map(" ".join)
    return Document(
        id_,
        title=draw(texts),
        summary=draw(texts),
        headings=draw(_VALUES),
        body=draw(texts),
        links=draw(st.sampled_from([(), ("a.md",), ("b.md",)])),
        **{name: draw(_VALUES) for name in SETS},
    )


@given(documents("a.md"), documents("b.md"), st.sets(st.sampled_from([*SETS, "summary"])))
def test_all_that_is_told_is_true_of_both(
    mine: Document, theirs: Document, hidden: set[str]
) -> None:
    found = reasons(mine, theirs, tuple(hidden))
    assert len(named(found)) <= MOST_SHARED and len(found.mentioned) <= MOST_SHARED
    assert not (named(found) and found.mentioned)
    for document in (mine, theirs):
        seen = [document.title, *document.headings]
        seen += [v for name in SETS if name not in hidden for v in getattr(document, name)]
        for value in named(found):
            assert value.casefold() in " ".join(seen).casefold()
        text = " ".join(
            [*seen, document.body, *([] if "summary" in hidden else [document.summary])]
        )
        for word in found.mentioned:
            assert word.casefold() in text.casefold()
    told = [folded_value(value) for value in named(found)]
    assert len(set(told)) == len(told)


def test_evidence_of_nothing() -> None:
    assert reasons_of(Evidence(0.0, {}), Spelling.of(A), Spelling.of(B)) == Reasons()


def test_long_titles_and_many_values_take_time_in_proportion() -> None:
    def long_titles(size: int) -> Reasons:
        text = "缓" * size
        spelling = Spelling.of(replace(A, title=text))
        return reasons_of(Evidence(0.1, {}, (("缓缓", 0.1),)), spelling, spelling)

    def many_values(size: int) -> Reasons:
        values = tuple(f"value {n}" for n in range(size))
        spelling = Spelling.of(replace(A, tags=values))
        shared = tuple(("tags", value, 0.1) for value in values)
        return reasons_of(Evidence(0.1, {}, (), shared), spelling, spelling)

    assert_in_proportion(long_titles, 20_000)
    assert_in_proportion(many_values, 2_000)
