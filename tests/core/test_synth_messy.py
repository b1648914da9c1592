"""Known mistakes: each is where the list says, and is what its name says."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.synth import KINDS, messy_text, post_text
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.messy import Lines, spoilt
from mkdocs_anp.synth.signing import is_ours, sign
from tests.support import Loader, codes, read

SITE = 7
SOME = range(0, 36, 3)

NOT_YAML = {
    "impossible-date", "tab-indent", "unquoted-colon", "unclosed-quote", "reserved-character",
    "no-space-after-colon", "wrong-indent",
}  # fmt: skip
NOT_FOUND = {
    "no-closing-fence", "blank-line-first", "text-first", "byte-order-mark", "toml",
    "no-newline-after-fence",
}  # fmt: skip
REPORTED = {
    "two-spellings": "two-spellings",
    "wrong-type": "wrong-type",
    "wrong-flag": "wrong-type",
    "out-of-range": "out-of-range",
    "wrong-choice": "not-a-choice",
    "unknown-field": "unknown-field",
    "misspelt-field": "unknown-field",
    "script-address": "unsafe-url",
    "colon-in-item": "wrong-type",
    "unquoted-version": "unquoted-text",
    "digit-hash": "unquoted-text",
    "empty-list": "empty-list",
    "null-item": "empty-item",
}
# What is no mistake, and what neither YAML nor the page itself tells.
SILENT = {"duplicate-key", "no-value", "reused-reference"}

all_kinds = pytest.mark.parametrize("kind", KINDS)


def spoil(kind: str, index: int) -> tuple[str, int]:
    """Return the text of a post with a mistake of this kind, and the line of the mistake."""
    text, mistake = spoilt(post_text(SITE, index), kind, SITE, index, Draws(f"{kind}{index}"))
    assert mistake.kind == kind
    return text, mistake.line


def loads(text: str) -> bool:
    try:
        yaml.load(text, Loader)
    except (yaml.YAMLError, ValueError):
        return False
    return True


def test_every_kind_is_known_here() -> None:
    assert {*NOT_YAML, *NOT_FOUND, *REPORTED, *SILENT} == set(KINDS)
    assert len(KINDS) == len(set(KINDS))


@all_kinds
def test_the_line_is_the_first_that_differs(kind: str) -> None:
    for index in SOME:
        right = post_text(SITE, index).splitlines(keepends=True)
        wrong, line = spoil(kind, index)
        pairs = zip(right, [*wrong.splitlines(keepends=True), ""], strict=False)
        first = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
        assert line == first


@all_kinds
def test_the_mistake_is_what_its_name_says(kind: str) -> None:
    for index in SOME:
        check(kind, front_matter_block(spoil(kind, index)[0]).text)


def check(kind: str, block: str) -> None:
    """Check that a front matter has the mistake that its name says, and no other."""
    if kind in NOT_FOUND:
        assert block == ""
        return
    assert loads(block) is (kind not in NOT_YAML)
    if kind in REPORTED:
        _, problems = read(block)
        assert {code for _, code in codes(problems)} == {REPORTED[kind]}
    elif kind in SILENT:
        assert read(block)[1] == []


@all_kinds
def test_a_post_with_a_mistake_is_known_as_ours(kind: str) -> None:
    data = sign(spoil(kind, 12)[0])
    assert is_ours(data)
    assert not is_ours(data + b"\n")


def test_what_mends_the_line_mends_the_post() -> None:
    text, line = spoil("no-closing-fence", 4)
    lines = text.split("\n")
    lines.insert(line - 1, "---")
    assert "\n".join(lines) == post_text(SITE, 4)


def test_a_digit_hash_is_a_number() -> None:
    data = sign(spoil("digit-hash", 4)[0]).decode()
    assert isinstance(yaml.safe_load(front_matter_block(data).text)["post_meta"]["hash"], int)


def test_toml_holds_the_whole_meta() -> None:
    text, _ = spoil("toml", 4)
    front = text.split("+++\n")[1]
    meta = yaml.load(front_matter_block(post_text(SITE, 4)).text, Loader)["post_meta"]
    keys = re.findall(r"(?m)^(\w+) = ", front.split("[post_meta]\n")[1])
    assert keys == list(meta)


def test_a_reused_reference_is_that_of_an_earlier_post() -> None:
    for index in (1, 2, 30):
        text, line = spoil("reused-reference", index)
        reference = text.splitlines()[line - 1].strip()
        assert any(reference in post_text(SITE, earlier) for earlier in range(index))
    text, line = spoil("reused-reference", 0)
    assert text.splitlines()[line - 1].strip() in post_text(SITE, 1)


def test_a_reused_reference_is_one_that_another_post_has() -> None:
    made = [messy_text(SITE, index, 1.0) for index in range(1500)]
    references = Counter(re.findall("anp-ref-[0-9-]+", "".join(text for text, _ in made)))
    reused = [
        text.splitlines()[mistake.line - 1].rpartition(" ")[2]
        for text, mistake in made
        if mistake and mistake.kind == "reused-reference"
    ]
    assert len(reused) > 30
    assert [reference for reference in reused if references[reference] < 2] == []


def test_the_share_is_kept_and_all_kinds_occur() -> None:
    mistakes = [messy_text(SITE, index, 0.5)[1] for index in range(1000)]
    kinds = Counter(mistake.kind for mistake in mistakes if mistake)
    assert 440 < kinds.total() < 560
    assert kinds.keys() == set(KINDS)
    assert min(kinds.values()) >= 5


@pytest.mark.parametrize("index", [0, 17])
def test_none_and_all(index: int) -> None:
    assert messy_text(SITE, index, 0.0) == (post_text(SITE, index), None)
    text, mistake = messy_text(SITE, index, 1.0)
    assert mistake is not None
    assert (text, mistake) == messy_text(SITE, index, 0.999999)


def test_a_line_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="no line begins with"):
        Lines(["---", "---"]).find("title")
