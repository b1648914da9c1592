"""Image credits in a browser: what a reader sees, reads aloud, copies and prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.browser.support import SEED, Site, Visit, audit
from tests.images import jpeg

CASES = "pictures-from-everywhere"
FIGURES = "[data-anp=figure]"


def lend_images(page: Page, site: Site) -> None:
    """Answer each request for an image of another host, which these tests cannot reach."""

    def answer(route: Route) -> None:
        route.fulfill(body=jpeg((800, 533)), content_type="image/jpeg")

    page.route(lambda url: not url.startswith(site.url), answer)
    page.reload()


def test_the_reference_pages_images_have_their_captions(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED))
    texts = page.locator("figcaption").all_inner_texts()
    assert (
        "handling background jobs with next.js visual reference 1. image source: unsplash" in texts
    )
    assert (
        "handling background jobs with next.js visual reference 2. image source: loremflickr.com"
        in texts
    )


def test_each_figure_has_one_caption_and_stands_in_no_paragraph(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(CASES))
    assert page.locator(FIGURES).count() >= 7
    counts = page.locator(FIGURES).evaluate_all(
        "figures => figures.map(f => f.querySelectorAll('figcaption').length)"
    )
    assert set(counts) == {1}
    assert page.locator(f"p {FIGURES}").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", [f"posts/{CASES}/", "credits/"])
def test_axe_finds_nothing(
    docs: Site, visit: Visit, screenshots: Path, path: str, width: int, scheme: str
) -> None:
    page = visit(f"{docs.url}{path}", width, color_scheme=scheme)
    lend_images(page, docs)
    result = audit(page)
    assert result["violations"] == []
    assert "link-in-text-block" in result["checked"] or path == "credits/"
    name = f"image-credits-{path.rstrip('/').split('/')[-1]}-{width}-{scheme}.png"
    page.screenshot(path=screenshots / name, full_page=True)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


def test_links_are_seen_without_colour(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(CASES))
    lines = page.locator(f"{FIGURES} figcaption a").evaluate_all(
        "links => links.map(link => getComputedStyle(link).textDecorationLine)"
    )
    assert lines and set(lines) == {"underline"}


def test_blocked_images_keep_their_captions_and_nothing_jumps(docs: Site, visit: Visit) -> None:
    script = """
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({type: "layout-shift", buffered: true});
    """
    page = visit(docs.post(SEED), script=script)
    caption = page.locator("figcaption", has_text="visual reference 1")
    caption.scroll_into_view_if_needed()
    assert caption.is_visible()
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.1


def test_a_credit_is_copied_by_keyboard(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(CASES), permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(f"{FIGURES} button").nth(1)
    box = button.bounding_box()
    assert box is not None and box["width"] >= 24 and box["height"] >= 24
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-anp-done]')")
    assert button.get_attribute("aria-label") == "Copied"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("The Pleiades, an open cluster of stars. image source: Wikimedia")
    assert "https://commons.wikimedia.org/wiki/File:Pleiades_large.jpg" in copied
    page.wait_for_function("!document.querySelector('[data-anp-done]')")
    assert button.get_attribute("aria-label") == "Copy credit"


def test_without_scripts_there_are_captions_and_no_buttons(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(CASES), java_script_enabled=False)
    assert page.locator(f"{FIGURES} figcaption").first.is_visible()
    assert not page.locator(f"{FIGURES} button").first.is_visible()


def test_one_of_a_pair_is_seen(docs: Site, visit: Visit) -> None:
    for scheme, shown in (("light", 0), ("dark", 1)):
        page = visit(docs.post(CASES), color_scheme=scheme)
        images = page.locator(f"{FIGURES} img[src*=credit-order]")
        page.locator("figcaption", has_text="The order in which").scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert [images.nth(n).is_visible() for n in (0, 1)] == [n == shown for n in (0, 1)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["", "#only-light", "#only-dark"])
def test_the_list_of_the_site_shows_one_of_a_pair_at_any_time(
    docs: Site, visit: Visit, fragment: str, scheme: str
) -> None:
    page = visit(f"{docs.url}credits/", color_scheme=scheme)
    lend_images(page, docs)
    images = page.locator(".anp-credits-page__image > img")
    # The privacy plugin gives all places that have an image the fragment of one of them.
    images.evaluate_all(f"images => images.forEach(image => {{ image.src += '{fragment}' }})")
    assert {images.nth(n).is_visible() for n in range(images.count())} == {True}


def test_the_pages_of_an_image_stand_right_below_its_credit(docs: Site, visit: Visit) -> None:
    page = visit(f"{docs.url}credits/")
    lend_images(page, docs)
    gaps = page.locator(".anp-credits-page__images > li").evaluate_all(
        """items => items.map(item => {
          const [credit, uses] = [...item.children].slice(1).map(e => e.getBoundingClientRect());
          return uses.top - credit.bottom;
        })"""
    )
    assert gaps and max(gaps) < 8


def test_in_arabic_a_licence_stands_behind_the_author(docs: Site, visit: Visit) -> None:
    page = visit(f"{docs.url}credits/")
    page.evaluate("document.body.dir = 'rtl'")
    places = page.locator(".anp-credits-page__credit > [data-anp=credit]").evaluate_all(
        """credits => credits.map(credit => {
          const [, ...between] = [...credit.childNodes].filter(node => node.nodeName === "#text");
          for (const text of between) text.data = ", ";
          credit.firstChild.data = "مصدر الصورة: ";
          return [...credit.querySelectorAll("a")].map(link => link.getBoundingClientRect())
            .filter((box, _, [first]) => box.top === first.top).map(box => box.right);
        })"""
    )
    assert max(map(len, places)) > 1
    assert all(row == sorted(row, reverse=True) for row in places)


def test_on_paper(docs: Site, visit: Visit, screenshots: Path) -> None:
    page = visit(docs.post(CASES))
    lend_images(page, docs)
    page.emulate_media(media="print")
    assert not page.locator(f"{FIGURES} button").first.is_visible()
    assert page.locator("figcaption").first.is_visible()
    page.screenshot(path=screenshots / "image-credits-print.png", full_page=True)


def test_instant_navigation_keeps_the_buttons(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED), permissions=["clipboard-read", "clipboard-write"])
    page.locator(f"nav a[href*='{CASES}']").first.click()
    page.wait_for_url(f"**/{CASES}/")
    page.locator(f"{FIGURES} button").first.click()
    page.wait_for_function("document.querySelectorAll('[data-anp-done]').length === 1")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Network cables")
