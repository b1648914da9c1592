"""What a build leaves to the process that it runs in."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin
from mkdocs.structure.pages import Page

POST = """---
title: A
post_meta:
  topic: A
image_sources: [{url: "https://images.example/a.png", source: b, caption: c}]
---

# A

![An image](https://images.example/a.png)
"""


class _Watch(BasePlugin):
    def on_page_content(self, html: str, *, page: Page, **_: Any) -> None:
        self.page = weakref.ref(page)


@pytest.mark.parametrize("is_enabled", [True, False])
def test_pages_may_go_as_soon_as_they_are_built(tmp_path: Path, is_enabled: bool) -> None:
    """What is kept until the process ends takes Python longer to let go of."""
    (tmp_path / "docs").mkdir()
    for name in ("a", "b"):
        (tmp_path / "docs" / f"{name}.md").write_text(POST, "utf-8")
    options = {"enabled": is_enabled, "image_credits": {"site_page": "images.md"}}
    settings = {"site_name": "S", "plugins": [{"anp": options}, "search"]}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    watch = config.plugins["watch"] = _Watch()
    build(config)
    assert "A" in (tmp_path / "site/a/index.html").read_text("utf-8")
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert watch.page() is None
