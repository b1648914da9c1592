"""Material's `meta` plugin: defaults of a folder are post meta like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.neighbours.sites import DOCS, Built, build

DEFAULTS = """\
post_meta:
  topic: from the folder
  reference: 0123
  hash: 0777
  difficulty: advanced
  revision: {status: draft, version: 1.10}
  flags: {needs_human_review: yes}
"""
BARE = "# No front matter\n\nText.\n"


def build_with(tmp_path: Path, docs: dict[str, str], meta: Any = "meta") -> Built:
    """Build a site with the plugin `meta` and these files besides the usual ones."""
    site = build(tmp_path / "site", [meta, "anp"], docs={**DOCS, **docs})
    assert site.status == 0, site.log
    assert site.warnings == []
    return site


def test_defaults_give_a_page_its_box(tmp_path: Path) -> None:
    site = build_with(tmp_path, {"notes/.meta.yml": DEFAULTS, "notes/bare.md": BARE})

    fields = site.fields("notes/bare/index.html")
    assert fields["topic"] == "from the folder"
    assert fields["reference"] == "0123"  # as written, not 83
    assert fields["hash"] == "0777"
    assert fields["revision.version"] == "1.10"
    assert fields["difficulty"] == "advanced"
    assert fields["flags.needs_human_review"] == "yes"
    assert site.pages_with_our_parts() == {"notes/bare/index.html", "post/index.html"}


def test_the_page_wins_over_its_folder(tmp_path: Path) -> None:
    own = "---\npost_meta:\n  revision: {version: 2.20}\n  hash: 0666\n---\n# Own\n"
    site = build_with(tmp_path, {"notes/.meta.yml": DEFAULTS, "notes/own.md": own})

    fields = site.fields("notes/own/index.html")
    assert fields["revision.version"] == "2.20"
    assert fields["revision.status"] == "draft"
    assert fields["hash"] == "0666"
    assert fields["reference"] == "0123"


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    nearer = "post_meta: {reference: 0456, revision: {version: 3.30}}\n"
    site = build_with(
        tmp_path,
        {
            "notes/.meta.yml": DEFAULTS,
            "notes/deep/.meta.yml": nearer,
            "notes/deep/er/bare.md": BARE,
        },
    )

    fields = site.fields("notes/deep/er/bare/index.html")
    assert fields["reference"] == "0456"
    assert fields["revision.version"] == "3.30"
    assert fields["revision.status"] == "draft"
    assert fields["hash"] == "0777"


def test_the_folder_of_all_pages(tmp_path: Path) -> None:
    site = build_with(tmp_path, {".meta.yml": DEFAULTS, "notes/bare.md": BARE})

    assert site.fields("notes/bare/index.html")["revision.version"] == "1.10"
    assert site.fields("index.html")["revision.version"] == "1.10"
    assert site.fields("post/index.html")["topic"] == "quokkabox topic"


def test_lists_of_page_and_folder_are_joined_as_written(tmp_path: Path) -> None:
    """The plugin puts the folder's items before the page's: their places move."""
    own = "---\npost_meta:\n  notes: [1.10, 0123]\n---\n# Own\n"
    site = build_with(
        tmp_path, {"notes/.meta.yml": "post_meta: {notes: [2.50, no]}\n", "notes/own.md": own}
    )

    items = site.box("notes/own/index.html").select("[data-anp-field=notes] li")
    assert [item.get_text(strip=True) for item in items] == ["2.50", "no", "1.10", "0123"]


def test_defaults_can_switch_the_box_off(tmp_path: Path) -> None:
    site = build_with(
        tmp_path,
        {
            "quiet/.meta.yml": "anp: {meta_box: false, similar_posts: false}\n",
            "quiet/post.md": "---\npost_meta: {topic: quiet}\n---\n# Quiet\n",
        },
    )

    assert site.pages_with_our_parts() == {"post/index.html"}


def test_a_file_of_defaults_by_another_name(tmp_path: Path) -> None:
    site = build_with(
        tmp_path,
        {"notes/defaults.yml": DEFAULTS, "notes/bare.md": BARE},
        meta={"meta": {"meta_file": "defaults.yml"}},
    )

    fields = site.fields("notes/bare/index.html")
    assert fields["topic"] == "from the folder"
    assert fields["revision.version"] == "1.10"
    assert fields["reference"] == "0123"


def test_defaults_that_the_plugin_gives_to_a_folder_with_a_longer_name(tmp_path: Path) -> None:
    """`notes` catches `notes-old` too (Material compares without a slash): as written there."""
    site = build_with(tmp_path, {"notes/.meta.yml": DEFAULTS, "notes-old/bare.md": BARE})

    assert site.fields("notes-old/bare/index.html")["revision.version"] == "1.10"
