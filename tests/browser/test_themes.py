"""Other themes, a language from right to left, and a strict Content-Security-Policy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.support import BOX, FOLD, Site, Visit, audit, open_folds, picture

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

# Parts of ours with a gap of 12 px or more between them or below their last text, and labels
# that do not stand on the line of their value.
_LOOSE = """
(() => {
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const texts = (element) => {
    const rects = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement.closest(".anp-hidden")) continue;
      const range = document.createRange();
      range.selectNode(node);
      rects.push(...range.getClientRects());
    }
    return rects;
  };
  for (const list of document.querySelectorAll(
    ".anp-meta-box__rows, .anp-nested, .anp-list, .anp-glance")) {
    const parts = [...list.children].map((part) => [part, part.getBoundingClientRect()]);
    for (const [index, [part, {top}]] of parts.slice(1).entries()) {
      if (top - parts[index][1].bottom >= 12) say("gap", part);
    }
    const end = Math.max(...texts(list).map(({bottom}) => bottom));
    if (list.getBoundingClientRect().bottom - end >= 16) say("end", list);
  }
  for (const item of document.querySelectorAll(".anp-glance__item")) {
    if (item.getBoundingClientRect().height >= 32) say("high", item);
  }
  for (const label of document.querySelectorAll(".anp-row > dt:not(.anp-hidden)")) {
    const [one, other] = [label, label.nextElementSibling].map((e) => texts(e)[0]);
    const beside = one.right <= other.left && !label.nextElementSibling.querySelector("code");
    if (beside && Math.abs(one.bottom - other.bottom) > 3) say("line", label);
  }
  return found;
})()
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
    picture(page.locator(BOX), screenshots / f"{name}-box.png")
    assert page.evaluate(_SMALL) == []
    for chip in page.locator(".anp-chips > li").all():
        assert chip.evaluate("(e) => getComputedStyle(e).listStyleType") == "none"
    results = audit(page, "[data-anp]")
    assert "color-contrast" in results["checked"]
    assert results["violations"] == []
    assert [text for text in results["incomplete"] if "Unable to determine" in text] == []
    assert page.evaluate(_LOOSE) == []
    for cell in page.locator(f"{BOX} .anp-table :is(th, td)").all():
        assert cell.evaluate(
            "(e) => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).backgroundColor]"
        ) == ["none", "rgba(0, 0, 0, 0)"]


@pytest.mark.parametrize("width", [1280, 360])
def test_right_to_left(
    small_site: Callable[..., Site], visit: Visit, screenshots: Path, width: int
) -> None:
    page = visit(small_site({"name": "material", "language": "ar", "font": False}).url, width)
    page.screenshot(path=screenshots / f"seed-rtl-{width}-top.png")
    open_folds(page)
    picture(page.locator(BOX), screenshots / f"seed-rtl-{width}-box.png")
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


def test_right_to_left_tables(small_site: Callable[..., Site], visit: Visit) -> None:
    """The cells of a column stand at one edge, whichever way their texts run."""
    page = visit(small_site({"name": "material", "language": "ar", "font": False}).url)
    for column in (1, 2):
        edges = [
            cell.evaluate(
                """(element) => {
                  const range = document.createRange();
                  range.selectNodeContents(element);
                  return range.getBoundingClientRect().right;
                }"""
            )
            for cell in page.locator(f"{BOX} .anp-table tr > :nth-child({column})").all()
        ]
        assert len(edges) == 4
        assert max(edges) - min(edges) <= 1


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
    # The post shows images of other hosts, which its author would have to allow.
    found = [v for v in found if not v["what"].startswith("img-src https://")]
    assert [violation for violation in found if violation["ours"]] == []
    if theme == "bare":  # which has nothing but ours
        assert found == []
    # The policy holds, and an inline style in the box would have been seen.
    page.locator(BOX).evaluate("(e) => e.insertAdjacentHTML('beforeend', '<b style=\"top:0\">')")
    page.wait_for_function("window.violations.some((violation) => violation.ours)")
