"""What a build loads: nothing of features that are off, which takes longer than small sites."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

POST = """---
post_meta:
  topic: A topic
  score: {quality: 90}
  checklist: [Do this]
  view_count: 12
---
# A post

![An image](https://images.example/a.png)
"""
BUILD = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config

build(load_config("mkdocs.yml"))
print(*sys.modules)
"""
# Parts of the names of modules, by the feature that they are of.
MODULES = {
    "image_credits": (
        ".image_credits",
        ".image_captions",
        ".page_images",
        ".credits_page",
        ".structured_data",
    ),
    "checklist": (".checklist", ".checklists"),
    "similar_posts": (".similar_posts", ".post_cards", ".core.post_index", "numpy"),
}


def loaded(directory: Path, *features: str) -> set[str]:
    """Return the modules that a build has loaded at its end, with these features on."""
    options = "".join(f"      {name}: {str(name in features).lower()}\n" for name in MODULES)
    config = f"site_name: Imports\nplugins:\n  - anp:\n      validation: false\n{options}"
    (directory / "docs").mkdir()
    (directory / "docs" / "index.md").write_text(POST, "utf-8")
    (directory / "mkdocs.yml").write_text(config, "utf-8")
    command = [sys.executable, "-c", BUILD]
    done = subprocess.run(command, cwd=directory, check=True, capture_output=True, text=True)
    html = (directory / "site" / "index.html").read_text("utf-8")
    assert 'data-anp="meta_box"' in html
    return set(done.stdout.split())


@pytest.mark.parametrize("features", [(), *((name,) for name in MODULES)], ids=str)
def test_modules_of_a_feature_are_loaded_where_it_is_on(
    tmp_path: Path, features: tuple[str, ...]
) -> None:
    modules = loaded(tmp_path, *features)
    for feature, parts in MODULES.items():
        found = {name for name in modules for part in parts if f"{part}." in f".{name}."}
        found -= {name for name in found if name.startswith("mkdocs_anp.options")}
        if feature in features:
            assert found
        elif not features:
            assert found == set()


def test_what_few_pages_need_is_not_loaded_for_all(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "image_credits")
    own = {name.rpartition(".")[2] for name in modules if ".image_credits." in name}
    assert "plain_figures" in own
    assert own.isdisjoint({"figures", "tags", "raw_html", "embedded", "online", "places"})
    assert modules.isdisjoint({"difflib", "PIL", "mkdocs_anp.credits_page"})
