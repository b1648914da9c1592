"""On paper every value is there, whatever was open on the screen."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT
from tests.browser.support import BOX, FOLD, SEED, Site, Visit, leaves, open_folds, picture

_FOLDED = ("payload", "notes", "ai_outline", "checklist", "image_sources")
_SHOWN = """
(element) => {
  const {width, height} = element.getBoundingClientRect();
  return element.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
    && width > 0 && height > 0;
}
"""

_HIDE = """
document.head.insertAdjacentHTML(
  "beforeend", "<style>.anp-fold > :not(summary) { display: none !important }</style>")
"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_folds_are_printed(docs: Site, visit: Visit, screenshots: Path, script: bool) -> None:
    page = visit(docs.post(SEED), java_script_enabled=script)
    paths = [p for p, _ in leaves(ROOT / "docs", SEED) if p.split(".")[0] in _FOLDED]
    # A list of texts is its field; look at its items.
    field = f'{BOX} [data-anp-field="%s"]'
    inside = [page.locator(f"{field}:not(:has(li)), {field} li".replace("%s", p)) for p in paths]
    inside = [element for found in inside for element in found.all()]
    assert len(inside) > 15
    assert not any(element.evaluate(_SHOWN) for element in inside)
    page.emulate_media(media="print")
    picture(page.locator(BOX), screenshots / f"{SEED}-print-box.png")
    assert all(element.evaluate(_SHOWN) for element in inside)
    assert page.locator(f"{FOLD}[open]").count() == 0
    page.emulate_media(media="screen")
    assert not any(element.evaluate(_SHOWN) for element in inside)


@pytest.mark.parametrize("post", [SEED, "kafka-consumer-lag"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_pdf_is_the_same_open_or_closed(
    docs: Site, visit: Visit, screenshots: Path, post: str, script: bool
) -> None:
    page = visit(docs.post(post), java_script_enabled=script)
    closed = page.pdf(path=screenshots / f"{post}-print.pdf")
    expect(page.locator(f"{FOLD}[open]")).to_have_count(0)
    open_folds(page)
    opened = _glyphs(page.pdf())
    printed = _glyphs(closed)
    assert printed == opened
    # Would it be seen if they were not printed?
    page.locator(f"{FOLD}[open]").first.locator("> summary").click()
    page.evaluate(_HIDE)
    without = _glyphs(page.pdf())
    assert without < opened


def _glyphs(pdf: bytes) -> int:
    """Return the number of glyphs on all pages of a PDF, as Chromium writes it."""
    count = 0
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            # An object, because the end of what was found may lack a byte of the checksum.
            stream = zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue  # a picture
        count += sum(len(text) // 4 for text in re.findall(rb"<([0-9A-Fa-f]+)>\s*Tj", stream))
    assert count > 1000
    return count


def test_paper_is_white(docs: Site, visit: Visit) -> None:
    """Whatever the colour scheme of the screen, and no page ends with a heading of ours."""
    seen = []
    for scheme in ("light", "dark"):
        page = visit(docs.post(SEED), color_scheme=scheme)
        page.emulate_media(media="print", color_scheme=scheme)
        pill = page.locator(f"{BOX} .anp-pill--reviewed")
        seen.append(pill.evaluate("(e) => getComputedStyle(e).borderTopColor"))
        for heading in page.locator(f"{BOX} :is(h2, h3, summary)").all():
            assert heading.evaluate("(e) => getComputedStyle(e).breakAfter") == "avoid"
        marks = f"{FOLD} > summary"
        assert page.locator(marks).first.evaluate(
            "(e) => getComputedStyle(e, '::before').content"
        ) in {"none", "normal"}
    assert seen[0] == seen[1]


def test_other_browsers_open_folds_for_the_print(docs: Site, visit: Visit) -> None:
    """Without ::details-content, anp.js opens what is closed, and closes just that again."""
    old = "CSS.supports = () => false"
    page = visit(docs.post(SEED), script=old)
    page.locator(f"{FOLD} > summary").first.click()
    _print(page, "before")
    expect(page.locator(f"{FOLD}:not([open])")).to_have_count(0)
    _print(page, "after")
    expect(page.locator(f"{FOLD}[open]")).to_have_count(1)
    expect(page.locator(FOLD).first).to_have_attribute("open", "")


def _print(page: Page, when: str) -> None:
    page.evaluate(f"dispatchEvent(new Event('{when}print'))")
