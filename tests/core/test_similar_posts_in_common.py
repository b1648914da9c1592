"""What posts have in common is a part of their evidence, worked out in another way."""

from __future__ import annotations

import pytest

from mkdocs_anp.core.similar_posts import Document, Engine
from mkdocs_anp.core.similar_posts.document import SETS
from mkdocs_anp.synth import seed_number
from tests.benchmarks.made_documents import made_document

POSTS = [made_document(seed_number("7"), index) for index in range(120)]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(POSTS)


def test_it_is_a_part_of_the_evidence(engine: Engine) -> None:
    wanted = {post.id: [found.id for found in engine.ranked(post.id)[:5]] for post in POSTS}
    found = engine.in_common(wanted)
    assert list(found) == list(wanted)  # more of them than are compared at a time
    for id_, others in wanted.items():
        for other, common in zip(others, found[id_], strict=True):
            evidence = engine.evidence(id_, other)
            assert [word for word, _ in common.terms] == [word for word, _ in evidence.terms]
            shares = [share for _, share in evidence.terms]
            assert [share for _, share in common.terms] == pytest.approx(shares, abs=1e-7)
            values = [value[:2] for value in evidence.values if value[0] in SETS]
            assert [value[:2] for value in common.values] == values
            assert common.links_to == evidence.links_to
            assert common.linked_from == evidence.linked_from
            assert common.co_cited == evidence.co_cited


def test_after_an_edit(engine: Engine) -> None:
    edited = Engine.of(POSTS)
    first, second = POSTS[:2]
    edited.in_common({first.id: [second.id]})
    edited.update([Document(first.id, title="Quokka", body="a quokka", tags=("Quokka",))])
    edited.update([Document(second.id, title="Quokka", body="a quokka", tags=("quokka",))])
    [common] = edited.in_common({first.id: [second.id]})[first.id]
    assert ("tags", "quokka") in [value[:2] for value in common.values]
    assert common.terms[0][0] == "quokka"


@pytest.mark.parametrize(
    "further", [Document("c.md"), Document("c.md", title="x"), Document("c.md", tags=("t",))]
)
def test_nothing_is_common(further: Document) -> None:
    """Also where no post has any value, or none has a title."""
    posts = [Document("a.md", body="saddle horse"), Document("b.md", body="ribbon lake"), further]
    [one, other] = Engine.of(posts).in_common({"a.md": ["b.md", "c.md"]})["a.md"]
    for common in (one, other):
        assert (common.terms, common.values) == ((), ())


def test_no_others(engine: Engine) -> None:
    assert engine.in_common({}) == {}
    assert engine.in_common({POSTS[0].id: []}) == {POSTS[0].id: []}


def test_documents_compared_at_a_time_do_not_mix(engine: Engine) -> None:
    ids = [post.id for post in POSTS]
    wanted = {id_: ids[number % 7 : number % 7 + number % 4] for number, id_ in enumerate(ids)}
    together = engine.in_common(wanted)
    for id_, others in wanted.items():
        assert together[id_] == engine.in_common({id_: others})[id_]


def test_documents_of_several_languages() -> None:
    posts = [
        Document("a.md", body="saddle horse", tags=("t",)),
        Document("b.md", body="saddle ribbon", tags=("t",)),
        Document("c.md", body="Sattel Pferd", tags=("t",), language="de"),
        Document("d.md", body="Sattel Band", tags=("t",), language="de"),
    ]
    found = Engine.of(posts).in_common({"a.md": ["b.md"], "c.md": ["d.md"], "b.md": ["a.md"]})
    assert {id_: [word for word, _ in common.terms] for id_, [common] in found.items()} == {
        "a.md": ["saddle"],
        "b.md": ["saddle"],
        "c.md": ["sattel"],
    }
