"""The box with the problems of a page, which its author sees in `mkdocs serve`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.support import Visit, audit
from tests.serving import serving

BOX = "[data-anp=validation]"
PAGE = """\
---
title: A page
description: Deploying: {summary}
icon: material/rocket-lunch
post_meta:
  topic: caches
  summary: {summary}
  dificulty: intermediate
  score: {{quality: 900}}
  hash: 123456789012
---
# A page

Text of the page.
""".format(summary="many words in one line, " * 12)
HEBREW = PAGE.replace("# A page", "# דף")
PALETTE = [
    {"media": "(prefers-color-scheme: light)", "scheme": "default"},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    theme = {"name": "material", "font": False, "palette": PALETTE}
    files = {"docs/index.md": "# Home\n", "docs/page.md": PAGE}
    with serving(tmp_path_factory.mktemp("site"), files, theme=theme, plugins=["anp"]) as server:
        server.wait()
        yield f"{server.url}page/"


@pytest.fixture(scope="module")
def right_to_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    theme = {"name": "material", "font": False, "language": "he", "direction": "rtl"}
    files = {"docs/index.md": "# Home\n", "docs/page.md": HEBREW}
    with serving(tmp_path_factory.mktemp("site"), files, theme=theme, plugins=["anp"]) as server:
        server.wait()
        yield f"{server.url}page/"


@pytest.fixture(scope="module")
def plain_theme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files = {"docs/index.md": "# Home\n", "docs/page.md": PAGE}
    theme = {"name": "mkdocs", "color_mode": "auto"}
    with serving(tmp_path_factory.mktemp("site"), files, theme=theme, plugins=["anp"]) as server:
        server.wait()
        yield f"{server.url}page/"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("site", ["url", "right_to_left", "plain_theme"])
def test_axe_finds_nothing(
    visit: Visit,
    screenshots: Path,
    request: pytest.FixtureRequest,
    site: str,
    scheme: str,
    width: int,
) -> None:
    page = visit(request.getfixturevalue(site), width, color_scheme=scheme)
    assert page.locator(f"{BOX} pre").count() == (4 if site == "plain_theme" else 5)
    page.screenshot(path=screenshots / f"validation-{site}-{scheme}-{width}.png", full_page=True)
    results = audit(page, BOX)
    assert results["violations"] == []
    assert {"color-contrast", "scrollable-region-focusable"} <= set(results["checked"])


@pytest.mark.parametrize("site", ["url", "right_to_left", "plain_theme"])
def test_a_narrow_page_does_not_scroll_sideways(
    visit: Visit, request: pytest.FixtureRequest, site: str
) -> None:
    page = visit(request.getfixturevalue(site), 320)
    root = "document.documentElement.{} - document.documentElement.clientWidth"
    assert page.evaluate(root.format("scrollWidth")) <= 0
    report = page.locator(f"{BOX} pre").first
    assert report.evaluate("e => e.scrollWidth > e.clientWidth")


def test_the_keyboard_scrolls_a_report(url: str, visit: Visit) -> None:
    page = visit(url, 360)
    report = page.locator(f"{BOX} pre").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if report.evaluate("e => e === document.activeElement"):
            break
    expect(report).to_be_focused()
    assert report.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=report.element_handle())


def test_a_report_stays_left_to_right(right_to_left: str, visit: Visit) -> None:
    page = visit(right_to_left)
    assert page.locator("body").get_attribute("dir") == "rtl"
    report = page.locator(f"{BOX} pre").first
    assert report.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert report.evaluate("e => getComputedStyle(e).textAlign") in ("start", "left")


def test_marks_stand_under_what_they_mark(url: str, visit: Visit) -> None:
    """The caret range has the width of the text above it: one font, and no ligatures."""
    page = visit(url)
    wide = (
        page.locator(f"{BOX} pre")
        .nth(1)
        .evaluate("""
        (pre) => {
          const [source, mark] = pre.querySelectorAll(".anp-validation__source");
          const from = mark.textContent.indexOf("^"), to = mark.textContent.lastIndexOf("^") + 1;
          const range = document.createRange();
          return [source, mark].map((line) => {
            range.setStart(line.firstChild, from);
            range.setEnd(line.firstChild, to);
            const {left, right} = range.getBoundingClientRect();
            return [Math.round(left), Math.round(right)];
          });
        }""")
    )
    assert wide[0] == wide[1]
    assert wide[0][1] > wide[0][0]


def test_paper_has_no_box(url: str, visit: Visit) -> None:
    page = visit(url)
    box = page.locator(BOX)
    expect(box).to_be_visible()
    page.emulate_media(media="print")
    expect(box).to_be_hidden()
    expect(page.get_by_text("Text of the page.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_wrong_wraps_and_no_line_is_empty(url: str, visit: Visit, width: int) -> None:
    page = visit(url, width)
    for report in page.locator(f"{BOX} pre").all():
        for words in report.locator(".anp-validation__words").all():
            assert words.evaluate("e => e.scrollWidth <= e.clientWidth")
    # Four lines of text are no higher than four lines.
    icon = page.locator(f"{BOX} pre").nth(1)
    heights = icon.locator("span").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect().height)"
    )
    assert len(heights) == 4
    assert heights[1] == heights[2] == min(heights)
    inner = icon.evaluate("e => e.clientHeight - parseFloat(getComputedStyle(e).paddingTop) * 2")
    assert abs(inner - sum(heights)) < 2
