"""Golden cases of image credits: a page as its author writes it, and what comes of its images.

Each file in `image_credits/` tells one rule; a name that ends in `-nope` tells what does not
happen, or what is told as wrong. Keys:

entries: `image_sources` in the front matter.
markdown: the body of the page `posts/page.md`, whose address is `posts/page/`.
files: paths of the other source files (optional).
sources: providers that the site adds (optional).
policy: what the site demands: own_hosts, requires_local, stores_copies (optional).
images: for each image, those in Markdown first, its place and the number of its entry, or `none`;
    an image that is left alone is no image here.
captions: the text of each figcaption of the page.
keeps: pieces of HTML that the page has in the end (optional).
same: whether the page is just as it would be without the plugin (optional).
problems: what the audit tells, each `code: how the message begins` (optional).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_anp.core.image_credits.stamps import without_stamps
from tests.core.images import PageOfImages, plain
from tests.support import Loader

FOLDER = Path(__file__).parent / "image_credits"
CASES = sorted(FOLDER.glob("*.yml"))
OPTIONS = ("entries", "files", "sources", "policy")
KEYS = {"markdown", *OPTIONS, "images", "captions", "keeps", "same", "problems"}


def load(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader))


def page_of(case: dict[str, Any]) -> PageOfImages:
    return PageOfImages(case["markdown"], **{key: case[key] for key in OPTIONS if key in case})


def told(page: PageOfImages) -> list[str]:
    """Return each image as a case writes it."""
    return [
        f"{image.place} {source.index + 1 if source else 'none'}"
        for image, source, *_ in page.credited
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    assert case.keys() <= KEYS
    page = page_of(case)

    assert told(page) == case["images"]
    assert page.captions == case["captions"]
    for piece in case.get("keeps", ()):
        assert piece in page.html
    if case.get("same"):
        assert without_stamps(page.html) == plain(case["markdown"])
    problems = [f"{finding.code}: {finding.message}" for finding in page.findings]
    begins = case.get("problems", [])
    assert [problem[: len(begin)] for problem, begin in zip(problems, begins, strict=False)] == (
        begins
    )
    assert problems[len(begins) :] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_name_of_a_case_tells_how_it_ends(path: Path) -> None:
    case = load(path)
    is_nope = path.stem.endswith("-nope")
    lacks = any(image.endswith("none") for image in case["images"])
    assert is_nope == bool(lacks or case.get("problems") or case.get("same"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_case_loses_an_image_or_a_text(path: Path) -> None:
    page = page_of(load(path))
    before = PageOfImages(page.markdown).soup
    after = page.soup
    images = [image.get("src") for image in before.find_all("img")]
    assert [image.get("src") for image in after.find_all("img")] == images
    texts = after.stripped_strings
    for text in before.stripped_strings:  # in the order of the page, with more among them
        assert any(other.startswith(text) for other in texts), text
