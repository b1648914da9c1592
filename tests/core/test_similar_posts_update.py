"""After an edit the result is that of a clean build; tokens on disk change nothing but the time."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mkdocs_anp.core.similar_posts import (
    Document,
    Engine,
    Options,
    TokenFile,
    pool,
    ranking,
    vectors,
)
from mkdocs_anp.core.similar_posts.scanner import Vocabulary

WORDS = [f"{a}{b}{c}" for a in "kmpt" for b in "aeiou" for c in ("ra", "ln", "st", "nd", "x")]


def post(number: int, seed: int = 0) -> Document:
    """Return a post about one of six themes, with words of its own."""
    draws = random.Random(f"{seed}/{number}")
    theme = number % 6
    near = WORDS[theme * 12 : theme * 12 + 12]
    words = [draws.choice(near if draws.random() < 0.5 else WORDS) for _ in range(40)]
    return Document(
        id=f"{number:03}.md",
        title=" ".join(words[:3]),
        body=" ".join(words),
        tags=(f"tag{theme}", f"rare{number % 11}"),
        links=(f"{draws.randrange(120):03}.md",),
    )


SITE = {document.id: document for document in (post(number) for number in range(120))}


def assert_same(engine: Engine, documents: dict[str, Document]) -> None:
    clean = Engine.of(reversed(documents.values()))
    for id_ in documents:
        assert engine.ranked(id_) == clean.ranked(id_)


def edits() -> list[tuple[str, Document]]:
    first = SITE["007.md"]
    return [
        ("nothing", first),
        ("a new word", replace(first, body=f"{first.body} zorgblat")),
        ("a word of one other post", replace(first, body=f"{first.body} zorgblat kara")),
        ("another body", replace(first, body=post(3, seed=9).body)),
        ("no body", replace(first, body="")),
        ("another title", replace(first, title=SITE["020.md"].title)),
        ("other tags", replace(first, tags=("tag2", "new tag"))),
        ("no links", replace(first, links=())),
        ("other links", replace(first, links=("008.md", "009.md", "008.md"))),
        ("another day", replace(first, date=date(2020, 1, 1))),
        ("hidden", replace(first, may_appear=False)),
        ("another path", replace(first, path="ops/seven.md")),
        ("another language", replace(first, language="de")),
    ]


@pytest.mark.parametrize("edited", [pytest.param(d, id=name) for name, d in edits()])
def test_one_edit(edited: Document) -> None:
    engine = Engine.of(SITE.values())
    before = {id_: engine.ranked(id_) for id_ in SITE}
    changed = engine.update([edited])
    assert_same(engine, {**SITE, edited.id: edited})
    different = {id_ for id_ in SITE if engine.ranked(id_) != before[id_]}
    assert different <= changed | ({edited.id} if edited.language else set())


def test_nothing_changes_without_an_edit() -> None:
    engine = Engine.of(SITE.values())
    assert engine.update([SITE["007.md"]]) == frozenset()
    assert engine.update([]) == frozenset()


def test_many_edits_one_after_the_other() -> None:
    engine = Engine.of(SITE.values())
    documents = dict(SITE)
    draws = random.Random(5)
    for step in range(12):
        old = documents[draws.choice(list(documents))]
        new = post(draws.randrange(120), seed=step)
        edited = [replace(new, id=old.id), replace(documents["050.md"], body=new.body)]
        documents.update({document.id: document for document in edited})
        engine.update({document.id: document for document in edited}.values())
    assert_same(engine, documents)


def test_small_edits_of_a_large_site() -> None:
    documents = {f"{n}.md": replace(post(n), id=f"{n}.md") for n in range(600)}
    draws = random.Random(8)
    documents = {
        id_: replace(d, body=f"{d.body} {' '.join(f'w{draws.randrange(4000)}' for _ in range(30))}")
        for id_, d in documents.items()
    }
    engine = Engine.of(documents.values())
    for number in range(5):
        old = documents[f"{number}.md"]
        documents[old.id] = new = replace(old, body=f"{old.body} w{draws.randrange(4000)}")
        engine.update([new])
    assert_same(engine, documents)


def test_a_new_post_and_one_that_is_gone() -> None:
    engine = Engine.of(SITE.values())
    new = replace(post(7, seed=4), id="new.md")
    changed = engine.update([new], removed=["011.md", "unknown.md"])
    documents = {**SITE, "new.md": new}
    del documents["011.md"]
    assert_same(engine, documents)
    assert "new.md" in changed
    assert "011.md" not in engine


def test_first_post_of_a_language() -> None:
    engine = Engine.of(SITE.values())
    engine.update([Document("a.de.md", language="de", body="katze")])
    engine.update([Document("b.de.md", language="de", body="katze hund")])
    assert [found.id for found in engine.ranked("a.de.md")] == ["b.de.md"]


def test_posts_that_may_not_appear_and_older_ones_only() -> None:
    options = Options(newer=False)
    documents = {
        id_: replace(d, date=date(2020, 1, 1 + n % 28), may_appear=n % 5 != 0)
        for n, (id_, d) in enumerate(SITE.items())
    }
    engine = Engine.of(documents.values(), options)
    for id_ in ("000.md", "007.md", "013.md"):
        documents[id_] = replace(documents[id_], body=f"{documents[id_].body} kara pust")
        engine.update([documents[id_]])
    clean = Engine.of(documents.values(), options)
    assert all(engine.ranked(id_) == clean.ranked(id_) for id_ in documents)


# Tokens on disk


def test_second_build_reads_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cache" / "tokens"
    first = Engine.of(SITE.values(), cache=TokenFile(path))
    monkeypatch.setattr(Vocabulary, "read", None)
    second = Engine.of(SITE.values(), cache=TokenFile(path))
    assert all(first.ranked(id_) == second.ranked(id_) for id_ in SITE)


def test_only_an_edited_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    Engine.of(SITE.values(), cache=TokenFile(path))
    edited = {**SITE, "007.md": replace(SITE["007.md"], body="entirely new kara")}
    assert_same(Engine.of(edited.values(), cache=TokenFile(path)), edited)
    size = path.stat().st_size
    Engine.of(list(SITE.values())[:10], cache=TokenFile(path))
    assert path.stat().st_size < size / 4  # what is no longer used is gone


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not ours",
        b"anp similar posts tokens 0\n" + bytes(100),
        b"anp similar posts tokens 1\n" + bytes(100),
        b"\xff" * 1000,
    ],
)
def test_file_that_is_foreign_or_broken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tokens"
    path.write_bytes(content)
    assert_same(Engine.of(SITE.values(), cache=TokenFile(path)), SITE)
    assert_same(Engine.of(SITE.values(), cache=TokenFile(path)), SITE)


@pytest.mark.parametrize("place", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_file_that_is_damaged_or_cut_off(tmp_path: Path, place: float) -> None:
    path = tmp_path / "tokens"
    Engine.of(SITE.values(), cache=TokenFile(path))
    content = bytearray(path.read_bytes())
    at = int(place * len(content))
    path.write_bytes(content[:at])
    assert_same(Engine.of(SITE.values(), cache=TokenFile(path)), SITE)
    content[at] ^= 0xFF
    path.write_bytes(content)
    assert_same(Engine.of(SITE.values(), cache=TokenFile(path)), SITE)


def test_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = TokenFile(tmp_path / "file" / "tokens")
    assert_same(Engine.of(SITE.values(), cache=cache), SITE)
    assert not cache.save()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder one may not write")
def test_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert_same(Engine.of(SITE.values(), cache=TokenFile(tmp_path / "tokens")), SITE)
    tmp_path.chmod(0o700)


def test_two_builds_at_once(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    one, two = TokenFile(path), TokenFile(path)
    Engine.of(SITE.values(), cache=one)
    Engine.of(list(SITE.values())[:50], cache=two)
    assert_same(Engine.of(SITE.values(), cache=TokenFile(path)), SITE)
    assert [entry.name for entry in tmp_path.iterdir()] == ["tokens"]


def test_empty_site(tmp_path: Path) -> None:
    Engine.of([], cache=TokenFile(tmp_path / "tokens"))
    Engine.of([Document("a.md")], cache=TokenFile(tmp_path / "tokens"))
    assert Engine.of([Document("a.md")], cache=TokenFile(tmp_path / "tokens")).ranked("a.md") == ()


def test_an_engine_that_may_not_change_gives_the_same_and_refuses_edits() -> None:
    engine = Engine.of(SITE.values(), may_change=False)
    assert_same(engine, SITE)
    assert engine.evidence("007.md", "013.md") == Engine.of(SITE.values()).evidence(
        "007.md", "013.md"
    )
    with pytest.raises(RuntimeError, match="may_change=False"):
        engine.update([SITE["007.md"]])


@pytest.mark.parametrize(("name", "edited"), edits(), ids=[name for name, _ in edits()])
def test_an_edit_gives_a_clean_build_where_frequent_terms_bring_no_candidates(
    name: str, edited: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "ALL_UP_TO", 50)
    monkeypatch.setattr(vectors, "MOST_PAGES", 8)
    monkeypatch.setattr(ranking, "CANDIDATES", 10)
    monkeypatch.setattr(pool, "MOST_TOUCHED", 1)
    engine = Engine.of(SITE.values())
    engine.update([edited])
    assert_same(engine, {**SITE, edited.id: edited})
