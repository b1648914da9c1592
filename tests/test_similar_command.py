"""The command `mkdocs-anp similar`: what a post's section names, and what a weight does."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_anp.cli import main

TEXT = "---\npost_meta: {{topic: {topic}}}\n{more}---\n# {title}\n\n{body}\n"
KAFKA = "Consumers of a broker commit offsets, and partitions are rebalanced."
BREAD = "Flour, yeast and salt; the loaf is baked at last."


def post(title: str, body: str, topic: str = "x", more: str = "") -> str:
    return TEXT.format(title=title, body=body, topic=topic, more=more)


PAGES = {
    "index.md": "# Home\n",
    "kafka/lag.md": post("Kafka lag", f"{KAFKA} See [tuning](tuning.md).", "kafka"),
    "kafka/tuning.md": post("Kafka tuning", f"{KAFKA} Batches.", "kafka", "tags: [fast]\n"),
    "bread.md": post("Bread", BREAD, "baking"),
    "rolls.md": post("Rolls", f"{BREAD} Small.", "baking", "tags: [fast]\n"),
    "pinned.md": post(
        "Pinned", "Nothing.", "y", "anp: {similar_posts: {pin: [bread.md, index.md], limit: 3}}\n"
    ),
    "off.md": post("Off", "Nothing.", "z", "anp: {similar_posts: false}\n"),
}


def project(folder: Path, pages: dict[str, str], **options: Any) -> Path:
    """Write a site, and return its configuration."""
    for name, text in pages.items():
        (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(text, "utf-8")
    settings = {"site_name": "Site", "theme": "material", "plugins": [{"anp": options}]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    return folder / "mkdocs.yml"


def run(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["similar", "-f", str(config), *arguments])


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("similar"), PAGES)


def page(config: Path, name: str) -> str:
    """Return the path of a page, as a terminal has it."""
    return str(config.parent / "docs" / name)


def test_the_list_of_a_post(config: Path) -> None:
    result = run(config, page(config, "kafka/lag.md"))
    assert result.exit_code == 0, result.output
    first, second, parts, words, *_ = result.output.splitlines()
    assert first.endswith("docs/kafka/lag.md")
    assert second.startswith("  1. ") and second.endswith("docs/kafka/tuning.md")
    score = float(second.split()[1])
    names = [part.rpartition(" ") for part in parts.strip().removeprefix("parts: ").split(", ")]
    assert {name for name, _, _ in names} >= {"text", "links"}
    assert sum(float(share) for *_, share in names) == pytest.approx(score, abs=0.01)
    assert words.strip().startswith("words: ")
    assert any(word in words for word in ("kafka", "consumers", "offsets"))
    assert "bread.md" not in result.output.split("2.")[0]


def test_all_posts_and_a_folder(config: Path) -> None:
    posts = sorted(name for name in PAGES if name != "index.md")
    assert sorted(json.loads(run(config, "--json").stdout)) == posts
    found = json.loads(run(config, "--json", page(config, "kafka")).stdout)
    assert sorted(found) == ["kafka/lag.md", "kafka/tuning.md"]


def test_pins_and_what_stands_in(config: Path) -> None:
    result = run(config, page(config, "pinned.md"))
    assert "bread.md  (pinned)" in result.output and "index.md  (pinned)" in result.output
    result = run(config, page(config, "off.md"))
    assert result.exit_code == 0
    assert "it has no section" in result.output
    rows = json.loads(run(config, "--json", page(config, "pinned.md")).stdout)["pinned.md"]
    assert [row["origin"] for row in rows][:2] == ["pin", "pin"]
    assert "parts" not in rows[1]  # no post: nothing is known of its text


def test_nothing_is_similar(tmp_path: Path) -> None:
    config = project(tmp_path, PAGES, similar_posts={"min_score": 1})
    lines = run(config, page(config, "bread.md")).output.splitlines()
    assert lines[1].startswith("  1. 0.000  ")
    assert lines[1].endswith("docs/rolls.md  (nothing similar may be named: the same topic)")
    assert any(line.endswith("(nothing similar may be named: the same section)") for line in lines)
    assert any(line.endswith("(nothing similar may be named: one of the newest)") for line in lines)


def sections(site: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Return address, score and origin of all that each page of a built site names."""
    found = {}
    for path in site.rglob("*.html"):
        rows = BeautifulSoup(path.read_text("utf-8"), "html.parser").select("li[data-anp-score]")
        for row in rows:
            address = (path.parent / str(row.a["href"])).resolve()
            name = address.relative_to(site.resolve()).as_posix()
            entry = (name, str(row["data-anp-score"]), str(row["data-anp-origin"]))
            found.setdefault(path.parent.relative_to(site).as_posix(), []).append(entry)
    return found


def test_it_is_the_section_of_a_build(config: Path, tmp_path: Path) -> None:
    listed = json.loads(run(config, "--json").stdout)
    build(load_config(str(config), site_dir=str(tmp_path)))
    built = sections(tmp_path)
    assert len(built) == 5
    for source, rows in listed.items():
        told = [
            (
                row["file"].removesuffix(".md").replace("index", "."),
                f"{row['score']:.3f}",
                row["origin"],
            )
            for row in rows
        ]
        assert built.get(source.removesuffix(".md"), []) == told, source


def test_json_has_all_that_a_score_is_made_of(config: Path) -> None:
    rows = json.loads(run(config, "--json", page(config, "kafka/lag.md")).stdout)["kafka/lag.md"]
    first = rows[0]
    assert first["file"] == "kafka/tuning.md" and first["origin"] == "similar"
    assert sum(first["parts"].values()) == pytest.approx(first["score"], abs=1e-4)
    assert first["reasons"]["linked_here"] is True
    assert len(first["words"]) <= 8


def test_a_weight_counts_on_top_of_those_of_the_site(config: Path, tmp_path: Path) -> None:
    def score(config: Path, *weights: str) -> dict[str, float]:
        arguments = [text for weight in weights for text in ("--weight", weight)]
        found = json.loads(run(config, "--json", *arguments, page(config, "rolls.md")).stdout)
        return {row["file"]: row["parts"].get("tags", 0) for row in found["rolls.md"]}

    plain = score(config)
    assert plain["kafka/tuning.md"] > 0
    assert score(config, "tags = 3")["kafka/tuning.md"] > 1.5 * plain["kafka/tuning.md"]
    assert score(config, "tags=0").get("kafka/tuning.md", 0) == 0
    assert score(config, "tags=9", "text=0") != score(config, "tags=9")
    doubled = project(tmp_path, PAGES, similar_posts={"weights": {"tags": 2}})
    assert score(doubled, "tags=1.5") == score(config, "tags=3")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--weight", "tag=1"], "'tag' is no signal"),
        (["--weight", "tags=-1"], "the weight of tags is a number from 0 to 100, not -1"),
        (["--weight", "tags=nan"], "the weight of tags is a number from 0 to 100"),
        (["--weight", "tags=much"], "--weight tags=much: write a name and a number: tags=2"),
        (["--weight", "tags"], "--weight tags: write a name and a number"),
        (["--weight", "=1"], "'' is no signal"),
        (["docs/index.md"], "none of these pages is a post"),
        (["docs/gone.md"], "gone.md"),
        (["mkdocs.yml"], "mkdocs.yml"),
        (["--wait"], "--wait"),
    ],
)
def test_wrong_use(
    config: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(config.parent)
    result = run(config, *arguments)
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("options", [{"similar_posts": False}, {"enabled": False}])
def test_switched_off(tmp_path: Path, options: dict[str, Any]) -> None:
    result = run(project(tmp_path, PAGES, **options))
    assert result.exit_code == 2
    assert "similar_posts is switched off in mkdocs.yml" in result.output


def test_no_plugin_and_no_posts(tmp_path: Path) -> None:
    config = project(tmp_path, {"index.md": "# Home\n"})
    assert run(config).exit_code == 2
    config.write_text("site_name: Site\nplugins: []\n", "utf-8")
    result = run(config)
    assert result.exit_code == 2 and "anp" in result.output
    assert run(tmp_path / "no.yml").exit_code == 2


def test_a_wrong_option_of_the_site(tmp_path: Path) -> None:
    result = run(project(tmp_path, PAGES, similar_posts={"limit": 0}))
    assert result.exit_code == 2
    assert "limit" in result.output and "Traceback" not in result.output


def test_a_build_of_a_site_with_errors_is_carried_out(tmp_path: Path) -> None:
    """What is wrong with the front matter is told by `check`, not here."""
    pages = {**PAGES, "wrong.md": "---\npost_meta: {view_count: -5}\n---\n# Wrong\n"}
    config = project(tmp_path, pages, validation={"level": "error"})
    result = run(config, page(config, "bread.md"))
    assert result.exit_code == 0, result.output
    assert "rolls.md" in result.output
    assert "view_count" not in result.output


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    config = project(tmp_path, PAGES)
    level = logging.getLogger("mkdocs").level
    assert run(config).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "docs", "mkdocs.yml"]
    assert logging.getLogger("mkdocs").level == level
