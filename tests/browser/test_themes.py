"""Other themes, a language from right to left, and a strict Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.support import BOX, FOLD, Site, Visit, audit, open_folds

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'"
)
_BARE = """<!doctype html>
<html lang="en"><head><title>{{ page.title }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
</head><body><main>{{ page.content }}</main>
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}
</body></html>
"""
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push({
  what: `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`,
  ours: /anp/.test(event.sourceFile + event.blockedURI)
    || Boolean(event.target.closest && event.target.closest("[data-anp]")),
}));
"""

_SMALL = """
[...document.querySelectorAll("[data-anp] *")]
  .filter((e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((e) => [e.outerHTML.slice(0, 80), parseFloat(getComputedStyle(e).fontSize)])
  .filter(([, size]) => size < 12)
"""


@pytest.mark.parametrize(
    ("theme", "scheme"),
    [
        ({"name": "mkdocs"}, "light"),
        ({"name": "mkdocs", "color_mode": "dark"}, "dark"),
        ({"name": "readthedocs"}, "light"),
    ],
    ids=["mkdocs", "mkdocs-dark", "readthedocs"],
)
@pytest.mark.parametrize("width", [1280, 360])
def test_themes_of_mkdocs(
    small_site: Callable[..., Site],
    visit: Visit,
    screenshots: Path,
    theme: dict[str, Any],
    scheme: str,
    width: int,
) -> None:
    page = visit(small_site(theme).url, width, color_scheme=scheme)
    name = f"seed-{theme['name']}-{scheme}-{width}"
    page.screenshot(path=screenshots / f"{name}-top.png")
    assert open_folds(page) == 5
    expect(page.locator(BOX)).to_be_visible()
    page.locator(BOX).screenshot(path=screenshots / f"{name}-box.png")
    assert page.evaluate(_SMALL) == []
    for chip in page.locator(".anp-chips > li").all():
        assert chip.evaluate("(e) => getComputedStyle(e).listStyleType") == "none"
    results = audit(page, "[data-anp]")
    assert "color-contrast" in results["checked"]
    assert results["violations"] == []
    assert [text for text in results["incomplete"] if "Unable to determine" in text] == []


@pytest.mark.parametrize("width", [1280, 360])
def test_right_to_left(
    small_site: Callable[..., Site], visit: Visit, screenshots: Path, width: int
) -> None:
    page = visit(small_site({"name": "material", "language": "ar", "font": False}).url, width)
    page.screenshot(path=screenshots / f"seed-rtl-{width}-top.png")
    open_folds(page)
    page.locator(BOX).screenshot(path=screenshots / f"seed-rtl-{width}-box.png")
    box = page.locator(BOX)
    assert box.evaluate("(e) => getComputedStyle(e).direction") == "rtl"

    for path in ("revision.last_reviewed", "view_count", "reading_time", "hash", "topic"):
        value = page.locator(f'{BOX} [data-anp-field="{path}"]')
        label = value.locator("xpath=preceding-sibling::dt")
        # At the right edge of its column, whichever way its own text runs.
        assert _end_gap(value) <= 1, path
        assert _end_gap(label) <= 1, path
        if width == 1280:
            value_box, label_box = value.bounding_box(), label.bounding_box()
            assert value_box
            assert label_box
            assert label_box["x"] >= value_box["x"] + value_box["width"]
    assert (
        page.locator("[data-anp-field=hash] code").evaluate("(e) => getComputedStyle(e).direction")
        == "ltr"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert audit(page, "[data-anp]")["violations"] == []


def test_right_to_left_lists(small_site: Callable[..., Site], visit: Visit) -> None:
    page = visit(small_site({"name": "material", "language": "ar", "font": False}).url)
    open_folds(page)
    items = page.locator(f"{BOX} .anp-list > li").filter(has_not=page.locator("dl")).all()
    assert len(items) == 8
    for item in items:
        assert _end_gap(item) <= 1, item.inner_text()
        # Its bullet stands on the side that its own direction starts from.
        assert item.evaluate("(e) => getComputedStyle(e).direction") == "rtl"


def _end_gap(element: Locator) -> float:
    """Return the distance from the text to the right side of its element."""
    return element.evaluate(
        """(element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          const rights = [...range.getClientRects()].map((rect) => rect.right);
          return Math.abs(element.getBoundingClientRect().right - Math.max(...rights));
        }"""
    )


@pytest.mark.parametrize("theme", ["bare", "mkdocs", "readthedocs"])
def test_strict_content_security_policy(
    small_site: Callable[..., Site], visit: Visit, theme: str
) -> None:
    headers = {"Content-Security-Policy": POLICY}
    if theme == "bare":
        settings = {"name": None, "custom_dir": "theme"}
        site = small_site(settings, headers, {"main.html": _BARE, "404.html": _BARE})
    else:
        site = small_site({"name": theme}, headers)
    page = visit(site.url, script=_WATCH + "CSS.supports = () => false")
    assert page.locator(FOLD).count() == 5
    # Our stylesheet and our script are at work.
    assert page.locator(BOX).evaluate("(e) => getComputedStyle(e).borderTopStyle") == "solid"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(f"{FOLD}[open]")).to_have_count(5)

    found = page.evaluate("window.violations")
    assert [violation for violation in found if violation["ours"]] == []
    if theme == "bare":  # which has nothing but ours
        assert found == []
    # The policy holds, and an inline style in the box would have been seen.
    page.locator(BOX).evaluate("(e) => e.insertAdjacentHTML('beforeend', '<b style=\"top:0\">')")
    page.wait_for_function("window.violations.some((violation) => violation.ours)")
