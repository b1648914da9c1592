"""Which posts are similar to which, and why: small sites that read as documentation."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date

import pytest

from mkdocs_anp.core.similar_posts import (
    Document,
    DuplicateError,
    Engine,
    Options,
    WeightError,
    Weights,
)

FILLER = (
    "granite the lantern orchard velvet saddle", "copper the meadow whistle harbour quilt",
    "walnut the ribbon glacier thimble furnace", "pepper the anchor violin cradle marble",
    "saffron the ladder pigeon cellar mitten", "barley the compass feather kettle tunnel",
    "trumpet the willow bucket mantle ginger", "lobster the canvas hammock parcel ivory",
    "needle the walrus pillow cobalt turnip", "magnet the oyster basket thistle drum",
)  # fmt: skip


def site(*documents: Document) -> list[Document]:
    """Return documents among others that have nothing to do with them."""
    return [*documents, *(Document(f"other-{n}.md", body=text) for n, text in enumerate(FILLER))]


def ids(engine: Engine, id_: str) -> list[str]:
    return [found.id for found in engine.ranked(id_)]


# What makes posts similar


def test_shared_rare_words() -> None:
    engine = Engine.of(
        site(
            Document("queue.md", body="the worker takes a job from the queue"),
            Document("worker.md", body="restart the worker when its queue is stuck"),
            Document("menu.md", body="the soup of the day"),
        )
    )
    assert ids(engine, "queue.md")[0] == "worker.md"
    words = [word for word, _ in engine.evidence("queue.md", "worker.md").terms]
    assert words[:2] == ["queue", "worker"]


def test_words_that_most_posts_have_relate_nothing() -> None:
    common = [
        Document(f"{n}.md", body=f"introduction overview {text}") for n, text in enumerate(FILLER)
    ]
    engine = Engine.of(common)
    assert all(ids(engine, document.id) == [] for document in common)


def test_title_words_in_the_text_of_another_post() -> None:
    engine = Engine.of(
        site(
            Document("vacuum.md", title="Autovacuum", body="dead rows"),
            Document("bloat.md", body="tune autovacuum first and then look at the index"),
            Document("index.md", body="an index and another look"),
        )
    )
    assert ids(engine, "vacuum.md") == ["bloat.md"]
    assert engine.evidence("vacuum.md", "bloat.md").parts["title"] > 0
    assert engine.evidence("bloat.md", "vacuum.md").parts["title"] > 0  # both ways


@pytest.mark.parametrize("field", ["topic", "stack", "tools", "entities", "tags"])
def test_meta_carries_posts_without_text(field: str) -> None:
    first = replace(Document("a.md"), **{field: ("Background Jobs",)})
    second = replace(Document("b.md"), **{field: ("background  jobs",)})
    third = replace(Document("c.md"), **{field: ("gardening",)})
    engine = Engine.of(site(first, second, third))
    assert ids(engine, "a.md") == ["b.md"]
    evidence = engine.evidence("a.md", "b.md")
    assert (field, "background jobs") in [value[:2] for value in evidence.values]


def test_a_rare_value_counts_more_than_a_common_one() -> None:
    python = [Document(f"p{n}.md", tags=("python",)) for n in range(5)]
    engine = Engine.of(
        site(
            *python,
            Document("a.md", tags=("python", "kafka")),
            Document("b.md", tags=("kafka",)),
        )
    )
    assert ids(engine, "a.md")[0] == "b.md"


def test_an_ignored_value_is_no_signal_and_hides_no_post() -> None:
    documents = site(
        Document("a.md", tags=("news", "kafka")),
        Document("b.md", tags=("news",)),
        Document("c.md", tags=("kafka",)),
    )
    engine = Engine.of(documents, Options(ignored=frozenset({("tags", "news")})))
    assert ids(engine, "a.md") == ["c.md"]
    assert ids(engine, "b.md") == []


def test_links_both_ways_and_common_sources() -> None:
    engine = Engine.of(
        site(
            Document("a.md", links=("b.md", "b.md", "missing.md", "a.md")),
            Document("b.md"),
            Document("hub.md", links=("c.md", "d.md")),
            Document("c.md"),
            Document("d.md"),
        )
    )
    assert ids(engine, "a.md") == ["b.md"]
    assert ids(engine, "b.md") == ["a.md"]
    assert engine.evidence("a.md", "b.md").links_to
    assert engine.evidence("b.md", "a.md").linked_from
    assert not engine.evidence("b.md", "a.md").links_to
    assert set(ids(engine, "c.md")) == {"hub.md", "d.md"}
    assert engine.evidence("c.md", "d.md").co_cited


def test_what_similar_posts_link_to() -> None:
    engine = Engine.of(
        site(
            Document("a.md", body="kafka consumer lag"),
            Document("b.md", body="kafka consumer lag", links=("target.md",)),
            Document("target.md", body="something else entirely"),
        )
    )
    assert ids(engine, "a.md") == ["b.md", "target.md"]
    assert engine.evidence("a.md", "target.md").parts.keys() == {"followed"}


def test_folders_but_not_years() -> None:
    engine = Engine.of(
        site(
            Document("ops/a.md"), Document("ops/b.md"), Document("2020/c.md"), Document("2020/d.md")
        )
    )
    assert ids(engine, "ops/a.md") == ["ops/b.md"]
    assert ids(engine, "2020/c.md") == []


def test_code_counts_less_than_text() -> None:
    engine = Engine.of(
        site(
            Document("a.md", body="asyncio gather and other things"),
            Document("text.md", body="asyncio gather instead"),
            Document("code.md", body="instead", code="asyncio gather"),
        )
    )
    assert ids(engine, "a.md")[:2] == ["text.md", "code.md"]


# Languages


def test_pages_are_compared_within_a_language() -> None:
    engine = Engine.of(
        [
            Document("a.md", language="en", body="redis cache stampede"),
            Document("b.md", language="en", body="redis cache eviction"),
            Document("a.de.md", language="de", body="redis cache stampede"),
        ]
    )
    assert ids(engine, "a.md") == ["b.md"]
    assert ids(engine, "a.de.md") == []
    assert engine.evidence("a.md", "a.de.md").score == 0


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("数据库索引优化指南", "如何优化数据库的索引", "周末去公园散步"),
        ("データベースの索引を最適化する", "データベース索引の作り方", "週末は公園を散歩します"),
        ("การสำรองฐานข้อมูลทุกวัน", "คู่มือการสำรองฐานข้อมูล", "ไปเดินเล่นในสวน"),
        ("데이터베이스를 백업하는 방법", "데이터베이스의 백업 주기", "공원에서 산책했다"),
        ("резервное копирование баз", "копирование баз каждый день", "прогулка в парке"),
        ("डेटाबेस बैकअप की विधि", "डेटाबेस बैकअप हर दिन", "उद्यान में सैर"),
        ("Größe der Datenbank prüfen", "DATENBANK GRÖSSE messen", "Spaziergang im Park"),
    ],
)
def test_words_of_any_script(query: str, near: str, far: str) -> None:
    engine = Engine.of(
        site(Document("q.md", body=query), Document("n.md", body=near), Document("f.md", body=far))
    )
    assert ids(engine, "q.md")[:1] == ["n.md"]
    assert "f.md" not in ids(engine, "q.md")


# Order


def test_equal_posts_come_newest_first_then_by_path() -> None:
    text = "kafka consumer lag"
    documents = site(
        Document("z.md", body=text),
        Document("y.md", body=text, path="b/y.md"),
        Document("x.md", body=text, path="c/x.md"),
        Document("q.md", body=text),
    )
    assert ids(Engine.of(documents), "q.md") == ["y.md", "x.md", "z.md"]
    dated = [replace(d, date=date(2020, 1, 1)) if d.id == "x.md" else d for d in documents]
    assert ids(Engine.of(dated), "q.md")[0] == "x.md"


def test_the_order_of_documents_does_not_matter() -> None:
    documents = site(
        *(Document(f"{n}.md", body=f"{FILLER[n % 3]} {FILLER[n % 4]}") for n in range(20))
    )
    first, second = Engine.of(documents), Engine.of(reversed(documents))
    assert all(first.similar(d.id) == second.similar(d.id) for d in documents)


HASHED = """
from mkdocs_anp.core.similar_posts import Document, Engine
words = "kafka consumer lag redis cache stampede index bloat vacuum queue worker job".split()
documents = [
    Document(
        f"{n}.md",
        body=" ".join(words[(n * k) % 12] for k in range(1, 9)),
        tags=(words[n % 5],),
        links=(f"{(n * 7) % 40}.md",),
    )
    for n in range(40)
]
engine = Engine.of(documents)
print([engine.similar(d.id) for d in documents])
"""


def test_the_seed_of_hashes_does_not_matter() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", HASHED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
    assert b"Similar(" in outputs.pop()


def test_parts_sum_up_to_the_score() -> None:
    engine = Engine.of(
        site(
            Document("a.md", title="Kafka lag", body="kafka consumer lag", tags=("kafka",),
                     links=("b.md",), date=date(2020, 1, 1)),
            Document("b.md", title="Lag", body="consumer lag again", tags=("kafka",),
                     date=date(2021, 1, 1)),
        )
    )  # fmt: skip
    (found,) = engine.similar("a.md")
    assert sum(found.parts.values()) == pytest.approx(found.score, abs=1e-5)
    assert found.parts.keys() >= {"text", "phrases", "title", "tags", "links", "date"}
    assert list(found.parts.values()) == sorted(found.parts.values(), reverse=True)


# Who may appear


def test_a_page_that_may_not_appear_is_named_nowhere_but_has_its_own_list() -> None:
    text = "kafka consumer lag"
    engine = Engine.of(
        site(
            Document("a.md", body=text, links=("draft.md",)),
            Document("b.md", body=text, links=("draft.md",)),
            Document("draft.md", body=text, may_appear=False),
        )
    )
    assert ids(engine, "a.md") == ["b.md"]
    assert set(ids(engine, "draft.md")) == {"a.md", "b.md"}


def test_older_posts_only() -> None:
    text = "kafka consumer lag"
    documents = site(
        *(Document(f"{year}.md", body=text, date=date(year, 1, 1)) for year in (2019, 2020, 2021)),
        Document("undated.md", body=text),
    )
    engine = Engine.of(documents, Options(newer=False))
    assert set(ids(engine, "2020.md")) == {"2019.md", "undated.md"}
    assert set(ids(engine, "undated.md")) == {"2019.md", "2020.md", "2021.md"}
    assert "2021.md" in ids(Engine.of(documents), "2020.md")


# Odd input


@pytest.mark.parametrize(
    "documents",
    [
        [],
        [Document("a.md")],
        [Document("a.md", body="only one")],
        [Document("a.md"), Document("b.md")],
        [Document(f"{n}.md") for n in range(30)],
        [Document("a.md", body="😀 🎉"), Document("b.md", body="😀 🎉")],
        [Document("a.md", title="!?", body="\x00\ud800 \u202e"), Document("b.md", body="- -")],
    ],
)
def test_nothing_to_compare(documents: list[Document]) -> None:
    engine = Engine.of(documents)
    assert all(engine.ranked(document.id) == () for document in documents)


def test_two_posts() -> None:
    engine = Engine.of([Document("a.md", body="kafka lag"), Document("b.md", body="kafka lag")])
    assert ids(engine, "a.md") == ["b.md"]


def test_many_identical_posts() -> None:
    engine = Engine.of(
        site(*(Document(f"{n:02}.md", title="Kafka", body="kafka lag") for n in range(4)))
    )
    assert ids(engine, "02.md") == ["00.md", "01.md", "03.md"]


def test_only_code() -> None:
    engine = Engine.of(
        site(Document("a.md", code="import asyncio"), Document("b.md", code="asyncio.run"))
    )
    assert ids(engine, "a.md") == ["b.md"]


def test_a_very_long_post() -> None:
    text = " ".join(f"word{n % 9000}" for n in range(600_000))
    engine = Engine.of(site(Document("long.md", body=text), Document("a.md", body="word7 word8")))
    assert ids(engine, "a.md") == ["long.md"]


def test_two_documents_with_one_id() -> None:
    with pytest.raises(DuplicateError, match=r"'a\.md'"):
        Engine.of([Document("a.md"), Document("a.md")])


def test_an_unknown_id() -> None:
    engine = Engine.of([Document("a.md")])
    with pytest.raises(KeyError):
        engine.ranked("b.md")


# Weights


@pytest.mark.parametrize("factor", [-1, float("nan"), float("inf"), 101, "2", None, True])
def test_weight_that_makes_no_sense(factor: object) -> None:
    with pytest.raises(WeightError, match="the weight of tags is a number"):
        Weights().scaled({"tags": factor})


def test_weight_of_no_channel() -> None:
    with pytest.raises(WeightError, match="'tag' is no signal"):
        Weights().scaled({"tag": 1})


def test_a_channel_switched_off() -> None:
    documents = site(
        Document("a.md", body="kafka lag", tags=("x",)),
        Document("b.md", body="kafka lag"),
        Document("c.md", tags=("x",)),
    )
    off = Options(Weights().scaled({"tags": 0, "meta_words": 0}))
    assert ids(Engine.of(documents, off), "a.md") == ["b.md"]
    no_text = Options(Weights().scaled({"text": 0, "phrases": 0}))
    assert ids(Engine.of(documents, no_text), "a.md") == ["c.md"]


def test_all_channels_switched_off() -> None:
    names = [field.name for field in fields(Weights)]
    nothing = Options(Weights().scaled(dict.fromkeys(names, 0)))
    engine = Engine.of(
        site(Document("a.md", body="x1 y1"), Document("b.md", body="x1 y1")), nothing
    )
    assert ids(engine, "a.md") == []
