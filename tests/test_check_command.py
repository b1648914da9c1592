"""The command `mkdocs-anp check`, on real sites."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_anp.cli import main
from tests.checkout import check_run, clean_environment
from tests.checkout import run as run_process

GOOD = "---\ntitle: Good\npost_meta:\n  topic: jobs\n---\n# Good\n"
WRONG = "---\ntitle: Wrong\npost_meta:\n  topic: jobs\n  difficulty: begginer\n---\n# Wrong\n"
HINT = "---\ntitle: Hint\npost_meta:\n  hash: 0123\n---\n# Hint\n"
DOCS = {"index.md": "# Home\n", "good.md": GOOD, "posts/wrong.md": WRONG, "posts/hint.md": HINT}
COMMAND = [sys.executable, "-m", "mkdocs_anp.cli"]
ESCAPE = "\x1b["

pseudo_terminal = pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")


def write_site(
    folder: Path,
    docs: Mapping[str, str | bytes] = DOCS,
    options: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Path:
    """Write a site, and return its folder."""
    config = {"site_name": "Site", "theme": "material", "plugins": [{"anp": dict(options or {})}]}
    config.update(settings)
    files = {"mkdocs.yml": yaml.safe_dump(config), **{f"docs/{k}": v for k, v in docs.items()}}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def invoke(*arguments: object) -> Result:
    """Run the command in this process; an error that it does not handle is one of the test."""
    return CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)


def check(*arguments: object) -> Result:
    return invoke("check", *arguments)


def refused(*arguments: object) -> str:
    """Run a command, which has to refuse in one line, and return what it says."""
    result = invoke(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    return result.stderr


def problems(*arguments: object) -> list[dict[str, Any]]:
    """Return the problems that a run tells as JSON."""
    result = check("--format", "json", *arguments)
    assert result.stderr == ""
    document = json.loads(result.stdout)
    assert result.exit_code == (any(p["level"] != "info" for p in document["problems"]))
    found: list[dict[str, Any]] = document["problems"]
    return found


def told(*arguments: object) -> list[tuple[str, str]]:
    """Return file and code of each problem."""
    return [(problem["file"], problem["code"]) for problem in problems(*arguments)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, which is empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def site(here: Path) -> Path:
    """Return the folder of a site, which is the working directory."""
    return write_site(here)


# Exit status and report


def test_a_problem_gives_1_and_the_report(site: Path) -> None:
    result = check("docs/posts/wrong.md")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout == (
        "docs/posts/wrong.md:5:15: warning[not-a-choice] post_meta.difficulty: "
        "'begginer' is not one of: beginner, intermediate, advanced, expert\n"
        "  5 |   difficulty: begginer\n"
        "    |               ^^^^^^^^\n"
        "    = help: write beginner\n"
        "\n"
        "1 warning in 1 of 1 file\n"
    )


def test_a_site_in_order_gives_0(here: Path) -> None:
    write_site(here, {"index.md": "# Home\n", "good.md": GOOD})
    result = check()
    assert (result.exit_code, result.output) == (0, "no problems in 2 files\n")


def test_hints_give_0_and_with_strict_1(site: Path) -> None:
    result = check("docs/posts/hint.md")
    assert (result.exit_code, "info[unquoted-text]" in result.stdout) == (0, True)
    assert check("--strict", "docs/posts/hint.md").exit_code == 1
    assert check("--strict", "docs/good.md").exit_code == 0


def test_problems_are_sorted_by_file_and_position(site: Path) -> None:
    (site / "docs" / "a.md").write_text("---\npost_meta:\n  topik: x\n  score: high\n---\n")
    found = [(problem["file"], problem["line"]) for problem in problems()]
    assert found == sorted(found)
    assert [file for file, _ in found] == ["docs/a.md"] * 2 + [
        "docs/posts/hint.md",
        "docs/posts/wrong.md",
    ]


# Paths


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["docs/posts/wrong.md"], 1),
        (["docs/posts/wrong.md", "docs/posts/wrong.md"], 1),
        (["docs/good.md"], 0),
        (["docs/posts"], 2),
        (["docs/posts/"], 2),
        (["docs/good.md", "docs/posts/hint.md"], 1),
        (["docs"], 2),
        (["."], 2),
        (["docs/../docs/posts"], 2),
    ],
    ids=str,
)
def test_paths_restrict(site: Path, paths: list[str], expected: int) -> None:
    assert len(told(*paths)) == expected
    assert len(told(*(site / path for path in paths))) == expected


def test_a_path_is_one_of_the_working_directory(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "docs" / "posts")
    assert len(problems("-f", "../../mkdocs.yml", "wrong.md")) == 1
    assert "there is no file or folder docs" in refused("check", "-f", "../../mkdocs.yml", "docs")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("docs/missing.md", "there is no file or folder docs/missing.md"),
        ("docs/broken.md", "there is no file or folder docs/broken.md"),
        ("mkdocs.yml", "mkdocs.yml is not in the docs directory"),
        ("docs/../mkdocs.yml", "is not in the docs directory"),
        ("other", "other is not in the docs directory"),
        ("docs/picture.svg", "docs/picture.svg is no page of this site"),
        ("docs/empty", "docs/empty is no page of this site"),
        ("docs/.hidden.md", "docs/.hidden.md is no page of this site"),
        ("docs/drafts", "docs/drafts is no page of this site"),
        ("docs/excluded.md", "docs/excluded.md is no page of this site"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_path_that_leads_to_no_page(here: Path, path: str, message: str) -> None:
    more = dict.fromkeys(("picture.svg", ".hidden.md", "drafts/a.md", "excluded.md"), WRONG)
    write_site(here, {**DOCS, **more}, draft_docs="drafts/", exclude_docs="excluded.md")
    for folder in ("docs/empty", "other"):
        (here / folder).mkdir()
    (here / "docs" / "broken.md").symlink_to("nowhere")
    assert message in refused("check", "docs/good.md", path)


def test_drafts_and_excluded_pages_are_not_checked(here: Path) -> None:
    docs = {**DOCS, "drafts/a.md": WRONG, "excluded.md": WRONG, ".hidden.md": WRONG}
    write_site(here, docs, draft_docs="drafts/", exclude_docs="excluded.md")
    assert {file for file, _ in told()} == {"docs/posts/wrong.md", "docs/posts/hint.md"}
    write_site(here, docs)
    assert {file for file, _ in told()} >= {"docs/drafts/a.md", "docs/excluded.md"}


def test_a_page_may_be_a_link(site: Path) -> None:
    outside = site / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(WRONG)
    (site / "docs" / "link.md").symlink_to(outside / "a.md")
    (site / "docs" / "folder").symlink_to(outside)
    assert told("docs/link.md") == [("docs/link.md", "not-a-choice")]
    assert told("docs/folder") == [("docs/folder/a.md", "not-a-choice")]
    assert "is not in the docs directory" in refused("check", "outside/a.md")


def test_the_site_may_be_reached_through_a_link(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(site)
    assert len(told(link / "docs" / "posts" / "wrong.md")) == 1


# The configuration


def test_a_site_elsewhere(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "below").mkdir()
    monkeypatch.chdir(site.parent)
    name = site.name
    assert told("-f", f"{name}/mkdocs.yml")[0][0] == f"{name}/docs/posts/hint.md"
    assert len(told("--config-file", site / "mkdocs.yml", f"{name}/docs/posts/wrong.md")) == 1


def test_the_other_name_of_the_configuration(site: Path) -> None:
    (site / "mkdocs.yml").rename("mkdocs.yaml")
    assert len(told()) == 2


def test_there_is_no_site(here: Path) -> None:
    assert refused("check") == "Error: there is no mkdocs.yml here; name it with -f\n"
    assert refused("check", "-f", "other.yml") == "Error: there is no file other.yml\n"
    assert "there is no file" in refused("check", "-f", here)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Config value 'site_name'"),
        ("- a list\n", "Expected a key-value mapping"),
        ("site_name: [\n", "line 2, column 1"),
        ("site_name: \xff\n", "mkdocs.yml"),
        ("site_name: a\nplugins: [nobody-has-this]\n", '"nobody-has-this" plugin is not installed'),
        ("site_name: a\nplugins: [search]\n", "the plugin anp is not in the plugins of mkdocs.yml"),
        ("site_name: a\n", "the plugin anp is not in the plugins of mkdocs.yml"),
        ("site_name: a\nplugins: [anp, anp]\n", "listed twice"),
        ("site_name: a\nplugins: [anp: {nav: x}]\n", "'nav'"),
        ("site_name: a\nplugins: [anp: {validation: {levl: off}}]\n", "'levl'"),
        ("site_name: a\nplugins: [anp: {validation: {level: loud}}]\n", "'loud' is not one of"),
        ("site_name: a\nplugins: [anp: {validation: {rules: {wrongtype: off}}}]\n", "wrong-type"),
        ("site_name: a\nplugins: [anp: {fields: {x: {type: nope}}}]\n", "'fields'"),
        ("site_name: a\nplugins: [anp]\ndocs_dir: missing\n", "'docs_dir'"),
    ],
)
def test_a_configuration_that_cannot_be_used(here: Path, text: str, message: str) -> None:
    write_site(here)
    (here / "mkdocs.yml").write_bytes(text.encode("latin-1"))
    for command in (["check"], ["fix"], ["schema"], ["new", "a.md"]):
        assert message in refused(*command)


@pytest.mark.parametrize(
    "options",
    [{"enabled": False}, {"validation": False}, {"validation": {"enabled": False}}],
    ids=str,
)
def test_what_is_switched_off_is_not_checked(here: Path, options: dict[str, Any]) -> None:
    write_site(here, DOCS, options)
    result = check("--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"files": 4, "problems": []}
    assert result.stderr == "validation is switched off in mkdocs.yml, so nothing is checked\n"
    assert "switched off" in refused("check", "--write-baseline")
    assert not (here / "anp-baseline.json").exists()
    assert "is no page" not in refused("check", "docs/missing.md")


# Formats


def test_json_is_one_document_and_tells_all(site: Path) -> None:
    result = check("--format", "json")
    document = json.loads(result.stdout)
    assert document["files"] == 4
    assert [list(problem) for problem in document["problems"]] == 2 * [
        ["file", "line", "column", "end_column", "level", "code", "field", "message", "help",
         "source"]
    ]  # fmt: skip
    assert document["problems"][1] == {
        "file": "docs/posts/wrong.md",
        "line": 5,
        "column": 15,
        "end_column": 23,
        "level": "warning",
        "code": "not-a-choice",
        "field": "post_meta.difficulty",
        "message": "'begginer' is not one of: beginner, intermediate, advanced, expert",
        "help": "write beginner",
        "source": "  difficulty: begginer",
    }
    output = check_run(*COMMAND, "check", "--format", "json", "docs/good.md", cwd=site)
    assert json.loads(output) == {"files": 1, "problems": []}


def github_lines(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as GitHub does."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(notice|warning|error) ([^:]*)::(.*)", line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match.group(2).split(","))
        decoded = {key: unescaped(value) for key, value in properties.items()}
        found.append((match.group(1), decoded, unescaped(match.group(3))))
    return found


def unescaped(text: str) -> str:
    for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def test_github_annotations_parse_back(site: Path) -> None:
    (site / "docs" / "a,b:50%.md").write_text("---\npost_meta:\n  '100%: a, b': x\n---\n")
    found = github_lines(check("--format", "github").stdout)
    assert [(kind, where["file"], where["title"]) for kind, where, _ in found] == [
        ("warning", "docs/a,b:50%.md", "unknown-field"),
        ("notice", "docs/posts/hint.md", "unquoted-text"),
        ("warning", "docs/posts/wrong.md", "not-a-choice"),
    ]
    assert (found[2][1]["line"], found[2][1]["col"], found[2][1]["endColumn"]) == ("5", "15", "23")
    assert found[2][2].endswith("\nwrite beginner")
    assert "100%: a, b" in found[0][2]
    assert check("--format", "github", "docs/good.md").stdout == ""


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--nope"], ["-f"]], ids=str)
def test_wrong_options(site: Path, arguments: list[str]) -> None:
    result = check(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


# Levels


def test_levels_and_patterns(here: Path) -> None:
    rules = {
        "not-a-choice": ["error", {"level": "off", "paths": ["old/**"]}],
        "unquoted-text": "warn",
        "unknown-field": "off",
    }
    docs = {"old/a.md": WRONG, "new/a.md": WRONG, "b.md": HINT, "c.md": WRONG.replace("topic", "x")}
    write_site(here, docs, {"validation": {"rules": rules}})
    assert [(problem["file"], problem["level"]) for problem in problems()] == [
        ("docs/b.md", "warning"),
        ("docs/c.md", "error"),
        ("docs/new/a.md", "error"),
    ]
    result = check()
    assert result.exit_code == 1
    assert result.stdout.endswith("2 errors, 1 warning in 3 of 4 files\n")


@pytest.mark.parametrize(
    ("level", "status", "word"), [("info", 0, "info"), ("error", 1, "error"), ("warn", 1, "warni")]
)
def test_one_level_for_all(here: Path, level: str, status: int, word: str) -> None:
    write_site(here, {"a.md": WRONG}, {"validation": {"level": level}})
    result = check()
    assert result.exit_code == status
    assert f": {word}" in result.stdout
    write_site(here, {"a.md": WRONG}, {"validation": {"level": "off"}})
    assert check().output == "no problems in 1 file\n"


# The baseline


def test_a_baseline_is_written_used_and_outgrown(here: Path) -> None:
    write_site(here)
    result = check("--write-baseline")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 warning, 1 hint in 2 files, now known in" in result.stdout
    assert "validation: {baseline: anp-baseline.json}" in result.stdout
    assert check().exit_code == 1  # it is not named yet

    write_site(here, DOCS, {"validation": {"baseline": "anp-baseline.json"}})
    result = check()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "no problems in 4 files\n2 problems of the baseline are not shown\n"
    assert "1 problem of the baseline is not shown" in check("docs/posts/wrong.md").stdout
    assert check("docs/good.md").stdout == "no problems in 1 file\n"
    assert problems() == []

    text = WRONG.replace("topic: jobs", "topic: jobs\n  # moved\n  stack: []\n  topik: x")
    (here / "docs" / "posts" / "wrong.md").write_text(text)
    assert told() == [
        ("docs/posts/wrong.md", "empty-list"),
        ("docs/posts/wrong.md", "unknown-field"),
    ]

    (here / "docs" / "posts" / "wrong.md").write_text(GOOD)
    shown = check().stdout
    assert "1 problem of the baseline is mended; write it again with: mkdocs-anp check" in shown
    assert "mended" not in check("docs/good.md").stdout
    result = check("--write-baseline")
    assert "To use it" not in result.stdout
    assert "mended" not in check().stdout


def test_a_baseline_beside_a_site_elsewhere(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert check("-f", site / "mkdocs.yml", "--write-baseline").exit_code == 0
    assert (site / "anp-baseline.json").is_file()
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "there is no file 'known.json'"),
        (b"", "cannot be used"),
        (b'{"known": [\n<<<<<<< HEAD\n', "cannot be used"),
        (b'{"known": [{"file": "a"}]}', "it is not one that mkdocs-anp has written"),
        (b'{"known": "\xff"}', "cannot be used"),
    ],
)
def test_a_baseline_that_cannot_be_used(here: Path, data: bytes | None, message: str) -> None:
    write_site(here, DOCS, {"validation": {"baseline": "known.json"}})
    if data is not None:
        (here / "known.json").write_bytes(data)
    said = refused("check")
    assert message in said
    assert "mkdocs-anp check --write-baseline" in said
    assert check("--write-baseline").exit_code == 0
    assert check().exit_code == 0


def test_a_baseline_that_cannot_be_written(here: Path) -> None:
    write_site(here)
    assert "leave out the paths" in refused("check", "--write-baseline", "docs/good.md")
    for name, message in (
        ("missing/known.json", "cannot be written: No such file"),
        ("docs", "cannot be written: Is a directory"),
        ("mkdocs.yml", "is no baseline; it stays as it is"),
    ):
        write_site(here, DOCS, {"validation": {"baseline": name}})
        before = (here / "mkdocs.yml").read_bytes()
        assert message in refused("check", "--write-baseline")
        assert (here / "mkdocs.yml").read_bytes() == before


# Pages of all kinds


def reference(text: str) -> str:
    return f"---\ntitle: A\npost_meta:\n  topic: x\n  {text}\n---\n"


@pytest.mark.parametrize("other", ["reference: r-1", "Reference : 'r-1' # one", '"reference": r-1'])
def test_a_reference_of_a_page_that_is_not_checked(here: Path, other: str) -> None:
    write_site(here, {"a.md": reference("reference: r-1"), "b.md": reference(other)})
    assert told() == [("docs/b.md", "duplicate-reference")]
    for name in ("docs/a.md", "docs/b.md"):
        [problem] = problems(name)
        assert (problem["file"], problem["code"]) == (name, "duplicate-reference")
        assert problem["message"].endswith(f" {'b' if 'a.md' in name else 'a'}.md already")


@pytest.mark.parametrize(
    "text",
    [
        reference("reference: r-2"),
        reference("payload: {reference: r-1}"),
        reference("notes: ['reference: r-1']"),
        "---\ntitle: A\nreference: r-1\n---\n",
        "---\ntitle: A\n---\n# A\n\n    reference: r-1\n",
    ],
)
def test_another_reference(here: Path, text: str) -> None:
    write_site(here, {"a.md": reference("reference: r-1"), "b.md": text})
    assert told("docs/a.md") == []
    assert told("docs/b.md") == []


def test_a_reference_in_front_matter_that_cannot_be_read(here: Path) -> None:
    broken = reference("reference: r-1\n  summary: a: b")
    write_site(here, {"a.md": reference("reference: r-1"), "b.md": broken})
    assert told("docs/a.md") == [("docs/a.md", "duplicate-reference")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\n", []),
        (b"---\n---\n", ["not-a-mapping"]),
        (b"# \xe9t\xe9\n", ["not-utf-8"]),
        (b"---\ntitle: \xff\n---\n", ["not-utf-8"]),
        (WRONG.encode("utf-16"), ["not-utf-8"]),
        (WRONG.encode("utf-8-sig"), ["not-a-choice"]),
        (WRONG.replace("\n", "\r\n").encode(), ["not-a-choice"]),
        (WRONG.replace("\n", "\r").encode(), ["not-a-choice"]),
        (b"---\ntitle: a\x00b\n---\n", ["unreadable"]),
        (b"+++\ntitle = 'a'\n+++\n", ["toml"]),
    ],
)
def test_files_of_all_kinds(here: Path, data: bytes, expected: list[str]) -> None:
    write_site(here, {"a.md": data})
    assert [code for _, code in told()] == expected
    if "not-a-choice" in expected:
        assert problems()[0]["line"] == 5
        assert problems()[0]["column"] == 15


def test_a_link_to_nothing_is_told(site: Path) -> None:
    (site / "docs" / "broken.md").symlink_to("nowhere")
    [problem] = (one for one in problems() if one["file"] == "docs/broken.md")
    assert "cannot be read" in problem["message"]


def test_defaults_of_folders(here: Path) -> None:
    docs = {
        "index.md": "# Home\n",
        "notes/.meta.yml": "post_meta:\n  topic: x\n  difficulty: begginer\n",
        "notes/a.md": "---\npost_meta:\n  stack: [a]\n---\n# A\n",
        "notes/b.md": "# B\n",
        "other/c.md": "---\npost_meta:\n  stack: [a]\n---\n# C\n",
    }
    options = {"fields": {"topic": {"required": True}}}
    plugins = ["material/meta", {"anp": options}]
    write_site(here, docs, plugins=plugins)
    assert told() == [
        ("docs/notes/.meta.yml", "not-a-choice"),
        ("docs/other/c.md", "missing-field"),
    ]
    assert told("docs/notes/a.md") == [("docs/notes/.meta.yml", "not-a-choice")]
    assert problems()[0]["line"] == 3
    write_site(here, docs, plugins=[{"anp": options}])
    assert told() == [("docs/notes/a.md", "missing-field"), ("docs/other/c.md", "missing-field")]


# The same as in a build

MIXED = {
    **DOCS,
    "unreadable.md": "---\ntitle: a: b\npost_meta:\n  topic: x\n  score: {quality: 900}\n---\n",
    "blank.md": "\n---\ntitle: a\n---\n# A\n",
    "same.md": reference("reference: r-1"),
    "same-again.md": reference("reference: r-1"),
    "material.md": "---\ntags: a, b\nsearch: exclude\nicon: no/such\ntitle: <b>\n---\n# A\n",
    "pins.md": "---\nanp: {similar_posts: {pin: [goood.md]}}\npost_meta: {topic: x}\n---\n# A\n",
    "spellings.md": "---\npost_meta: {ai_brief: a, AI Brief: b, topik: c, score: high}\n---\n",
    "drafts/a.md": WRONG,
    "notes/.meta.yml": "post_meta: {difficulty: guru}\n",
    "notes/a.md": "# A\n",
    "notes/b.md": "---\npost_meta: {topic: a}\n---\n# B\n",
    "crlf.md": WRONG.replace("\n", "\r\n"),
}


class _Problems(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if re.search(r": (info|warning|error)\[", record.getMessage()):
            self.texts.append(record.getMessage().removeprefix("mkdocs_anp: "))


def built(folder: Path) -> list[str]:
    """Build a site, and return the problems of its log."""
    handler, logger = _Problems(), logging.getLogger("mkdocs.plugins")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        build(load_config(str(folder / "mkdocs.yml")))
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return [text[text.index("docs/") :] for text in handler.texts]


def test_a_build_tells_the_same(here: Path) -> None:
    rules = {"not-a-choice": "info", "unknown-field": [{"level": "off", "paths": ["spell*"]}]}
    options = {"validation": {"rules": rules}, "fields": {"topic": {"required": True}}}
    write_site(here, MIXED, plugins=["material/meta", {"anp": options}], draft_docs="drafts/")
    in_build = built(here)
    checked = check().stdout.split("\n\n")[:-1]
    assert checked == in_build
    assert len(checked) > 15


# Images


def images(body: str, *urls: str, more: str = "") -> str:
    """Return a post with entries of these images."""
    entries = "".join(f'    - {{source: a, url: "{url}", caption: A caption}}\n' for url in urls)
    return f"---\n{more}post_meta:\n  image_sources:\n{entries}---\n# Images\n\n{body}\n"


A, B = "https://a.example/a.png", "https://a.example/b.png"
MADE = f"{{{{ '![x](' ~ '{A}' ~ ')' }}}}"
TEMPLATES = {
    "macro.md": images(f"{MADE}\n\n![x]({B})", A),
    "address.md": images("![x]({{ config.site_url }}a.png)", "https://b.example/a.png"),
    "block.md": images(f"{{% if false %}}![x]({A}){{% endif %}}"),
    "comment.md": images(f"{{# ![x]({A}) #}}\n\n![y](x.svg)"),
    "conflict.md": images(f"{MADE}\n", A, A.replace("https", "http")).replace("A caption", "B", 1),
    "plain.md": images(f"![x]({B})", A),
}


def test_what_templates_will_make_is_not_told(here: Path) -> None:
    """Macros run in a build only; with them, each of these but two is as it should be."""
    write_site(here, TEMPLATES, plugins=["macros", "anp"], site_url="https://b.example/")
    told_by_check = [text.split("\n")[0] for text in check().stdout.split("\n\n")[:-1]]
    found = [re.sub(r"docs/(.*?):.*\[(.*?)\].*", r"\1 \2", line) for line in told_by_check]
    assert found == ["macro.md missing", "plain.md unused", "plain.md missing"]
    told_by_build = [text.split("\n")[0] for text in built(here)]
    assert set(told_by_check) <= set(told_by_build)


@pytest.mark.parametrize("plugins", [["anp"], ["search", "material/tags", "anp"]])
def test_without_templates_all_is_told(here: Path, plugins: list[str]) -> None:
    write_site(here, TEMPLATES, plugins=plugins)
    assert ("docs/macro.md", "unused") in told()
    assert {file for file, code in told() if code == "missing"} >= {
        "docs/block.md",
        "docs/macro.md",
    }


RAW = '<p><img src="../../../../img/l.png" alt="x"></p>'
POST = "date: 2026-01-02\nslug: {}\n"
BLOG = {
    "blog/index.md": "# Blog\n",
    "blog/img/l.png": b"",
    "blog/posts/raw.md": images(
        f"{RAW}\n\n![x](../img/o.png)", "../img/l.png", more=POST.format("raw")
    ),
    "blog/posts/plain.md": images("![x](../img/o.png)", "../img/l.png", more=POST.format("plain")),
    "blog/posts/remote.md": images(RAW, "../img/l.png", A, more=POST.format("remote")),
}


def test_where_a_blog_puts_its_posts_is_not_known(here: Path) -> None:
    """Addresses in HTML start from there."""
    options = {"image_credits": {"local": "require"}}
    write_site(here, BLOG, plugins=["blog", {"anp": options}])
    (here / "docs" / "blog" / "img" / "o.png").write_bytes(b"")
    found = [(file.rpartition("/")[2], code) for file, code in told()]
    assert found == [
        ("plain.md", "unused"),
        ("plain.md", "missing"),
        ("raw.md", "missing"),
        ("remote.md", "unused"),
    ]
    assert check().stdout.split("\n\n")[:-1] == built(here)


FAILING = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Fails(Preprocessor):
    def run(self, lines):
        if "FAIL" in lines:
            raise ValueError("it\\ndoes not work")
        return lines

class Failing(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Fails(md), "fails", 100)
"""


def test_images_that_cannot_be_checked_are_a_problem(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that was not made is none that found nothing."""
    (here / "failing_extension.py").write_text(FAILING)
    monkeypatch.syspath_prepend(here)
    docs = {"good.md": images(f"![x]({A})", A), "bad.md": images(f"FAIL\n\n![x]({A})", A)}
    docs |= {"off.md": docs["bad.md"].replace("---\n", "---\nanp: {image_credits: false}\n", 1)}
    write_site(here, docs, markdown_extensions=["failing_extension:Failing"])
    (found,) = problems()
    assert (found["file"], found["code"], found["level"]) == (
        "docs/bad.md",
        "unchecked-images",
        "warning",
    )
    assert found["message"].endswith("Markdown fails: it does not work")


def test_images_are_summed_up_in_one_line(here: Path) -> None:
    docs = {"a.md": images(f"![x]({A})\n\n![x]({B})\n\n![x](o.png)", A), "b.md": GOOD}
    write_site(here, docs)
    line = "3 images, 1 credited, 1 that need none, 1 without a credit in 1 post"
    assert check().stdout.splitlines()[-2:] == [line, "1 warning in 1 of 2 files"]
    assert line not in check("--format", "json").stdout
    assert line not in check("--format", "github").stdout
    assert check("docs/b.md").stdout == "no problems in 1 file\n"
    write_site(here, docs, {"image_credits": False})
    assert check().stdout == "no problems in 2 files\n"


# The terminal


def long_site(folder: Path, pages: int = 220) -> Path:
    return write_site(folder, {f"p{number:03}.md": WRONG for number in range(pages)})


def on_terminal(
    folder: Path, stream: Literal["stdout", "stderr"], *arguments: str, **env: str
) -> tuple[str, str]:
    """Run the command with a stream on a terminal; return what that shows, and the other one."""
    ours, theirs = os.openpty()
    shown = b""
    with tempfile.TemporaryFile() as other:
        process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            env={**clean_environment(), **env},
            stdout=theirs if stream == "stdout" else other,
            stderr=theirs if stream == "stderr" else other,
        )
        os.close(theirs)
        with suppress(OSError):  # Linux says so when nobody is left on the other side
            while data := os.read(ours, 10_000):
                shown += data
        os.close(ours)
        process.wait(timeout=60)
        other.seek(0)
        return shown.decode(), other.read().decode()


@pseudo_terminal
@pytest.mark.parametrize("no_color", ["", "1"])
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_terminal_gets_colour(site: Path, command: str, no_color: str) -> None:
    shown, other = on_terminal(site, "stdout", command, NO_COLOR=no_color)
    assert other == ""
    assert "hash: 0123" in shown
    assert (ESCAPE in shown) is not bool(no_color)


def test_no_colour_elsewhere(site: Path) -> None:
    done = run_process(*COMMAND, "check", cwd=site, NO_COLOR="", FORCE_COLOR="1")
    assert done.returncode == 1
    assert "not-a-choice" in done.stdout
    assert ESCAPE not in done.stdout


@pseudo_terminal
@pytest.mark.parametrize(("pages", "is_shown"), [(220, True), (20, False)])
def test_a_terminal_shows_a_progress_bar_for_long_work(
    tmp_path: Path, pages: int, is_shown: bool
) -> None:
    long_site(tmp_path, pages)
    shown, output = on_terminal(tmp_path, "stderr", "check", "--format", "json")
    assert ("pages" in shown and "100%" in shown) is is_shown
    assert json.loads(output)["files"] == pages
    assert is_shown or shown == ""


def test_nothing_but_the_report_elsewhere(tmp_path: Path) -> None:
    output = run_process(*COMMAND, "check", "--format", "json", cwd=long_site(tmp_path)).stdout
    assert len(json.loads(output)["problems"]) == 220


def test_nobody_reads_on(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "check"], cwd=long_site(tmp_path, 600), env=clean_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"docs/p000.md:5:15")
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert said == b""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("command", ["check", "fix"])
def test_an_interrupted_run(tmp_path: Path, command: str) -> None:
    write_site(tmp_path)
    os.mkfifo(tmp_path / "docs" / "pipe.md")  # whoever reads it has to wait
    process = subprocess.Popen(
        [*COMMAND, command], cwd=tmp_path, env=clean_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    with (tmp_path / "docs" / "pipe.md").open("wb"):  # it is being read now
        process.send_signal(signal.SIGINT)
        output, said = process.communicate(timeout=60)
    assert (process.returncode, output, said) == (130, b"", b"Interrupted.\n")
