"""Image credits beside a blog, a lightbox and the privacy plugin, in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, expect

from tests.browser.support import Site, Visit, audit, material, picture
from tests.images import image_server, jpeg
from tests.neighbours.sites import PRIVACY

FIGURES = "[data-anp=figure]"
HOSTILE = 'A "quoted" <b>caption</b> & it\'s <img src=x onerror=alert(1)>'
FULL = {
    "author": "Ann & Bo",
    "author_url": "https://example.org/ann",
    "page": "https://example.org/stars",
    "license": "CC BY-SA 4.0",
}
TEXT = "Consumers of a broker commit offsets; partitions are rebalanced when one of them lags.\n"
REMOTE = """\
![A screen full of code]({host}/one.jpg?w=800)

<!-- more -->

![The sky at night]({host}/two)

![A harbour](img/harbour.jpg)
"""
FLOATS = f"""\
![A harbour](img/harbour.jpg){{ align=left width=150 }}

{TEXT * 3}
![A tower](img/tower.jpg){{ align=right width=150 }}

{TEXT}
<!-- more -->

![A wide view](img/wide.jpg){{ align=left }}

{TEXT * 3}
[![A lake](img/lake.jpg){{ align=right width=150 }}](https://example.org/lake)

{TEXT}
"""
SCHEMES = """\
![By day](img/light.jpg#only-light)

![By night](img/dark.jpg#only-dark)

![Both, by day](img/pair-light.jpg#only-light)
![Both, by night](img/pair-dark.jpg#only-dark)
"""
BY_DAY = ["Day", "Day and night"], ["By day", "Both, by day"]
BY_NIGHT = ["Night", "Day and night"], ["By night", "Both, by night"]
REMOTE_POST, FLOATS_POST, SCHEMES_POST = (
    f"blog/2026/01/0{day}/{name}/" for day, name in ((3, "remote"), (2, "floats"), (1, "schemes"))
)
SIZES = {"wide": (1600, 900), "tower": (300, 600)}
# Of each figure that floats: where it stands, and its image, its caption and the article.
_PLACES = """
(figures) => figures.map((figure) => {
  const box = (element) => element.getBoundingClientRect().toJSON();
  return {
    float: getComputedStyle(figure).float,
    figure: box(figure),
    image: box(figure.querySelector("img")),
    caption: box(figure.querySelector("figcaption")),
    article: box(figure.closest("article")),
  };
})
"""
_REPEATED = """
() => [...document.querySelectorAll("[id]")].map(({id}) => id)
  .filter((id, index, ids) => ids.indexOf(id) !== index)
"""


def post(title: str, day: int, body: str, sources: list[dict[str, Any]]) -> str:
    meta = {"title": title, "date": date(2026, 1, day), "post_meta": {"image_sources": sources}}
    return f"---\n{yaml.safe_dump(meta)}---\n# {title}\n\n{body}"


def local(name: str, caption: str) -> dict[str, Any]:
    return {"source": "own work", "url": f"img/{name}.jpg", "caption": caption}


def pages(host: str) -> Mapping[str, str]:
    one = {"source": "the <i>loopback</i>", "url": f"{host}/one.jpg?w=800", "caption": HOSTILE}
    two = {"source": "nasa", "url": f"{host}/two", "caption": "The sky", **FULL}
    floats = [
        local("harbour", "The harbour of a town whose name is longer than its picture is wide"),
        local("tower", "The tower"),
        local("wide", "The view"),
        local("lake", "The lake, seen from a long way off"),
    ]
    schemes = [local("light", "Day"), local("dark", "Night"), local("pair-light", "Day and night")]
    remote = [one, two, local("harbour", "The harbour")]
    return {
        "index.md": "# Home\n",
        "blog/index.md": "# Blog\n",
        "blog/posts/remote.md": post("Remote", 3, REMOTE.format(host=host), remote),
        "blog/posts/floats.md": post("Floats", 2, FLOATS, floats),
        "blog/posts/schemes.md": post("Schemes", 1, SCHEMES, schemes),
    }


@pytest.fixture(scope="module")
def images() -> Iterator[str]:
    """The address of a server of images, which the browser cannot reach."""
    with image_server() as (host, _):
        yield host.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def blogs(
    images: str, serve: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Site]:
    """A function that builds and serves the blog, in each language, with privacy or without."""

    @cache
    def make(language: str = "en", *, is_private: bool = True) -> Site:
        folder = tmp_path_factory.mktemp("blog")
        pictures = folder / "docs" / "blog" / "posts" / "img"
        pictures.mkdir(parents=True)
        for name in ("harbour", "lake", "light", "dark", "pair-light", "pair-dark", *SIZES):
            pictures.joinpath(f"{name}.jpg").write_bytes(jpeg(SIZES.get(name, (640, 360))))
        for name, text in pages(images).items():
            folder.joinpath("docs", name).write_text(text, "utf-8")
        site = serve(folder / "site")
        privacy = {"enabled": is_private, "cache_dir": str(folder / "cache"), **PRIVACY}
        config = {
            "site_name": "Library",
            "site_url": site.url,
            "theme": material(language),
            "plugins": [
                "blog",
                {"glightbox": {"auto_caption": True}},
                {"privacy": privacy},
                "anp",
            ],
            "markdown_extensions": ["attr_list", "md_in_html"],
        }
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
        build(load_config(str(folder / "mkdocs.yml")))
        return site

    return make


@pytest.fixture(scope="module")
def blog(blogs: Callable[..., Site]) -> Site:
    return blogs()


def width_left(page: Page) -> int:
    """Return how much wider the window is than what is in it."""
    return int(page.evaluate("innerWidth - document.documentElement.scrollWidth"))


def load_all(page: Page) -> None:
    """Make the browser load all images that can be seen, as a reader does who reads on."""
    images = page.locator(f"{FIGURES} img").filter(visible=True)
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).not_to_have_js_property("naturalWidth", 0)


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_lightbox_shows_caption_and_credit_as_text(
    blog: Site, visit: Visit, screenshots: Path, hand: str
) -> None:
    page = visit(f"{blog.url}{REMOTE_POST}")
    link = page.locator(f"{FIGURES} a.glightbox").first
    if hand == "mouse":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    slide = page.locator(".gslide.current")
    expect(slide.locator(".gslide-title")).to_have_text(HOSTILE)
    expect(slide.locator(".gslide-desc")).to_have_text("image source: the <i>loopback</i>")
    expect(slide.locator(".gslide-description :is(b, i, img)")).to_have_count(0)
    expect(slide.locator(".gslide-media img")).to_be_visible()
    page.screenshot(path=screenshots / f"lightbox-{hand}.png")
    page.keyboard.press("Escape")
    expect(page.locator(".glightbox-container")).to_have_count(0)


def test_images_come_from_the_site_alone(blog: Site, visit: Visit) -> None:
    page = visit("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{blog.url}{REMOTE_POST}")
    load_all(page)
    assert page.locator(f"{FIGURES} img[src*='assets/external']").count() == 2
    assert [url for url in asked if not url.startswith((blog.url, "data:"))] == []
    captions = page.locator("figcaption").all_inner_texts()
    assert captions == [
        f"{HOSTILE}. image source: the <i>loopback</i>",
        "The sky. image source: nasa, by Ann & Bo, CC BY-SA 4.0",
        "The harbour. image source: own work",
    ]


def test_search_engines_are_told_the_address_of_the_copy(blog: Site, visit: Visit) -> None:
    page = visit(f"{blog.url}{REMOTE_POST}")
    text = page.locator("script[data-anp=structured_data]").text_content()
    addresses = [item["contentUrl"] for item in json.loads(text or "")["@graph"]]
    sources = page.locator(f"{FIGURES} img").evaluate_all("images => images.map(i => i.src)")
    assert addresses == sources
    for address in addresses:
        assert address.startswith(blog.url)
        assert (blog.folder / unquote(address.removeprefix(blog.url))).is_file()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_excerpts(
    blog: Site, visit: Visit, screenshots: Path, width: int, scheme: str
) -> None:
    page = visit(f"{blog.url}blog/", width, color_scheme=scheme)
    page.screenshot(path=screenshots / f"excerpts-{width}-{scheme}.png", full_page=True)
    result = audit(page)
    assert result["violations"] == []
    assert "color-contrast" in result["checked"]
    assert width_left(page) >= 0


def test_excerpts_have_figures_and_no_id_twice(blog: Site, visit: Visit) -> None:
    page = visit(f"{blog.url}blog/")
    captions = page.locator("figcaption").all_text_contents()
    assert captions[0] == f"{HOSTILE}. image source: the <i>loopback</i>"
    assert captions[2:4] == ["The tower. image source: own work", "Day. image source: own work"]
    assert page.evaluate(_REPEATED) == []


def test_only_the_first_image_of_all_excerpts_is_loaded_at_once(blog: Site, visit: Visit) -> None:
    page = visit(f"{blog.url}blog/")
    loading = page.locator(f"{FIGURES} img").evaluate_all("images => images.map(i => i.loading)")
    assert len(loading) == 7
    assert loading[0] != "lazy"
    assert set(loading[1:]) == {"lazy"}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_figure_floats_with_its_caption_below_its_image(
    blogs: Callable[..., Site], visit: Visit, screenshots: Path, width: int, language: str
) -> None:
    page = visit(f"{blogs(language).url}{FLOATS_POST}", width)
    load_all(page)
    picture(page.locator("article"), screenshots / f"floats-{language}-{width}.png")
    places = page.locator(f"{FIGURES}[data-anp-align]").evaluate_all(_PLACES)
    assert [place["float"] for place in places] == ["left", "right", "left", "right"]
    for place in places:
        figure, image, caption = place["figure"], place["image"], place["caption"]
        assert caption["top"] >= image["bottom"]
        assert figure["width"] <= image["width"] + 1
        assert abs(caption["left"] + caption["right"] - image["left"] - image["right"]) <= 2
        assert figure["left"] >= place["article"]["left"]
        assert figure["right"] <= place["article"]["right"]
    assert width_left(page) >= 0


def test_what_follows_the_text_stands_below_floating_figures(blog: Site, visit: Visit) -> None:
    page = visit(f"{blog.url}{FLOATS_POST}")
    load_all(page)
    places = page.locator(f"{FIGURES}[data-anp-align]").evaluate_all(_PLACES)
    box = page.locator("[data-anp=meta_box]").bounding_box()
    assert box is not None
    assert box["y"] >= max(place["figure"]["bottom"] for place in places)


def test_an_excerpt_stands_below_the_floating_figures_of_another(blog: Site, visit: Visit) -> None:
    page = visit(f"{blog.url}blog/")
    load_all(page)
    places = page.locator(f"{FIGURES}[data-anp-align]").evaluate_all(_PLACES)
    assert len(places) == 2
    for place in places:
        assert place["figure"]["bottom"] <= place["article"]["bottom"]


@pytest.mark.parametrize("path", [SCHEMES_POST, "blog/"])
def test_a_figure_is_seen_in_the_scheme_of_its_image(blog: Site, visit: Visit, path: str) -> None:
    for scheme, seen in (("light", BY_DAY), ("dark", BY_NIGHT)):
        page = visit(f"{blog.url}{path}", color_scheme=scheme)
        assert seen_of_schemes(page) == seen


def test_paper_is_light(blog: Site, visit: Visit, screenshots: Path) -> None:
    """Also from the dark scheme, where Material itself prints both images of a pair."""
    page = visit(f"{blog.url}{SCHEMES_POST}", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.screenshot(path=screenshots / "schemes-print.png", full_page=True)
    assert seen_of_schemes(page) == BY_DAY


def seen_of_schemes(page: Page) -> tuple[list[str], list[str]]:
    """Return the captions and alternative texts of images made for one scheme that are seen."""
    figures = page.locator(f"{FIGURES}:has(img[src*='#only-'])")
    captions = figures.locator(".anp-figure__caption").filter(visible=True).all_inner_texts()
    images = figures.locator("img").filter(visible=True).all()
    return captions, [str(image.get_attribute("alt")) for image in images]


def test_figures_work_after_instant_navigation(blogs: Callable[..., Site], visit: Visit) -> None:
    """Without the privacy plugin: with it, glightbox gives its links their addresses once only."""
    site = blogs(is_private=False)
    page = visit(f"{site.url}blog/", permissions=["clipboard-read", "clipboard-write"])
    page.wait_for_load_state("networkidle")  # the theme takes links when it has the sitemap
    page.evaluate("window.stays = true")
    page.get_by_role("heading", name="Remote").get_by_role("link").click()
    page.wait_for_url(f"**/{REMOTE_POST}")
    expect(page.locator(FIGURES)).to_have_count(3)
    page.locator(f"{FIGURES} button").click()
    page.wait_for_function("document.querySelector('[data-anp-done]')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("The sky. image source")
    page.locator(f"{FIGURES} a.glightbox", has=page.locator("[src*=harbour]")).click()
    expect(page.locator(".gslide.current .gslide-title")).to_have_text("The harbour")
    expect(page.locator(".gslide.current .gslide-media img")).to_be_visible()
    assert page.evaluate("window.stays") is True


def test_right_to_left(blogs: Callable[..., Site], visit: Visit, screenshots: Path) -> None:
    page = visit(f"{blogs('ar').url}{REMOTE_POST}")
    page.screenshot(path=screenshots / "image-neighbours-rtl.png", full_page=True)
    links = page.locator(f"{FIGURES} [data-anp=credit] a").all()
    places = [box["x"] for link in links if (box := link.bounding_box())]
    assert len(places) == 3
    assert places == sorted(places, reverse=True)  # source, author and licence, from the right
    assert audit(page)["violations"] == []
