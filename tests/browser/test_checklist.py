"""Checklists in the hands of a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.support import SEED, Site, Visit, audit, picture
from tests.browser.test_themes import POLICY

LIST = "[data-anp=checklist]"
BOX = f"{LIST} [data-anp-item]"
CHECKED = f"{BOX}:checked"
LONG = "zero-downtime-schema-migrations"

# Counts how often the status speaks.
_LISTEN = """
window.spoken = [];
new MutationObserver((changes) => {
  for (const { target } of changes) {
    const status = (target.nodeType === 1 ? target : target.parentNode).closest("[role=status]");
    if (status) window.spoken.push(status.textContent);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
_BLOCKED = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); },
});
"""
_FULL = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
# What a Content-Security-Policy has held back of ours.
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ sourceFile, blockedURI, target }) => {
  const ours = /anp/.test(sourceFile + blockedURI) || target.closest?.("[data-anp]");
  if (ours) window.violations.push(`${sourceFile} ${blockedURI}`);
});
"""
_SMALL_TEXTS = """
[...document.querySelectorAll("[data-anp] *")]
  .filter((e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((e) => [e.outerHTML.slice(0, 80), parseFloat(getComputedStyle(e).fontSize)])
  .filter(([, size]) => size < 12)
"""
# Counts what is read of the browser's storage for us.
_READS = """
window.reads = 0;
const getItem = Storage.prototype.getItem;
Storage.prototype.getItem = function (key) {
  window.reads += key.startsWith("anp:");
  return getItem.call(this, key);
};
"""
_NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"


class Built(NamedTuple):
    """A site that can be built again with other pages."""

    site: Site
    build: Callable[[Mapping[str, str]], None]

    @property
    def url(self) -> str:
        return self.site.url


def post(checklist: Any, body: str = "") -> str:
    meta = yaml.safe_dump({"post_meta": {"checklist": checklist}})
    return f"---\n{meta}---\n# Post\n\n{body}"


@pytest.fixture
def sites(serve: Callable[..., Site], tmp_path: Path) -> Callable[..., Built]:
    """A function that builds and serves a site, below a folder of one origin."""
    served: dict[str, Site] = {}

    def make(
        files: Mapping[str, str],
        below: str = "",
        headers: Mapping[str, str] | None = None,
        options: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> Built:
        folder = tmp_path / "src" / (below or "root")
        root = tmp_path / "served"
        target = root / below
        config = {
            "site_name": "Site",
            "theme": {"name": "material", "font": False},
            "site_dir": str(target),
            "plugins": [{"anp": dict(options or {})}],
            **settings,
        }

        def again(pages: Mapping[str, str]) -> None:
            for name, text in {"index.md": "# Home\n", **pages}.items():
                (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / "docs" / name).write_text(text, "utf-8")
            (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
            build(load_config(str(folder / "mkdocs.yml")))

        if not served:
            root.mkdir(parents=True, exist_ok=True)
            served["root"] = serve(root, headers)
        again(files)
        return Built(Site(target, f"{served['root'].url}{below}"), again)

    return make


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name, exact=True)


def ticked(page: Page) -> list[str]:
    """Return the texts of the items that are ticked."""
    return [text.strip() for text in page.locator(f"li:has(> * {CHECKED.split()[1]})").evaluate_all(
        "(items) => items.filter((i) => i.querySelector('[data-anp-item]').checked)"
        ".map((i) => i.querySelector('.anp-checklist__text').textContent)"
    )]  # fmt: skip


def count(page: Page) -> Locator:
    return page.locator(f"{LIST} .anp-checklist__count").first


def stored(page: Page) -> dict[str, Any]:
    raw = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return {k: json.loads(v) for k, v in raw.items() if k.startswith("anp:")}


# Ticking


def test_ticks_by_mouse_and_keyboard_stay(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED), script=_LISTEN)
    expect(count(page)).to_have_text("0 of 5 done")
    assert page.evaluate("window.spoken") == []
    page.get_by_text("run unit tests", exact=True).locator("visible=true").first.click()
    box(page, "run linting").focus()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("2 of 5 done")
    expect(page.locator(f"{LIST} progress")).to_have_js_property("value", 2)
    expect(page.locator(f"{LIST} [role=status]")).to_have_text("2 of 5 done")
    assert page.evaluate("window.spoken") == ["1 of 5 done", "2 of 5 done"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert ticked(page) == ["run linting", "run unit tests"][:1]
    page.keyboard.press("Space")

    page.reload()
    expect(count(page)).to_have_text("2 of 5 done")
    assert ticked(page) == ["run linting", "run unit tests"]
    # Nothing is announced that the reader has not just done.
    assert page.evaluate("window.spoken") == []
    [(key, value)] = stored(page).items()
    assert key == f"anp:checklist:/posts/{SEED}"
    assert value["v"] == 1
    assert value["d"] == {"03dc6802d7": 1, "bae0d40548": 1}


def test_back_and_forward(sites: Callable[..., Built], visit: Visit) -> None:
    built = sites({"a.md": post(["one", "two"]), "b.md": post(["one", "three"])})
    page = visit(f"{built.url}a/")
    box(page, "one").check()
    page.goto(f"{built.url}b/")
    assert ticked(page) == []
    box(page, "three").check()
    page.go_back()
    assert ticked(page) == ["one"]
    box(page, "one").uncheck()
    box(page, "two").check()
    page.go_forward()
    assert ticked(page) == ["three"]
    page.go_back()
    assert ticked(page) == ["two"]
    expect(count(page)).to_have_text("1 of 2 done")


def test_instant_navigation(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED), script=_LISTEN)
    box(page, "run linting").check()
    page.evaluate("window.stays = true")
    for name in ("kafka-consumer-lag", SEED):
        link = page.locator(f".md-nav a[href*='{name}'], .md-content a[href*='{name}']").first
        link.evaluate("(a) => a.click()")
        page.wait_for_url(f"**/{name}/")
        expect(page.locator(f"{LIST} .anp-checklist__tools")).to_be_visible()
        expect(page.locator("h1")).not_to_have_count(0)
        if name != SEED:
            expect(count(page)).to_contain_text("0 of")
    assert page.evaluate("window.stays"), "the page was loaded anew"
    expect(count(page)).to_have_text("1 of 5 done")
    assert ticked(page) == ["run linting"]
    page.evaluate("window.spoken = []")
    box(page, "tag the release").check()
    assert page.evaluate("window.spoken") == ["2 of 5 done"]
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate("window.spoken") == ["2 of 5 done", "All ticks removed"]
    page.go_back()
    page.wait_for_url("**/kafka-consumer-lag/")
    expect(count(page)).to_contain_text("0 of")


def test_two_tabs_agree(sites: Callable[..., Built], visit: Visit) -> None:
    built = sites({"a.md": post(["one", "two"])})
    first = visit(f"{built.url}a/")
    second = first.context.new_page()
    second.goto(f"{built.url}a/index.html")
    box(first, "one").check()
    expect(box(second, "one")).to_be_checked()
    expect(count(second)).to_have_text("1 of 2 done")
    expect(second.locator(f"{LIST} [role=status]")).to_have_text("")
    box(second, "two").check()
    box(second, "one").uncheck()
    expect(box(first, "one")).not_to_be_checked()
    assert ticked(first) == ["two"]
    first.evaluate("localStorage.clear()")
    expect(box(second, "two")).not_to_be_checked()


@pytest.mark.parametrize("script", [_BLOCKED, _FULL], ids=["blocked", "full"])
def test_blocked_or_full_storage(sites: Callable[..., Built], visit: Visit, script: str) -> None:
    page = visit(f"{sites({'a.md': post(['one', 'two'])}).url}a/", script=script)
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))
    box(page, "one").check()
    box(page, "two").check()
    box(page, "one").uncheck()
    expect(count(page)).to_have_text("1 of 2 done")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert ticked(page) == ["two"]
    assert errors == []


@pytest.mark.parametrize(
    "value", ["", "{", "null", "1", '"x"', "[]", '{"v":1}', '{"v":1,"d":5}', '{"v":2,"d":{}}',
              '{"v":1,"d":null}', '{"v":1,"d":{"__proto__":1}}']
)  # fmt: skip
def test_a_corrupt_value_is_ignored(sites: Callable[..., Built], visit: Visit, value: str) -> None:
    checklist = ["one", {"text": "two", "id": "constructor"}]
    url = f"{sites({'a.md': post(checklist)}).url}a/"
    script = f"if (!sessionStorage.x) localStorage.setItem('anp:checklist:/a', {json.dumps(value)})"
    page = visit(url, script=f"{script}; sessionStorage.x = 1")
    assert ticked(page) == []
    box(page, "one").check()
    expect(count(page)).to_have_text("1 of 2 done")
    page.reload()
    assert ticked(page) == ["one"]


def test_without_javascript(sites: Callable[..., Built], visit: Visit) -> None:
    built = sites({"a.md": post(["one"]), "all.md": "# All\n\n<!-- anp:checklists -->\n"})
    page = visit(f"{built.url}a/", java_script_enabled=False)
    page.locator(BOX).check()
    assert page.locator(CHECKED).count() == 1
    expect(page.locator(f"{LIST} .anp-checklist__tools")).to_be_hidden()
    expect(page.locator(f"{LIST} progress")).to_be_hidden()
    page.goto(f"{built.url}all/")
    expect(page.locator("[data-anp=checklists] a")).to_be_visible()
    expect(page.locator("[data-anp=checklists] progress")).to_be_hidden()
    page.locator("[data-anp=checklists] a").click()
    expect(page).to_have_url(f"{built.url}a/#anp-checklist")


# What a tick belongs to


def test_a_site_that_is_built_again(sites: Callable[..., Built], visit: Visit) -> None:
    built = sites({"a.md": post(["lint", "test", "same", "same", "tag"])})
    page = visit(f"{built.url}a/")
    for name in ("lint", "test", "tag"):
        box(page, name).check()
    page.locator(BOX).nth(3).check()  # the second of two that are the same

    def ticks(*texts: str) -> list[tuple[int, str]]:
        built.build({"a.md": post(list(texts))})
        page.goto(f"{built.url}a/?{texts}")  # not from the cache, which counts in seconds
        boxes = page.locator(BOX)
        return [
            (number, texts[number])
            for number in range(boxes.count())
            if boxes.nth(number).is_checked()
        ]

    assert ticks("tag", "same", "test", "same", "lint") == [
        (0, "tag"), (2, "test"), (3, "same"), (4, "lint")
    ]  # fmt: skip
    assert ticks("tag", "same", "TEST ", "lint all", "same") == [
        (0, "tag"), (2, "TEST "), (4, "same")
    ]  # fmt: skip
    assert ticks("same", "new") == []
    assert ticks("lint", "same", "same") == [(0, "lint"), (2, "same")]


def test_sites_versions_and_translations_are_told_apart(
    sites: Callable[..., Built], visit: Visit
) -> None:
    pages = {"a.md": post(["one"]), "de/a.md": post(["one"])}
    urls = [
        f"{sites(pages, below).url}{path}"
        for below in ("one/", "two/", "two/1.0/")
        for path in ("a/", "de/a/")
    ]
    page = visit(urls[0])
    box(page, "one").check()
    for url in urls[1:]:
        page.goto(url)
        assert ticked(page) == [], url
    page.goto(f"{urls[0]}index.html?x=1#anp-checklist")
    assert ticked(page) == ["one"]


# Tools


def test_reset_and_undo(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED))
    for name in ("run linting", "verify staging config"):
        box(page, name).check()
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("0 of 5 done")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    assert ticked(page) == ["run linting", "verify staging config"]
    expect(page.get_by_role("button", name="Reset")).to_be_focused()
    page.keyboard.press("Enter")
    box(page, "tag the release").check()  # what comes after a reset cannot be undone with it
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.reload()
    assert ticked(page) == ["tag the release"]


@pytest.mark.parametrize("script", ["", _NO_CLIPBOARD], ids=["clipboard", "old"])
def test_copy_as_markdown(sites: Callable[..., Built], visit: Visit, script: str) -> None:
    checklist = [
        "run `x  y`",
        {"text": "see [b](b.md) **now**", "items": ["below"]},
        "<b>html</b>",
    ]
    built = sites({"a.md": post(checklist), "b.md": post({"mode": "read-do", "items": ["a", "b"]})})
    allowed = ["clipboard-read", "clipboard-write"]
    page = visit(f"{built.url}a/", permissions=allowed, script=script)
    box(page, "see b now").check()

    def copied() -> str:
        page.get_by_role("button", name="Copy as Markdown").click()
        expect(page.get_by_role("button", name="Copied")).to_be_focused()
        expect(page.locator(f"{LIST} [role=status]")).to_have_text("Copied")
        if script:  # what was pasted into a field is what lies in the clipboard
            page.evaluate("document.body.prepend(document.createElement('textarea'))")
            page.locator("textarea").first.focus()
            page.keyboard.press("Control+V")
            return page.locator("textarea").first.input_value()
        return str(page.evaluate("navigator.clipboard.readText()"))

    assert copied() == (
        f"- [ ] run `x y`\n- [x] see [b]({built.url}b/) **now**\n    - [ ] below\n- [ ] <b>html</b>"
    )
    page.goto(f"{built.url}b/")
    box(page, "b").check()
    assert copied() == "1. [ ] a\n2. [x] b"
    expect(page.get_by_role("button", name="Copy as Markdown")).to_be_visible()


def test_a_link_with_ticks(sites: Callable[..., Built], visit: Visit, browser: Browser) -> None:
    files = {"a.md": post(["one", "two", "three"])}
    built = sites(files, options={"checklist": {"share": True}})
    page = visit(f"{built.url}a/", permissions=["clipboard-read", "clipboard-write"])
    offer = page.locator(f"{LIST} [data-anp-offer]")
    expect(offer).to_be_hidden()
    box(page, "one").check()
    box(page, "three").check()
    page.get_by_role("button", name="Copy link with ticks").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"{built.url}a/#anp=[0-9a-f]{{10}}\.[0-9a-f]{{10}}", link)

    other = visit(f"{built.url}a/")
    box(other, "two").check()
    other.goto(link)
    other.reload()
    offer = other.locator(f"{LIST} [data-anp-offer]")
    expect(offer).to_contain_text("This link brings ticks along: 2 of 3 done.")
    assert ticked(other) == ["two"], "the reader's own stay until a button is pressed"
    other.get_by_role("button", name="Keep mine").click()
    expect(offer).to_be_hidden()
    expect(other).to_have_url(f"{built.url}a/")
    assert ticked(other) == ["two"]
    other.goto(link)
    other.get_by_role("button", name="Use them").click()
    assert ticked(other) == ["one", "three"]
    expect(other.locator(f"{LIST} [role=status]")).to_have_text("2 of 3 done")
    expect(other).to_have_url(f"{built.url}a/")
    other.reload()
    assert ticked(other) == ["one", "three"]
    other.goto(link)  # it has nothing to offer any more
    expect(offer).to_be_hidden()
    other.goto(f"{built.url}a/#anp=%3Cscript%3E")
    assert ticked(other) == ["one", "three"]


def test_lists_of_tasks(sites: Callable[..., Built], visit: Visit) -> None:
    body = "## Before\n\n- [ ] one\n- [x] two\n\n## After\n\n- [ ] one\n- [ ] see [b](b.md)\n"
    files = {"a.md": f"---\npost_meta: {{topic: t}}\n---\n# A\n\n{body}", "b.md": "# B\n"}
    built = sites(
        files,
        options={"checklist": {"task_lists": True}},
        markdown_extensions=[{"pymdownx.tasklist": {"custom_checkbox": True}}],
    )
    page = visit(f"{built.url}a/")
    boxes = page.locator(BOX)
    assert ticked(page) == ["two"]
    box(page, "two").uncheck()
    boxes.nth(2).check()
    # A text with a link in it ticks its box too, the link does not.
    page.locator(".anp-checklist__text", has_text="see").click(position={"x": 3, "y": 5})
    page.reload()
    assert ticked(page) == ["one", "see b"]
    assert [boxes.nth(i).is_checked() for i in range(4)] == [False, False, True, True]
    page.get_by_role("group", name="Before").get_by_role("checkbox", name="two").check()
    page.get_by_role("button", name="Reset").first.click()
    assert [boxes.nth(i).is_checked() for i in range(4)] == [False, True, True, True]
    page.locator(LIST).get_by_role("link", name="b").click()
    page.wait_for_url("**/b/")
    assert audit(page, "body")["violations"] == []


def test_the_list_of_all_checklists(sites: Callable[..., Built], visit: Visit) -> None:
    files = {
        "a.md": post(["one", "two"]),
        "b.md": post(["x"], "## Checklist\n\n- x\n"),
        "all.md": "# All\n\n<!-- anp:checklists -->\n",
    }
    built = sites(files)
    page = visit(f"{built.url}all/")
    entries = page.locator("[data-anp-items]")
    expect(entries.nth(0)).to_contain_text("0 of 2 done")
    tab = page.context.new_page()
    tab.goto(f"{built.url}a/")
    box(tab, "two").check()
    expect(entries.nth(0)).to_contain_text("1 of 2 done")
    expect(entries.nth(0).locator("progress")).to_have_js_property("value", 1)
    expect(entries.nth(1)).to_contain_text("0 of 1 done")
    entries.nth(1).get_by_role("link").click()
    page.wait_for_url("**/b/#*")  # and for the scripts: they are to see the tick
    expect(page.locator(LIST)).to_be_in_viewport()
    box(page, "x").check()
    page.go_back()
    expect(entries.nth(1)).to_contain_text("1 of 1 done")


# For everybody


@pytest.mark.parametrize("name", [SEED, LONG, "checklists"])
@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 320)]
)
def test_accessible(
    docs: Site, visit: Visit, screenshots: Path, name: str, scheme: str, width: int
) -> None:
    url = f"{docs.url}all-checklists/" if name == "checklists" else docs.post(name)
    part = "[data-anp=checklists]" if name == "checklists" else LIST
    page = visit(url, width, color_scheme=scheme)
    for number in range(0, page.locator(BOX).count(), 2):
        page.locator(BOX).nth(number).check()
    picture(page.locator(part), screenshots / f"checklist-{name}-{scheme}-{width}.png")
    results = audit(page, part, target_size=True)
    assert {"color-contrast", "target-size"} <= set(results["checked"])
    assert results["violations"] == []
    assert page.evaluate(_SMALL_TEXTS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if name == "checklists":
        return
    assert "label" in results["checked"]
    for target in page.locator(f"{LIST} :is(.anp-checklist__row, button)").all():
        if target.is_visible():
            size = target.bounding_box()
            assert size
            assert min(size["width"], size["height"]) >= 24


def test_focus_is_seen(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(SEED))
    box(page, "run linting").focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(7):
        page.keyboard.press("Tab")
        style = "(() => { const s = getComputedStyle(document.activeElement);"
        outline = page.evaluate(f"{style} return [s.outlineStyle, s.outlineWidth]; }})()")
        assert outline == ["solid", "2px"]
    expect(page.get_by_role("button", name="Reset")).to_be_focused()


def test_group_has_a_name(docs: Site, visit: Visit) -> None:
    page = visit(docs.post(LONG))
    group = page.get_by_role("group", name="Replacing a column under load")
    assert group.get_by_role("checkbox").count() == 8
    expect(box(page, "set lock_timeout in the session")).to_have_accessible_description(
        "two seconds are plenty, retry instead of waiting"
    )


def test_print(docs: Site, visit: Visit, screenshots: Path) -> None:
    page = visit(docs.post(LONG))
    box(page, "add the new column without a volatile default").check()
    page.emulate_media(media="print")
    expect(page.locator(f"{LIST} .anp-checklist__tools")).to_be_hidden()
    expect(count(page)).to_have_text("1 of 8 done")
    assert page.locator(CHECKED).count() == 1
    mark = page.locator(CHECKED).evaluate("(e) => getComputedStyle(e).printColorAdjust")
    assert mark == "exact"
    picture(page.locator(LIST), screenshots / "checklist-print.png")
    page.pdf(path=screenshots / "checklist.pdf")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
@pytest.mark.parametrize("width", [1280, 360])
def test_other_themes_and_a_strict_policy(
    sites: Callable[..., Built], visit: Visit, screenshots: Path, theme: str, width: int
) -> None:
    checklist = {
        "title": "Before the release", "mode": "read-do", "when": "before the tag",
        "items": ["run linting", {"text": "see [home](index.md)", "note": "a note",
                                  "items": ["below", "further"]}],
    }  # fmt: skip
    built = sites(
        {"a.md": post(checklist), "b.md": post(["one", "two"])},
        headers={"Content-Security-Policy": POLICY},
        options={"checklist": {"share": True}},
        theme={"name": theme},
    )
    page = visit(f"{built.url}a/", width, script=_WATCH)
    box(page, "below").check()
    expect(count(page)).to_have_text("1 of 4 done")
    page.get_by_role("button", name="Copy as Markdown").click()
    page.reload()
    assert ticked(page) == ["below"]
    assert page.evaluate("window.violations") == []
    picture(page.locator(LIST), screenshots / f"checklist-{theme}-{width}.png")
    # The script of axe may run: Chromium's own scripts are not held by the policy.
    assert audit(page, LIST, target_size=True)["violations"] == []
    page.goto(f"{built.url}b/")
    picture(page.locator(LIST), screenshots / f"checklist-{theme}-{width}-short.png")


def test_right_to_left(sites: Callable[..., Built], visit: Visit, screenshots: Path) -> None:
    checklist = {"mode": "read-do", "items": ["تشغيل الفحص", {"text": "run", "note": "ملاحظة"}]}
    theme = {"name": "material", "language": "ar", "font": False}
    page = visit(f"{sites({'a.md': post(checklist)}, theme=theme).url}a/", 360)
    box(page, "run").check()
    first, text = (page.locator(f"{LIST} {name}").first.bounding_box() for name in (
        "input", ".anp-checklist__text"))  # fmt: skip
    assert first
    assert text
    assert first["x"] > text["x"] + text["width"] - 1
    expect(count(page)).to_have_text("اكتمل 1 من 2")
    picture(page.locator(LIST), screenshots / "checklist-rtl.png")
    assert audit(page, LIST)["violations"] == []


def test_no_work_on_pages_without_a_checklist(sites: Callable[..., Built], visit: Visit) -> None:
    built = sites({"a.md": post(["one"])})
    page = visit(built.url, script=_READS)
    assert page.evaluate("window.reads") == 0
    page.goto(f"{built.url}a/")
    assert page.evaluate("window.reads") > 0
