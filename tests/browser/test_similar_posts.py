"""Similar posts in a browser: what a reader sees, reaches with the keyboard, and prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, expect

from tests.browser.support import SEED, Site, Visit, audit, material, picture
from tests.browser.test_themes import POLICY

SECTION = "[data-anp=similar_posts]"
LINKS = f"{SECTION} li[data-anp-score] > a"
LOOKS = ("list", "cards")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
KAFKA = "Consumers of a broker commit offsets; partitions are rebalanced when a consumer lags."


def post(title: str, summary: str, meta: Mapping[str, Any], body: str = KAFKA) -> str:
    meta = {**meta, "summary": summary} if summary else meta
    front = yaml.safe_dump({"title": title, "post_meta": dict(meta)}, allow_unicode=True)
    return f"---\n{front}---\n# {title}\n\n{body}\n\n## Part\n\nThe end.\n"


POSTS = {
    "lag": (
        "Kafka consumer lag: where it comes from, and what to do first when the pager rings",
        "Consumers fall behind for few reasons. This note tells them apart by three numbers "
        "that each broker keeps, and says which of them to mend in which order.",
        {"topic": "consumer lag / kafka", "stack": ["kafka", "java"], "difficulty": "advanced"},
    ),
    "tuning": ("Kafka tuning", "Batches.", {"stack": ["kafka"], "reading_time": 4}),
    "long": (LONG, f"https://example.org/{LONG.lower()}/{LONG}", {"stack": ["kafka"]}),
    "bare": ("Offsets", "", {"stack": ["kafka"]}),
    "rtl": ("ما هو تأخر المستهلك؟", "يشرح هذا المقال kafka بالتفصيل.", {"stack": ["kafka"]}),
}
OTHERS = {f"other{n}": post("Other", f"Nothing of {n}.", {}, f"word{n} name{n}") for n in range(20)}
_OUTLINE = """
(link) => {
  const {outlineStyle, outlineWidth} = getComputedStyle(link);
  const ring = getComputedStyle(link, "::after");
  return [[outlineStyle, outlineWidth], [ring.outlineStyle, ring.outlineWidth]]
    .some(([style, width]) => style !== "none" && parseFloat(width) > 0);
}
"""
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ sourceFile, blockedURI, target }) => {
  const ours = /anp/.test(sourceFile + blockedURI) || target.closest?.("[data-anp]");
  if (ours) window.violations.push(`${sourceFile} ${blockedURI}`);
});
"""
# How far the text of each element begins from the right edge of its item.
_EDGES = """
(elements) => elements.map((element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const rights = [...range.getClientRects()].map(({right}) => right);
  const item = element.parentElement;
  const {paddingRight, borderRightWidth} = getComputedStyle(item);
  const edge = item.getBoundingClientRect().right - parseFloat(paddingRight)
    - parseFloat(borderRightWidth);
  return edge - Math.max(...rights);
})
"""
# What of the text of each post lies outside of the section, or is cut off.
_CUT = """
(section) => {
  const {left, right} = section.getBoundingClientRect();
  return [...section.querySelectorAll(":not(.anp-hidden)")].filter((e) => {
    const box = e.getBoundingClientRect();
    const hides = getComputedStyle(e).overflow !== "visible" && e.scrollWidth > e.clientWidth;
    return box.width && (box.left < left - 1 || box.right > right + 1 || hides);
  }).map((e) => e.outerHTML.slice(0, 120));
}
"""


@pytest.fixture(scope="module")
def library(
    serve: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Site]:
    """A function that builds and serves a site of six posts, each look and language once."""
    sites: dict[tuple[str, str], Site] = {}

    def make(look: str = "list", language: str = "en") -> Site:
        if (look, language) in sites:
            return sites[look, language]
        folder = tmp_path_factory.mktemp("library")
        (folder / "docs").mkdir()
        pages = {name: post(*told) for name, told in POSTS.items()}
        for name, text in {"index": "# Home\n", **pages, **OTHERS}.items():
            (folder / "docs" / f"{name}.md").write_text(text, "utf-8")
        site = serve(folder / "site", {"Content-Security-Policy": POLICY} if look == "csp" else {})
        config = {
            "site_name": "Library",
            "site_url": site.url,
            "theme": material(language),
            "plugins": [
                {"anp": {"similar_posts": {"limit": 4, "look": "list" if look == "csp" else look}}}
            ],
        }
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
        build(load_config(str(folder / "mkdocs.yml")))
        sites[look, language] = site
        return site

    return make


def open_post(visit: Visit, site: Site, *arguments: Any, **options: Any) -> Page:
    page = visit(f"{site.url}lag/", *arguments, **options)
    expect(page.locator(LINKS)).to_have_count(4)
    return page


def fits(page: Page) -> bool:
    """Return whether nothing scrolls sideways; Material's header does, for long titles."""
    page.add_style_tag(content=".md-header { display: none }")
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(
    library: Callable[..., Site],
    visit: Visit,
    screenshots: Path,
    look: str,
    scheme: str,
    width: int,
) -> None:
    page = open_post(visit, library(look), width, color_scheme=scheme)
    picture(page.locator(SECTION), screenshots / f"similar-posts-{look}-{scheme}-{width}.png")
    result = audit(page, SECTION, target_size=True)
    assert result["violations"] == []
    assert {"color-contrast", "link-name", "target-size"} <= set(result["checked"])
    assert fits(page)


def test_axe_finds_nothing_on_the_seed_post(docs: Site, visit: Visit, screenshots: Path) -> None:
    for width in (1280, 360):
        page = visit(docs.post(SEED), width)
        assert page.locator(LINKS).count() == 3
        picture(page.locator(SECTION), screenshots / f"similar-posts-seed-{width}.png")
        assert audit(page, SECTION, target_size=True)["violations"] == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_is_cut_off_and_nothing_scrolls(
    library: Callable[..., Site], visit: Visit, screenshots: Path, width: int, look: str
) -> None:
    page = open_post(visit, library(look), width)
    assert fits(page)
    assert page.locator(SECTION).evaluate(_CUT) == []
    texts = page.locator(LINKS).all_inner_texts()
    assert sorted(texts) == sorted(POSTS[name][0] for name in ("tuning", "long", "bare", "rtl"))
    picture(page.locator(SECTION), screenshots / f"similar-posts-{look}-{width}.png")


@pytest.mark.parametrize("look", LOOKS)
def test_the_keyboard_reaches_each_link(
    library: Callable[..., Site], visit: Visit, screenshots: Path, look: str
) -> None:
    page = open_post(visit, library(look))
    links = page.locator(LINKS)
    links.first.focus()
    seen = []
    for number in range(links.count()):
        expect(links.nth(number)).to_be_focused()
        assert links.nth(number).evaluate(_OUTLINE), number
        if number == 1:
            picture(page.locator(SECTION), screenshots / f"similar-posts-{look}-focus.png")
        seen.append(links.nth(number).evaluate("(link) => link.href"))
        page.keyboard.press("Tab")
    assert len(set(seen)) == 4
    links.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(str(seen[1]))


@pytest.mark.parametrize("look", LOOKS)
def test_without_scripts(library: Callable[..., Site], visit: Visit, look: str) -> None:
    page = open_post(visit, library(look), java_script_enabled=False)
    expect(page.locator(SECTION).get_by_role("heading")).to_have_text("Similar posts")
    page.get_by_role("link", name="Kafka tuning", exact=True).last.click()
    page.wait_for_url("**/tuning/")


def test_a_card_is_a_link_as_a_whole(library: Callable[..., Site], visit: Visit) -> None:
    page = open_post(visit, library("cards"))
    card = page.locator(f"{SECTION} li", has=page.locator("a", has_text="Kafka tuning"))
    box = card.bounding_box()
    assert box
    card.click(position={"x": box["width"] - 5, "y": box["height"] - 5})
    page.wait_for_url("**/tuning/")


def test_instant_navigation(library: Callable[..., Site], visit: Visit) -> None:
    page = open_post(visit, library())
    page.evaluate("window.stays = true")
    page.locator(LINKS, has_text="Kafka tuning").click()
    page.wait_for_url("**/tuning/")
    expect(page.locator("h1")).to_have_text("Kafka tuning")
    expect(page.locator(SECTION)).to_have_count(1)
    expect(page.locator(LINKS, has_text="Kafka tuning")).to_have_count(0)
    assert page.evaluate("window.stays") is True
    page.locator(LINKS, has_text="Kafka consumer lag").click()
    page.wait_for_url("**/lag/")
    expect(page.locator(SECTION)).to_have_count(1)
    assert page.evaluate("window.stays") is True


def test_it_is_in_no_table_of_contents(library: Callable[..., Site], visit: Visit) -> None:
    page = open_post(visit, library())
    texts = page.locator(".md-nav--secondary a").all_text_contents()
    assert {text.strip() for text in texts} == {"Part"}


@pytest.mark.parametrize("look", LOOKS)
def test_on_paper(library: Callable[..., Site], visit: Visit, screenshots: Path, look: str) -> None:
    page = open_post(visit, library(look), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    picture(page.locator(SECTION), screenshots / f"similar-posts-{look}-print.png")
    for item in page.locator(f"{SECTION} li[data-anp-score]").all():
        assert item.is_visible()
        assert item.evaluate("(e) => getComputedStyle(e).breakInside") == "avoid"
    heading = page.locator(f"{SECTION} h2")
    assert heading.evaluate("(e) => getComputedStyle(e).breakAfter") == "avoid"
    assert page.locator(SECTION).evaluate(_CUT) == []
    page.pdf(path=screenshots / f"similar-posts-{look}.pdf")


@pytest.mark.parametrize("look", LOOKS)
def test_right_to_left(
    library: Callable[..., Site], visit: Visit, screenshots: Path, look: str
) -> None:
    page = open_post(visit, library(look, "ar"))
    section = page.locator(SECTION)
    assert section.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
    assert "Similar posts" not in section.inner_text()
    assert section.evaluate(_CUT) == []
    assert fits(page)
    sides = page.locator(LINKS).evaluate_all(
        "links => links.map(a => [getComputedStyle(a).direction, a.textContent])"
    )
    assert {side for side, text in sides if text == POSTS["rtl"][0]} == {"rtl"}
    assert {side for side, text in sides if text == "Kafka tuning"} == {"ltr"}
    edges = section.locator("li > :is(a, .anp-similar-posts__summary)").evaluate_all(_EDGES)
    assert len(edges) == 8
    assert {round(edge) for edge in edges} == {0}
    assert audit(page, SECTION)["violations"] == []
    picture(section, screenshots / f"similar-posts-{look}-rtl.png")


def test_a_strict_policy(library: Callable[..., Site], visit: Visit) -> None:
    page = visit(f"{library('csp').url}lag/", script=_WATCH)
    assert page.locator(LINKS).count() == 4
    padding = page.locator(f"{SECTION} li").first.evaluate("(e) => getComputedStyle(e).paddingTop")
    assert padding != "0px"  # our styles are there
    assert page.evaluate("window.violations") == []
