"""The meta box and the glance line on the pages of the documentation."""

from __future__ import annotations

import base64
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT
from tests.browser.support import (
    BOX,
    FOLD,
    POSTS,
    SEED,
    Site,
    Visit,
    audit,
    leaves,
    open_folds,
    picture,
)

# Elements of ours that reach over the sides of the box, or are too narrow for a word.
_STICKS_OUT = """
(box) => {
  const {left, right} = box.getBoundingClientRect();
  return [...box.querySelectorAll("*")].filter((element) => {
    if (element.closest(".anp-hidden")) return false;
    const rect = element.getBoundingClientRect();
    if (!element.checkVisibility() || !rect.height) return false;
    const narrow = element.matches("dd, td") && element.textContent.trim() && rect.width < 32;
    return narrow || rect.left < left - 0.5 || rect.right > right + 0.5;
  }).map((element) => element.outerHTML.slice(0, 200));
}
"""

# The colour of a line, or of an icon before an element, and that of the page, as they are seen.
_COLOURS = """
(element, what) => {
  const colour = what === "::before"
    ? getComputedStyle(element, what).backgroundColor : getComputedStyle(element)[what];
  const paint = document.createElement("canvas").getContext("2d");
  return [[colour], []].map((colours) => {
    for (const layer of [getComputedStyle(document.body).backgroundColor, ...colours]) {
      paint.fillStyle = layer;
      paint.fillRect(0, 0, 1, 1);
    }
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });
}
"""

# The height of a picture, and its rows that are dark a few pixels from the left.
_DARK_ROWS = """
async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const paint = document.createElement("canvas").getContext("2d");
  paint.drawImage(image, 0, 0);
  const rows = [...Array(image.height).keys()];
  return [image.height, rows.filter((row) => paint.getImageData(8, row, 1, 1).data[0] < 160)];
}
"""

_DEEP = "kafka-consumer-lag"
_POSTS = POSTS


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("post", _POSTS)
def test_axe_finds_nothing(
    docs: Site, visit: Visit, screenshots: Path, post: str, scheme: str, width: int
) -> None:
    page = visit(docs.post(post), width, color_scheme=scheme)
    material = {"light": "default", "dark": "slate"}[scheme]
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", material)
    page.screenshot(path=screenshots / f"{post}-{scheme}-{width}-top.png")
    assert open_folds(page) >= 5
    picture(page.locator(BOX), screenshots / f"{post}-{scheme}-{width}-box.png")

    for context in ("[data-anp]", None):
        results = audit(page, context, target_size=True)
        assert results["violations"] == []
        assert {"color-contrast", "definition-list", "target-size"} <= set(results["checked"])
        assert _undecided(results) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_counts(docs: Site, visit: Visit, scheme: str) -> None:
    """The axe run above does not judge the contrast of a single character."""
    page = visit(docs.post(SEED), color_scheme=scheme)
    page.evaluate("document.querySelectorAll('.anp-count').forEach((e) => e.append('00'))")
    assert audit(page, ".anp-count")["violations"] == []
    page.locator(f"{FOLD} > summary").first.hover()
    results = audit(page, ".anp-count")
    assert "color-contrast" in results["checked"]
    assert results["violations"] == []


def _undecided(results: dict[str, list[str]]) -> list[str]:
    return [
        text for text in results["incomplete"] if "contrast" in text and "too short" not in text
    ]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_every_value_can_be_read(docs: Site, visit: Visit, script: bool) -> None:
    page = visit(docs.post(SEED), java_script_enabled=script)
    open_folds(page)
    values = leaves(ROOT / "docs", SEED)
    assert len(values) > 50
    for path, value in values:
        element = page.locator(f'{BOX} [data-anp-field="{path}"]')
        expect(element).to_have_count(1)
        _expect_shown(element, value)


def _expect_shown(field: Locator, value: Any) -> None:
    if isinstance(value, date):
        shown = field.locator(f'time[datetime="{value}"]')
    elif isinstance(value, bool):
        shown = field.get_by_text("yes" if value else "no", exact=True)
    elif isinstance(value, str):
        shown = field.get_by_text(value, exact=True).or_(
            field.filter(has_text=re.compile(rf"^\s*{re.escape(value)}\s*$"))
        )
    else:
        # A figure may have a meter before it and its unit behind it.
        figure = f"{value:,}" if abs(value) < 1_000_000 else str(value)
        shown = field.filter(has_text=re.compile(rf"^\s*({re.escape(figure)}|{value})\b"))
    expect(shown.first).to_be_visible()
    box = shown.first.bounding_box()
    assert box
    assert box["width"] >= 4
    assert box["height"] >= 10


@pytest.mark.parametrize(
    ("post", "width"),
    [
        (SEED, 1280),
        (SEED, 360),
        (SEED, 320),
        pytest.param(
            _DEEP,
            1280,
        ),
        pytest.param(
            _DEEP,
            360,
        ),
        pytest.param(
            _DEEP,
            320,
        ),
        ("zero-downtime-schema-migrations", 1280),
        ("zero-downtime-schema-migrations", 360),
        pytest.param(
            "zero-downtime-schema-migrations",
            320,
        ),
    ],
)
def test_nothing_is_too_wide(docs: Site, visit: Visit, post: str, width: int) -> None:
    page = visit(docs.post(post), width)
    for _ in range(2):  # with the folds closed, and open
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for element in page.locator("[data-anp]").all():
            assert element.evaluate(_STICKS_OUT) == []
            assert element.evaluate("(e) => e.scrollWidth <= e.clientWidth")
        if page.locator(f"{FOLD}[open]").count() == 0:
            open_folds(page)


def test_summaries_are_large_enough(docs: Site, visit: Visit) -> None:
    """WCAG 2.5.8: 24 by 24 px.

    A link in running text is exempt, and so is one with no other target within 24 px: axe
    knows both exceptions, test_axe_finds_nothing asks it. Every summary has to be this large.
    """
    page = visit(docs.post(_DEEP), 360)
    open_folds(page)
    for summary in page.locator(f"{FOLD} > summary").all():
        box = summary.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_deep_values_keep_the_width(docs: Site, visit: Visit, width: int) -> None:
    page = visit(docs.post(_DEEP), width)
    open_folds(page)
    whole = page.locator(BOX).evaluate("(e) => e.clientWidth")
    containers = page.locator(f"{BOX} .anp-nested > div > dd:has(.anp-nested)")
    assert containers.count() == 4  # cluster, consumer, limits, alert
    for container in containers.all():
        assert container.evaluate("(e) => e.clientWidth") > 0.6 * whole
    # Each is set in from the one around it, and a label breaks only where it has to.
    starts = [_rect(container)["x"] for container in containers.all()]
    assert starts == sorted(set(starts))
    seconds = page.locator(f'{BOX} [data-anp-field$="alert.catch_up_seconds"]')
    assert _rect(seconds.locator("xpath=preceding-sibling::dt"))["height"] < 30


def _rect(element: Locator) -> dict[str, float]:
    rect: dict[str, float] = element.evaluate("(e) => e.getBoundingClientRect().toJSON()")
    return rect


@pytest.mark.parametrize("width", [1280, 360])
def test_mappings_of_a_list_are_told_apart(docs: Site, visit: Visit, width: int) -> None:
    page = visit(docs.post(SEED), width)
    open_folds(page)
    items = page.locator(f'{BOX} [data-anp-field="image_sources"] .anp-list > li')
    expect(items).to_have_count(4)
    first, second, *_ = (_rect(item.locator("> .anp-nested")) for item in items.all())
    assert second["y"] - (first["y"] + first["height"]) >= 8
    style = items.last.evaluate(
        "(e) => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).listStyleType]"
    )
    assert style == ["solid", "none"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_outline_of_a_pill_is_seen(docs: Site, visit: Visit, scheme: str) -> None:
    page = visit(docs.post(SEED), color_scheme=scheme)
    for path in ("difficulty", "revision.status"):
        pill = page.locator(f'{BOX} [data-anp-field="{path}"] .anp-pill')
        line, ground = pill.evaluate(_COLOURS, "borderTopColor")
        assert _contrast(line, ground) >= 1.8, path


def test_a_meter_stands_at_the_middle_of_its_figure(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED))
    meters = page.locator(f"{BOX} .anp-meter")
    for meter in meters.all():
        off = meter.evaluate(
            """(element) => {
              const range = document.createRange();
              range.selectNode(element.nextSibling);
              const [bar, figure] = [element, range].map((part) => part.getBoundingClientRect());
              return (bar.top + bar.bottom - figure.top - figure.bottom) / 2;
            }"""
        )
        assert abs(off) < 2
    # Browsers draw the bar above the place of its element, if they are not told otherwise.
    picture = base64.b64encode(meters.first.screenshot()).decode()
    height, rows = page.evaluate(_DARK_ROWS, f"data:image/png;base64,{picture}")
    assert abs(sum(rows) / len(rows) + 0.5 - height / 2) <= 1


def test_forced_colours(docs: Site, visit: Visit, screenshots: Path) -> None:
    page = visit(docs.post(_DEEP), forced_colors="active")
    open_folds(page)
    picture(page.locator(BOX), screenshots / f"{_DEEP}-forced-colours-box.png")
    for selector in (f"{FOLD} > summary", ".anp-glance__item"):
        for element in page.locator(selector).all():
            icon, ground = element.evaluate(_COLOURS, "::before")
            assert _contrast(icon, ground) >= 3, selector
    for element in page.locator(".anp-chips > li, .anp-count").all():
        line, ground = element.evaluate(_COLOURS, "borderTopColor")
        assert _contrast(line, ground) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keyboard_opens_folds(docs: Site, visit: Visit, scheme: str) -> None:
    page = visit(docs.post(_DEEP), color_scheme=scheme)
    folds = page.locator(FOLD)
    assert page.locator(f"{FOLD}[open]").count() == 0
    page.locator(f"{BOX} h2").click()  # a place to start from; nothing happens
    for index in range(folds.count()):
        _tab_to_next_summary(page)
        fold, summary = folds.nth(index), folds.nth(index).locator("> summary")
        expect(summary).to_be_focused()
        _expect_focus_ring(summary)
        page.keyboard.press("Enter")
        expect(fold).to_have_attribute("open", "")
    assert page.locator(f"{FOLD}[open]").count() == folds.count() >= 6
    page.keyboard.press("Enter")
    expect(folds.last).not_to_have_attribute("open", "")


def _tab_to_next_summary(page: Page) -> None:
    for _ in range(5):  # links in the fold before come first
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.anp-fold > summary')"):
            return
    pytest.fail("the key Tab finds no further summary")


def _expect_focus_ring(summary: Locator) -> None:
    style, width = summary.evaluate(
        "(e) => [getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineWidth)]"
    )
    colour, ground = summary.evaluate(_COLOURS, "outlineColor")
    assert style == "solid"
    assert width >= 2
    assert _contrast(colour, ground) >= 3, (colour, ground)


def _contrast(one: list[int], other: list[int]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: list[int]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_landmark_and_headings(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED))
    box = page.get_by_role("complementary", name="Post meta", exact=True)
    expect(box).to_have_count(1)
    assert box.get_by_role("heading", level=2).all_inner_texts() == ["Post meta"]
    groups = ["About", "Review", "Record", "More"]
    assert box.get_by_role("heading", level=3).all_inner_texts() == groups
    glance = page.get_by_role("list", name="Key facts", exact=True)
    expect(glance.get_by_role("listitem")).to_have_count(6)
    # Tells a screen reader what its eye sees: each value with its label.
    assert glance.get_by_role("listitem").nth(3).text_content() == "Difficulty: beginner"


def test_no_page_has_inline_style_or_script(docs: Site) -> None:
    parts = 0
    for path in docs.folder.rglob("*.html"):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for part in soup.select("[data-anp]"):
            parts += 1
            for element in (part, *part.find_all(True)):
                is_data = element.get("type") == "application/ld+json"  # which nothing runs
                assert is_data or element.name not in {"script", "style", "link", "iframe"}
                names = {name.lower() for name in element.attrs}
                assert "style" not in names
                assert not [name for name in names if name.startswith("on")]
    assert parts >= 24  # 12 posts, each with a box and a glance line


def test_instant_navigation(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED))
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    reference = page.locator(f'{BOX} [data-anp-field="reference"]')
    expect(reference).to_have_text("anp-ref-020284-9028")
    page.evaluate("window.kept = true")

    page.locator(".md-nav--primary a[href*='kafka-consumer-lag']").first.click()
    expect(reference).to_have_text("anp-ref-031064-0512")
    expect(page.locator(BOX)).to_have_count(1)
    expect(page.locator("[data-anp=glance]")).to_have_count(1)
    assert "/kafka-consumer-lag/" in page.url
    # A page without post meta has none of it.
    page.locator(".md-tabs a", has_text="Home").first.click()
    expect(page.locator("[data-anp]")).to_have_count(0)

    page.go_back()
    expect(reference).to_have_text("anp-ref-031064-0512")
    page.go_back()
    expect(reference).to_have_text("anp-ref-020284-9028")
    expect(page.locator(BOX)).to_have_count(1)
    assert page.evaluate("window.kept"), "the page was loaded anew: this was no instant navigation"
    open_folds(page)
    # The page shows images of hosts that these tests cannot reach.
    assert [error for error in errors if "ERR_NAME_NOT_RESOLVED" not in error] == []
