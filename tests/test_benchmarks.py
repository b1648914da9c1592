"""The benchmarks run and print what they promise; their figures are no matter of tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import readme
from tests.benchmarks.harness import Run, compare
from tests.benchmarks.overhead import Posts
from tests.benchmarks.relevance import document_of, ndcg, scored
from tests.checkout import ROOT


def line(name: str, *options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", *options],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    [text] = done.stdout.splitlines()
    return dict(json.loads(text))


@pytest.mark.slow
def test_overhead_prints_one_line() -> None:
    figures = line("overhead", "--count", "5", "--pairs", "1", "--features", "meta_box")
    assert figures["benchmark"] == "overhead"
    assert figures["features"] == ["meta_box"]
    assert figures["ratio"]["min"] <= figures["ratio"]["median"] <= figures["ratio"]["max"]
    assert figures["ratio_of_least"] == figures["ratio"]["median"]  # of one pair
    assert all(seconds["median"] > 0 for seconds in figures["cpu_seconds"])
    assert figures["site_megabytes"][0] > figures["site_megabytes"][1]
    assert figures["versions"]["mkdocs"]


@pytest.mark.slow
def test_a_feature_that_is_off_costs_no_bytes() -> None:
    sizes = [
        line("overhead", "--count", "30", "--pairs", "1", "--features", *features)["site_megabytes"]
        for features in (["meta_box", "glance"], ["meta_box"], [])
    ]
    assert sizes[0][0] > sizes[1][0] > sizes[2][0]


@pytest.mark.slow
def test_synth_prints_one_line() -> None:
    # Fewer posts take less time than two starts of Python differ by.
    figures = line("synth", "--count", "5000", "--pairs", "1")
    assert figures["benchmark"] == "synth"
    assert figures["posts_per_second"]["median"] > 0
    assert figures["bytes_per_post"] > 1000


def test_loading_prints_one_line() -> None:
    figures = line("loading", "--count", "5", "--pairs", "2")
    assert figures["benchmark"] == "loading"
    assert 0 < figures["ratio"]["min"] <= figures["ratio"]["max"]
    assert all(taken["min"] > 0 for taken in figures["microseconds_a_post"])


def test_a_command_that_fails_says_what_it_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.overhead", "--count", "-1", "--pairs", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "count" in done.stderr


def test_the_readme_has_the_place_of_the_figures() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count(readme.START) == text.count(readme.END) == 1
    assert text.index(readme.START) < text.index(readme.END)


def test_the_table_has_a_row_for_each_command() -> None:
    runs = [[Run(cpu, 10**6) for cpu in seconds] for seconds in ([2.2, 2.0, 3.3], [1.0, 1.6, 1.1])]
    figures = compare(*runs)
    assert figures["ratio"] == {"median": 2.2, "min": 1.25, "max": 3.0}
    assert figures["ratio_of_least"] == 2.0
    several = {**figures, "pairs": 3, "site_megabytes": [2.6, 1.2]}
    once = {**several, "pairs": 1}
    rows = [readme.row("`one`", several), readme.row("`two`", once)]
    assert rows == [
        "| `one` | 2.2 (1.25 to 3.0) | 2.0 | 1.0 / 1.0 | 3 / 1 |",
        "| `two` | 2.2 | 2.0 | 1.0 / 1.0 | 3 / 1 |",
    ]
    assert {line.count("|") for line in (*readme.HEAD, *rows)} == {6}


def test_one_command_may_be_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = compare(*([[Run(cpu, 10**6)] for cpu in (2.0, 1.0)]))
    once = {**figures, "pairs": 1, "site_megabytes": [2.6, 1.2]}
    monkeypatch.setattr(readme, "measured", lambda name, options: once)
    commands = [readme.command("overhead", options) for options in (*readme.OVERHEAD, readme.NAV)]
    rows = [f"| {command} | 1 | 1 | 1 / 1 | 1 / 1 |" for command in commands]
    before = "\n".join(
        ["Measured.", "", *readme.HEAD, *rows[:-1], "| old | 2 | 2 |", rows[-1], "", "More."]
    )
    new = f"| {commands[-1]} | 2.0 | 2.0 | 1.0 / 1.0 | 3 / 1 |"
    after = "\n".join(["Measured.", "", *readme.HEAD, *rows[:-1], new, "", "More."])
    assert readme.with_rows_of(before, "--nav auto") == after
    with pytest.raises(SystemExit, match="no command"):
        readme.with_rows_of(before, "--no-such-option")
    with pytest.raises(SystemExit, match="never measured"):
        readme.with_rows_of(before.replace(rows[0], ""), "--nav auto")


def test_gain_is_discounted_by_place() -> None:
    assert ndcg(["a", "b"], ["a", "b"]) == 1
    assert ndcg(["x", "y"], ["a", "b"]) == 0
    assert 0 < ndcg(["x", "a"], ["a", "b"]) < ndcg(["a", "x"], ["a", "b"]) < 1
    # Five is all that five places can hold.
    assert ndcg(list("abcde"), "abcdefgh") == 1


def test_truth_is_only_for_scoring_and_never_the_page_itself() -> None:
    pages = [{"id": "a", "gt": ["a", "b", "c", "gone"]}, {"id": "b", "gt": ["c"]}, {"id": "c"}]
    figures = scored({"a": ["a", "c", "b"], "b": [], "c": ["a"]}, pages)
    assert figures["scored"] == 1
    assert figures["ndcg@5"] == figures["recall@5"] == figures["mrr@10"] == 1
    assert figures["coverage"] == pytest.approx(2 / 3, abs=1e-4)
    truths = [document_of({"id": "a", "gt": truth}) for truth in ([], ["b"])]
    assert truths[0] == truths[1]


@pytest.mark.slow
def test_similar_posts_prints_one_line() -> None:
    figures = line("similar_posts", "--count", "60", "--meta-only", "--sample", "20")
    assert figures["overlap"] > 0.9
    assert figures["theme_ndcg@5"] > 0.5
    assert figures["edited"]["median"] >= 0


@pytest.mark.slow
def test_relevance_prints_one_line(tmp_path: Path) -> None:
    words = ["kafka lag", "kafka lag", "kafka lag", *["redis", "nginx", "rust", "python", "django"]]
    pages = [{"id": f"{n}", "body": text, "gt": ["0", "1", "2"]} for n, text in enumerate(words)]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(map(json.dumps, pages)))
    figures = line("relevance", str(path), "--methods", "engine", "tag_jaccard")
    assert figures["engine"]["ndcg@5"] > figures["tag_jaccard"]["ndcg@5"]


@pytest.mark.slow
def test_posts_may_all_have_so_many_images(tmp_path: Path) -> None:
    Posts(12, "1", images=3).write(tmp_path)
    posts = list((tmp_path / "docs").rglob("*.md"))
    texts = [post.read_text("utf-8") for post in posts]
    assert [text.count("\n![") for text in texts] == [3] * 12
    assert not any(".md)" in text for text in texts)
