"""What the browser tests share: the pages, the values they show, and questions to the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

SEED = "background-jobs-nextjs"
POSTS = (SEED, "kafka-consumer-lag", "zero-downtime-schema-migrations")
BOX = "[data-anp=meta_box]"
FOLD = f"{BOX} details.anp-fold"

Visit: TypeAlias = Callable[..., Page]

_AXE = Axe().axe_script

# Of the elements that we made: what axe finds wrong, what it cannot tell, and what it checked.
_RUN = """
([context, rules]) => axe.run(context || document, {rules, elementRef: true}).then((results) => {
  const ours = (kind) => results[kind].flatMap((rule) => rule.nodes
    .filter((node) => node.element && node.element.closest("[data-anp]"))
    .map((node) => `${rule.id}: ${node.html} ${node.failureSummary || ""}`));
  return {
    violations: ours("violations"),
    incomplete: ours("incomplete"),
    checked: results.passes.filter((rule) => rule.nodes.some(
      (node) => node.element && node.element.closest("[data-anp]"))).map((rule) => rule.id),
  };
})
"""


class Site(NamedTuple):
    """A site that is being served."""

    folder: Path
    url: str

    def post(self, name: str) -> str:
        """Return the address of a post of the documentation."""
        return f"{self.url}posts/{name}/"


def audit(page: Page, context: str | None = None, **rules: bool) -> dict[str, list[str]]:
    """Return what axe says about our elements: `violations`, `incomplete` and `checked`."""
    page.evaluate(_AXE)
    enabled = {name.replace("_", "-"): {"enabled": on} for name, on in rules.items()}
    return page.evaluate(_RUN, [context, enabled])


def open_folds(page: Page) -> int:
    """Open all folds as a reader does, the outer ones first, and return their number."""
    folds = page.locator(FOLD)
    for index in range(folds.count()):
        folds.nth(index).locator("> summary").click()
    page.mouse.move(0, 0)  # what lies below it now has the colours of the theme for that
    assert page.locator(f"{FOLD}[open]").count() == folds.count()
    return folds.count()


def picture(element: Locator, path: Path) -> None:
    """Take a picture of an element, without the header of the theme that would lie over it."""
    element.screenshot(
        path=path, style=".md-header, .md-top, .navbar { visibility: hidden !important }"
    )


def leaves(docs_dir: Path, post: str) -> list[tuple[str, Any]]:
    """Return path and value of each single value in the post meta of a post."""
    text = (docs_dir / "posts" / f"{post}.md").read_text("utf-8")
    meta = yaml.safe_load(text.split("---\n")[1])["post_meta"]
    return list(_leaves(meta, ""))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            # Only the items that are mappings have a path of their own.
            yield from _leaves(item, f"{path}.{index}" if isinstance(item, dict) else path)
    else:
        yield path, value


def material(language: str) -> dict[str, Any]:
    """Return the theme of a site that is light or dark as the reader's system, and stays loaded."""
    schemes = (("light", "default"), ("dark", "slate"))
    return {
        "name": "material",
        "font": False,
        "language": language,
        "palette": [
            {"media": f"(prefers-color-scheme: {name})", "scheme": scheme}
            for name, scheme in schemes
        ],
        "features": ["navigation.instant"],
    }
