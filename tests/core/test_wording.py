"""Labels: complete in every language, English where one is missing, the site's own first."""

from __future__ import annotations

import pytest

from mkdocs_anp.core.fields import BUILT_IN, Field
from mkdocs_anp.core.settings import FEATURES
from tests.support import box_of, environment, field, text_of

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja", "zh", "ar")
META = "post_meta: {topic: a, difficulty: beginner, flags: {has_images: true}, hash: b}"


def labels(language: str) -> dict[str, str]:
    module = environment().get_template(f"partials/anp/languages/{language}.html").module
    return dict(module.labels)  # type: ignore[attr-defined]


def declared(field: Field, path: str) -> list[str]:
    """Return the keys of all labels that a declared field needs."""
    keys = [path, *(f"{path}.{choice}" for choice in field.choices)]
    for inner in (field, field.of) if field.of else (field,):
        for key, known in inner.fields.items():
            keys += declared(known, f"{path}.{key}")
    return keys


def test_english_has_a_label_for_every_declared_key() -> None:
    needed = {key for name, field in BUILT_IN.items() for key in declared(field, name)}
    assert needed - labels("en").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_labels_of_english_and_no_other(language: str) -> None:
    assert labels(language).keys() == labels("en").keys()
    assert all(label.strip() == label and label for label in labels(language).values())


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_is_translated(language: str) -> None:
    english = labels("en")
    same = [key for key, label in labels(language).items() if label == english[key]]
    assert len(same) < len(english) / 4, same


@pytest.mark.parametrize(
    ("language", "title", "topic", "yes"),
    [
        ("en", "Post meta", "Topic", "yes"),
        ("de", "Metadaten des Beitrags", "Thema", "ja"),
        ("pt-BR", "Metadados do artigo", "Tópico", "sim"),
        ("pt_BR", "Metadados do artigo", "Tópico", "sim"),
        ("de-CH", "Metadaten des Beitrags", "Thema", "ja"),
        ("tlh", "Post meta", "Topic", "yes"),
        ("", "Post meta", "Topic", "yes"),
    ],
)
def test_language_of_the_site(language: str, title: str, topic: str, yes: str) -> None:
    box = box_of(META, language=language)
    heading = box.h2
    assert heading is not None
    assert heading.get_text() == title
    assert text_of(field(box, "flags.has_images")) == yes
    row = field(box, "topic").parent
    assert row is not None
    assert row.dt is not None
    assert row.dt.get_text() == topic


def test_a_site_overrides_any_label() -> None:
    own = {
        "meta_box.title": "Facts & figures",
        "topic": "<b>Subject</b>",
        "yes": "✓ yes",
        "difficulty.beginner": "easy",
        "group.about": "In short",
        "flags.has_images": "Pictures",
    }
    box = box_of(META, language="de", labels=own)
    text = text_of(box)
    assert all(label in text for label in own.values())
    assert "Hash" in text  # the rest stays German
    assert box.find("b") is None


@pytest.mark.parametrize("feature", FEATURES)
def test_features_have_canonical_names(feature: str) -> None:
    assert feature.isidentifier()
    assert feature == feature.lower()


def test_keys_that_are_numbers_are_their_own_labels() -> None:
    box = box_of(
        "post_meta: {score: {1: 50}, payload: {2024: a, deep: {7: b}}, ai_outline: {3: c}}"
    )
    labels = [term.get_text() for term in box.find_all("dt")]
    assert {"1", "2024", "7", "3"} <= set(labels)
    assert labels.count("Payload") == 1
