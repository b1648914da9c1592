"""Many texts read at once give the words that the tokenizer finds in each."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.similar_posts.scanner import Vocabulary
from mkdocs_anp.core.similar_posts.tokenizer import folded, tokenize

ODD = "aZ09 .\n_-’…é\u0301ßÖкоД数据ก้१٣½ﬁ\ud800\x00'"


def read(vocabulary: Vocabulary, texts: list[str]) -> list[list[str]]:
    """Return the words of texts that are read at once."""
    numbers, lengths = vocabulary.read([folded(t).encode("utf-8", "surrogatepass") for t in texts])
    words = vocabulary.words()
    found = iter([words[number] for number in numbers.tolist()])
    return [[next(found) for _ in range(length)] for length in lengths.tolist()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a",
        "the end. 1.2.3 and v1.2 or 1.2a, 1.2ab, 1a.2, .5, 5., 1..2",
        "don't don’t naïve Größe",
        "eightlet ninelette sixteen-letters sixteenletterswo seventeenletterss " + "x" * 100,
        "12345678 123456789 1234567890123456 12345678901234567",
        "索引 데이터베이스 डेटाबेस ไทย",
        "_under_score_ a_b ab_cd",
        "\ud800 \x00\x00ab\x00",
    ],
)
def test_text_alone_and_among_others(text: str) -> None:
    assert read(Vocabulary(), [text]) == [tokenize(text)]
    assert read(Vocabulary(), ["before", text, "", text]) == [
        ["before"], tokenize(text), [], tokenize(text)
    ]  # fmt: skip


@given(st.lists(st.one_of(st.text(), st.text(ODD)), max_size=5))
def test_any_texts(texts: list[str]) -> None:
    assert read(Vocabulary(), texts) == [tokenize(text) for text in texts]


def test_each_word_has_one_number() -> None:
    vocabulary = Vocabulary(["known", "v1", "don"])
    read(vocabulary, ["v1.2 don’t known", "known v1 don plain"])
    read(vocabulary, ["plain’s"])
    assert vocabulary.words() == ["known", "v1", "don", "plain"]


def test_many_words() -> None:
    draws = random.Random(1)
    texts = [
        " ".join(f"{'word' * draws.randrange(1, 6)}{draws.randrange(20_000)}" for _ in range(500))
        for _ in range(100)
    ]
    vocabulary = Vocabulary()
    for text in texts:
        assert read(vocabulary, [text]) == [tokenize(text)]
    assert len(set(vocabulary.words())) == len(vocabulary)
