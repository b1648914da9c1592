"""The command `mkdocs-anp new`, on real sites."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checkout import check_run
from tests.test_check_command import COMMAND, DOCS, here, invoke, refused, site, told, write_site

__all__ = ["here", "site"]  # fixtures


def made(*arguments: object) -> Path:
    """Make a post, and return the path that the command tells."""
    result = invoke("new", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return Path(result.stdout.rstrip("\n"))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    "name", ["posts/my-note.md", "docs/posts/my-note.md", "./docs/x/../posts/my-note.md"]
)
def test_a_post_below_docs_however_it_is_named(site: Path, name: str) -> None:
    assert made(name) == Path("docs/posts/my-note.md")
    text = (site / "docs" / "posts" / "my-note.md").read_text("utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["title"], front["date"]) == ("My note", date.today())
    assert "\n# My note\n" in text


def test_an_absolute_path(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(site / "docs" / "a.md") == Path("docs/a.md")
    monkeypatch.chdir(site.parent)
    assert made("-f", site / "mkdocs.yml", site / "docs" / "b.md") == Path(site.name, "docs/b.md")
    assert made("-f", site / "mkdocs.yml", "c.md") == Path(site.name, "docs/c.md")


def test_from_a_folder_below_docs(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "docs" / "posts")
    assert made("-f", "../../mkdocs.yml", "own.md") == Path("own.md")
    assert made("-f", "../../mkdocs.yml", "../up.md") == site / "docs" / "up.md"


def test_folders_are_made_and_the_title_is_taken(site: Path) -> None:
    made("a/b/c/x.md", "--title", "Some: title #1")
    text = (site / "docs/a/b/c/x.md").read_text("utf-8")
    assert yaml.safe_load(text.split("---\n")[1])["title"] == "Some: title #1"


def test_a_new_post_has_no_problem(here: Path) -> None:
    fields: dict[str, dict[str, Any]] = {
        "audience": {"type": "choice", "choices": ["all", "some"], "label": "For whom"}
    }
    write_site(here, DOCS, {"fields": fields})
    made("posts/first.md")
    made("posts/second.md")
    assert told("docs/posts/first.md", "docs/posts/second.md") == []
    assert "\n  audience: " in (here / "docs/posts/first.md").read_text("utf-8")

    fields["audience"]["required"] = True
    write_site(here, DOCS, {"fields": fields})
    assert told("docs/posts/first.md") == [("docs/posts/first.md", "missing-field")]


def test_what_is_there_stays(site: Path) -> None:
    before = (site / "docs" / "good.md").read_bytes()
    expected = "Error: docs/good.md is there already; name another file\n"
    assert refused("new", "good.md") == expected
    assert refused("new", "docs/good.md") == expected
    assert (site / "docs" / "good.md").read_bytes() == before
    (site / "docs" / "folder.md").mkdir()
    assert "is there already" in refused("new", "folder.md")
    assert "docs/good.md is a file, not a folder" in refused("new", "good.md/a.md")
    assert "Not a directory" in refused("new", "good.md/a/b.md")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../a.md", "is not in the docs directory"),
        ("posts/../../a.md", "is not in the docs directory"),
        ("/anp-new/a.md", "is not in the docs directory"),
        ("a.txt", "end it with .md"),
        ("a", "end it with .md"),
        (".md", "end it with .md"),
        ("", "end it with .md"),
        ("posts/", "end it with .md"),
        ("docs", "end it with .md"),
        ("x" * 300 + ".md", "File name too long"),
    ],
)
def test_a_path_where_no_post_can_be(site: Path, name: str, message: str) -> None:
    before = files(site)
    assert message in refused("new", name)
    assert files(site) == before


def test_no_link_is_followed_out_of_docs(site: Path) -> None:
    outside = site / "outside"
    outside.mkdir()
    (site / "docs" / "out").symlink_to(outside)
    (site / "docs" / "dangling.md").symlink_to(outside / "a.md")
    (site / "docs" / "round").symlink_to("posts")
    for name in ("out/a.md", "docs/out/a.md", "dangling.md", "docs/dangling.md"):
        assert "is not in the docs directory" in refused("new", name)
    assert files(outside) == set()
    assert made("round/a.md") == Path("docs/posts/a.md")


def test_a_process(site: Path) -> None:
    output = check_run(*COMMAND, "new", "posts/my-note.md", cwd=site)
    assert output == "docs/posts/my-note.md\n"
    assert check_run(*COMMAND, "check", "--strict", "docs/posts/my-note.md", cwd=site)
