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
    for post in POSTS:
        others = [found.id for found in engine.ranked(post.id)[:5]]
        for other, common in zip(others, engine.in_common(post.id, others), strict=True):
            evidence = engine.evidence(post.id, other)
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
    edited.in_common(first.id, [second.id])
    edited.update([Document(first.id, title="Quokka", body="a quokka", tags=("Quokka",))])
    edited.update([Document(second.id, title="Quokka", body="a quokka", tags=("quokka",))])
    [common] = edited.in_common(first.id, [second.id])
    assert ("tags", "quokka") in [value[:2] for value in common.values]
    assert common.terms[0][0] == "quokka"


@pytest.mark.parametrize(
    "further", [Document("c.md"), Document("c.md", title="x"), Document("c.md", tags=("t",))]
)
def test_nothing_is_common(further: Document) -> None:
    """Also where no post has any value, or none has a title."""
    posts = [Document("a.md", body="saddle horse"), Document("b.md", body="ribbon lake"), further]
    [one, other] = Engine.of(posts).in_common("a.md", ["b.md", "c.md"])
    for common in (one, other):
        assert (common.terms, common.values) == ((), ())


def test_no_others(engine: Engine) -> None:
    assert engine.in_common(POSTS[0].id, []) == []
