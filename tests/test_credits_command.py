"""The command `mkdocs-anp credits`, also with a server that answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_anp.cli import main
from tests.images import image_server


def site(folder: Path, pages: dict[str, str], **options: object) -> Path:
    """Write a site, and return its configuration."""
    (folder / "docs").mkdir()
    for name, text in pages.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    config = folder / "mkdocs.yml"
    settings = {
        "site_name": "Site",
        "theme": "material",
        "plugins": [{"anp": options}],
        "markdown_extensions": ["attr_list"],
    }
    config.write_text(yaml.safe_dump(settings), "utf-8")
    return config


def page(host: str) -> str:
    """Return a post with one image."""
    return (
        "---\npost_meta:\n  image_sources:\n"
        f"    - {{source: x, url: '{host}/a.jpg', page: '{host}/page', caption: A}}\n"
        f"---\n# A\n\n![Alt]({host}/a.jpg?w=200)\n\n![Gone]({host}/gone.jpg){{ .no-credit }}\n"
    )


def run(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["credits", "-f", str(config), *arguments])


def test_the_list(tmp_path: Path) -> None:
    config = site(tmp_path, {"a.md": page("https://a.example"), "b.md": "# No post\n"})
    result = run(config)
    assert result.exit_code == 0, result.output
    assert "a.md: 'https://a.example/a.jpg?w=200': x" in result.output
    rows = json.loads(run(config, "--json").output)
    assert [(row["src"], row["source"], row["place"]) for row in rows] == [
        ("https://a.example/a.jpg?w=200", "x", "alone")
    ]


def test_all_answer(tmp_path: Path) -> None:
    with image_server() as (host, requests):
        config = site(tmp_path, {"a.md": page(host).split("![Gone]")[0]})
        result = run(config, "--online", "--timeout", "5")
        assert result.exit_code == 0, result.output
        assert "3 addresses (3 asked now): all answer" in result.output
        assert sorted(requests) == ["HEAD /a.jpg", "HEAD /a.jpg?w=200", "HEAD /page"]
        requests.clear()
        again = run(config, "--online")
        assert "3 addresses (0 asked now): all answer" in again.output
        assert requests == []
        assert "(3 asked now)" in run(config, "--online", "--max-age", "0").output
    lock = json.loads((tmp_path / "image-credits.lock.json").read_text("utf-8"))
    assert {answer["status"] for answer in lock["addresses"].values()} == {200}


def test_the_dead_are_told_with_their_place(tmp_path: Path) -> None:
    with image_server({"/page": 404, "/a.jpg": 301}) as (host, requests):
        config = site(tmp_path, {"a.md": page(host)})
        result = run(config, "--online")
        assert result.exit_code == 1, result.output
        assert "a.md:4:" in result.output
        assert "warning[dead-address] post_meta.image_sources.0.page: it answers 404" in (
            result.output
        )
        assert result.output.count("dead-address") == 1
        assert "GET /page" in requests  # some hosts know no HEAD
        assert run(config, "--online").exit_code == 1  # a dead one is asked again
    lock = json.loads((tmp_path / "image-credits.lock.json").read_text("utf-8"))
    assert lock["addresses"][f"{host}/a.jpg"]["moved_to"] == f"{host}/moved.jpg"


def test_a_host_that_is_not_there(tmp_path: Path) -> None:
    config = site(tmp_path, {"a.md": page("http://127.0.0.1:9")})
    result = run(config, "--online", "--timeout", "2", "--parallel", "2")
    assert result.exit_code == 1
    assert "it does not answer (ConnectionError)" in result.output


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 99}', '{"version": 1}'])
def test_a_foreign_lock_is_not_overwritten(tmp_path: Path, text: str) -> None:
    config = site(tmp_path, {"a.md": page("http://127.0.0.1:9")})
    lock = tmp_path / "image-credits.lock.json"
    lock.write_text(text, "utf-8")
    result = run(config, "--online")
    assert result.exit_code == 2
    assert "delete it to begin anew" in result.output
    assert lock.read_text("utf-8") == text


def test_wrong_use(tmp_path: Path) -> None:
    config = site(tmp_path, {"a.md": "# A\n"}, image_credits=False)
    assert run(config).exit_code == 2
    assert run(config, "--parallel", "0").exit_code == 2
    assert run(config, "--timeout", "soon").exit_code == 2
