"""The index of posts on the pages of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.support import Site, Visit, audit

VIEWS = {"newest": "all-posts/", "topic": "all-posts/topic/", "stack": "all-posts/stack/"}
INDEX = "[data-anp=post_index]"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(
    docs: Site, visit: Visit, screenshots: Path, view: str, scheme: str, width: int
) -> None:
    page = visit(docs.url + VIEWS[view], width, color_scheme=scheme)
    page.screenshot(path=screenshots / f"index-{view}-{scheme}-{width}.png")
    results = audit(page, "[data-anp]", target_size=True)
    assert results["violations"] == []
    assert "color-contrast" in results["checked"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_reader_finds_a_post_by_its_stack_with_the_keyboard(docs: Site, visit: Visit) -> None:
    page = visit(f"{docs.url}all-posts/")
    page.get_by_role("link", name="By stack").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/all-posts/stack/")
    expect(page.locator(f"{INDEX} [aria-current=page]")).to_have_text("By stack")
    page.locator(INDEX).get_by_role("link", name="Structured logging in Go").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/structured-logging-go/")
    expect(page.locator("[data-anp=meta_box]")).to_be_visible()


def test_a_date_is_not_broken_between_two_lines(docs: Site, visit: Visit) -> None:
    page = visit(f"{docs.url}all-posts/topic/", 360)
    days = page.locator(".anp-post-index__day")
    assert days.count() > 5
    assert set(days.evaluate_all("days => days.map((day) => day.getClientRects().length)")) == {1}


def test_the_index_is_one_of_the_navigation(docs: Site, visit: Visit) -> None:
    page = visit(docs.post("background-jobs-nextjs"))
    links = page.locator(".md-nav--primary a", has_text="All posts")
    assert (links.first.get_attribute("href") or "").endswith("all-posts/")


def test_without_scripts(docs: Site, visit: Visit) -> None:
    page = visit(f"{docs.url}all-posts/", java_script_enabled=False)
    assert page.locator(f"{INDEX} ol > li > a").count() == 17
