"""The command `mkdocs-anp synth`, on real folders."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_anp.cli import main
from mkdocs_anp.synth import KINDS, heading_of, messy_text, post_text
from mkdocs_anp.synth.signing import is_ours, sign
from mkdocs_anp.synth.writer import MARKER, MISTAKES
from tests.checkout import ROOT, check_run, clean_environment

UNFINISHED = ".anp-synth.123.tmp"


def synth(*arguments: object) -> Result:
    """Run the command; an error that it does not handle is one of the test."""
    texts = ["synth", *map(str, arguments)]
    return CliRunner().invoke(main, texts, catch_exceptions=False)


def made(*arguments: object) -> Result:
    """Run the command, which has to succeed."""
    result = synth(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result


def refused(*arguments: object) -> str:
    """Run the command, which has to refuse, and return what it says."""
    result = synth(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def posts(folder: Path) -> dict[str, bytes]:
    """Return all posts below a folder."""
    return {path: data for path, data in tree(folder).items() if path.endswith(".md")}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# What is written


def test_posts_stand_in_small_folders(tmp_path: Path) -> None:
    result = made(tmp_path / "new" / "docs", "--count", 560, "--seed", 7)
    assert result.stdout == f"560 posts in {tmp_path / 'new' / 'docs'} (seed 7).\n"
    files = tree(tmp_path / "new" / "docs")
    assert files.keys() == {MARKER, *(heading_of(7, index).path for index in range(560))}
    folders = [path.split("/")[0] for path in files if path != MARKER]
    assert {name: folders.count(name) for name in folders} == {"0000": 250, "0001": 250, "0002": 60}
    assert files[heading_of(7, 123).path] == sign(post_text(7, 123))
    settings = json.loads(files[MARKER])
    assert settings["generator"] == "anp content synthesizer"
    assert settings["count"] == 560
    assert settings["seed"] == "7"


def test_all_links_lead_to_files(tmp_path: Path) -> None:
    made(tmp_path, "--count", 300, "--mkdocs-yml")
    pages = posts(tmp_path / "docs")
    found = 0
    for path, data in pages.items():
        for part in data.decode().split("](")[1:]:
            address = part.split(")")[0]
            if address.endswith(".md"):
                target = os.path.normpath(Path(path).parent / address)
                assert target in pages
                found += 1
    assert found > 300


def test_processes_write_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        check_run(
            sys.executable, "-m", "mkdocs_anp.cli", "synth", folder, "--count", "120", "--seed",
            "büro", "--messy", "0.3", "--truth", folder.with_suffix(".truth"),
            cwd=tmp_path, PYTHONHASHSEED=hash_seed,
        )  # fmt: skip
        files = {**tree(folder), "truth": folder.with_suffix(".truth").read_bytes()}
        digests.add(blake2b(repr(sorted(files.items())).encode()).hexdigest())
    assert len(digests) == 1


def test_one_post_alone_is_the_one_of_the_whole_site(tmp_path: Path) -> None:
    made(tmp_path / "all", "--count", 40, "--seed", "blog", "--messy", "0.5")
    for index in (0, 17, 39):
        alone = tmp_path / f"alone{index}"
        result = made(alone, "--seed", "blog", "--only", index, "--messy", "0.5")
        [(path, data)] = posts(alone).items()
        assert result.stdout == f"{alone / path}\n"
        assert data == tree(tmp_path / "all")[path]


def test_one_post_again_as_its_folder_was_made(tmp_path: Path) -> None:
    made(tmp_path, "--count", 20, "--seed", 5, "--messy", 1, "--mkdocs-yml")
    before = tree(tmp_path)
    path = tmp_path / "docs" / "posts" / heading_of(5, 11).path
    path.unlink()
    assert made(tmp_path, "--only", 11).stdout == f"{path}\n"
    assert tree(tmp_path) == before
    assert "the last one has the number 19" in refused(tmp_path, "--only", 20)


def test_the_seed_of_a_post_tells_how_to_make_it(tmp_path: Path) -> None:
    made(tmp_path / "a", "--count", 30, "--seed", "some words")
    path = heading_of(671570831247, 3).path
    made(tmp_path / "b", "--count", 30, "--seed", "blog")
    text = (tmp_path / "b" / path).read_text(encoding="utf-8")
    seed, index = divmod(
        yaml.safe_load(text.split("---\n")[1])["post_meta"]["payload"]["seed"], 10**6
    )
    made(tmp_path / "c", "--seed", seed, "--only", index)
    assert posts(tmp_path / "c") == {path: text.encode()}


# The two lists


def test_truth_names_every_post_once(tmp_path: Path) -> None:
    truth = tmp_path / "truth.jsonl"
    result = made(tmp_path / "site", "--count", 130, "--truth", truth)
    assert f"Themes listed in {truth}." in result.stdout
    themes = lines(truth)
    assert all(list(theme) == ["theme", "problem", "stack", "domain", "posts"] for theme in themes)
    listed = [path for theme in themes for path in theme["posts"]]
    assert sorted(listed) == sorted(posts(tmp_path / "site"))
    for theme in themes[:5]:
        for path in theme["posts"]:
            text = (tmp_path / "site" / path).read_text(encoding="utf-8")
            assert f"topic: {theme['problem']} / {theme['stack']}\n" in text


def test_lists_name_posts_as_mkdocs_does(tmp_path: Path) -> None:
    truth = tmp_path / "truth.jsonl"
    made(tmp_path / "site", "--count", 20, "--truth", truth, "--mkdocs-yml", "--messy", 1)
    docs = tmp_path / "site" / "docs"
    listed = [path for theme in lines(truth) for path in theme["posts"]]
    listed += [mistake["file"] for mistake in lines(tmp_path / "site" / MISTAKES)]
    assert len(listed) == 40
    assert all(path.startswith("posts/0000/") and (docs / path).is_file() for path in listed)


def test_mistakes_are_listed_where_they_are(tmp_path: Path) -> None:
    listed = tmp_path / "mistakes.jsonl"
    made(tmp_path / "site", "--count", 60, "--messy", "0.5", "--messy-list", listed)
    found = {mistake["file"]: mistake for mistake in lines(listed)}
    for index in range(60):
        text, mistake = messy_text(0, index, 0.5)
        path = heading_of(0, index).path
        assert (tmp_path / "site" / path).read_bytes() == sign(text)
        if mistake is None:
            assert path not in found
        else:
            assert found[path] == {"file": path, "line": mistake.line, "kind": mistake.kind}
            assert mistake.kind in KINDS
    assert not (tmp_path / "site" / MISTAKES).exists()


def test_lists_of_earlier_runs_are_replaced_and_others_are_not(tmp_path: Path) -> None:
    truth, site = tmp_path / "truth.jsonl", tmp_path / "site"
    made(site, "--count", 30, "--truth", truth, "--messy", 1)
    made(site, "--count", 10, "--truth", truth, "--messy", 1)
    assert sum(len(theme["posts"]) for theme in lines(truth)) == 10
    assert len(lines(site / MISTAKES)) == 10
    made(site, "--count", 10)
    assert not (site / MISTAKES).exists()
    before = tree(site)
    for other in (MARKER, "mkdocs.yml", "docs/index.md", "docs/../mkdocs.yml"):
        place = site / other
        assert "another file" in refused(site, "--count", 5, "--mkdocs-yml", "--truth", place)
    both = ("--truth", tmp_path / "new", "--messy", 1, "--messy-list", site / ".." / "new")
    assert "another file" in refused(site, "--count", 5, *both)
    for text in ("# mine\n", '{"theme": 1}\n', "[1]\n", "5\n", '"posts"\n'):
        truth.write_text(text, encoding="utf-8")
        assert "not such a list" in refused(site, "--count", 5, "--truth", truth)
        assert truth.read_text(encoding="utf-8") == text
    assert "not such a list" in refused(site, "--count", 5, "--truth", tmp_path)
    assert "no folder" in refused(site, "--count", 5, "--truth", tmp_path / "none" / "t.jsonl")
    assert tree(site) == before


def test_a_refused_run_does_not_stand_in_the_way(tmp_path: Path) -> None:
    site = tmp_path / "site"
    none = tmp_path / "none" / "t.jsonl"
    assert "no folder" in refused(site, "--count", 5, "--mkdocs-yml", "--truth", none)
    assert not site.exists()
    made(site, "--count", 5, "--mkdocs-yml", "--truth", site / "t.jsonl")


def test_a_list_is_not_written_through_a_link(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine\n", encoding="utf-8")
    (tmp_path / f".t.{os.getpid()}.tmp").symlink_to(mine)
    made(tmp_path / "site", "--count", 5, "--truth", tmp_path / "t")
    assert mine.read_text(encoding="utf-8") == "mine\n"
    assert not (tmp_path / "t").is_symlink()


# Whose files


def test_a_link_to_another_folder_is_not_followed(tmp_path: Path) -> None:
    made(tmp_path / "other", "--count", 5)
    before = tree(tmp_path / "other")
    made(tmp_path / "site", "--count", 260)
    for name in ("0000", "0001"):
        folder = tmp_path / "site" / name
        folder.rename(tmp_path / f"moved{name}")
        folder.symlink_to(tmp_path / "other" / "0000", target_is_directory=True)
    assert "is a link" in refused(tmp_path / "site", "--count", 5, "--seed", 2)
    (tmp_path / "site" / "0000").unlink()
    made(tmp_path / "site", "--count", 5, "--seed", 2)
    assert tree(tmp_path / "other") == before


def test_one_post_of_another_site_is_not_mixed_in(tmp_path: Path) -> None:
    made(tmp_path, "--count", 5, "--seed", 1)
    before = tree(tmp_path)
    for option in (["--seed", 2], ["--messy", "0.5"], ["--mkdocs-yml"]):
        assert "was made with" in refused(tmp_path, "--only", 2, *option)
    made(tmp_path, "--only", 2, "--seed", 1)
    assert tree(tmp_path) == before


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine\n", encoding="utf-8")
    assert "is not empty" in refused(tmp_path, "--count", 5)
    assert "is not empty" in refused(tmp_path, "--only", 5)
    assert tree(tmp_path) == {"notes.md": b"mine\n"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("mine\n", encoding="utf-8")
    assert "is a file" in refused(path, "--count", 5)
    assert str(path / "below") in refused(path / "below", "--count", 5)
    assert path.read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"generator": "another"}', "\x00"])
def test_a_marker_of_somebody_else(tmp_path: Path, text: str) -> None:
    (tmp_path / MARKER).write_text(text, encoding="utf-8")
    assert "is not a marker" in refused(tmp_path, "--count", 5)
    assert list(tree(tmp_path)) == [MARKER]


def test_a_marker_that_somebody_edited(tmp_path: Path) -> None:
    made(tmp_path, "--count", 3)
    text = '{"generator": "anp content synthesizer", "count": "x", "messy": [], "seed": null}'
    (tmp_path / MARKER).write_text(text, encoding="utf-8")
    assert made(tmp_path, "--only", 2).stdout == f"{tmp_path / heading_of(0, 2).path}\n"


def test_running_again_changes_nothing(tmp_path: Path) -> None:
    made(tmp_path, "--count", 120, "--mkdocs-yml", "--messy", "0.2")
    before = tree(tmp_path)
    times = {path: (tmp_path / path).stat().st_mtime_ns for path in posts(tmp_path)}
    made(tmp_path, "--count", 120, "--mkdocs-yml", "--messy", "0.2")
    assert tree(tmp_path) == before
    assert times == {path: (tmp_path / path).stat().st_mtime_ns for path in times}


@pytest.mark.parametrize(
    "again",
    [
        ["--count", 20],
        ["--count", 270],
        ["--count", 255, "--seed", 2],
        ["--count", 255, "--mkdocs-yml"],
        ["--count", 255, "--messy", "0.5"],
    ],
    ids=str,
)
@pytest.mark.parametrize("first", [[], ["--mkdocs-yml", "--messy", 1]], ids=str)
def test_running_again_gives_what_a_fresh_run_gives(
    tmp_path: Path, first: list[object], again: list[object]
) -> None:
    made(tmp_path / "a", "--count", 255, *first)
    made(tmp_path / "a", *again)
    made(tmp_path / "b", *again)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    folders = {path.name for path in (tmp_path / "a").rglob("*") if path.is_dir()}
    assert folders == {path.name for path in (tmp_path / "b").rglob("*") if path.is_dir()}


def test_what_somebody_added_or_edited_stays(tmp_path: Path) -> None:
    made(tmp_path, "--count", 260, "--mkdocs-yml")
    folder = tmp_path / "docs" / "posts"
    edited, later = folder / heading_of(0, 3).path, folder / heading_of(0, 255).path
    config, own = tmp_path / "mkdocs.yml", folder / "0000" / "own.md"
    for path in (edited, later, config, own):
        with path.open("a", encoding="utf-8") as file:
            file.write("# mine\n")
    kept = {path: path.read_bytes() for path in (edited, later, config, own)}
    for arguments in (["--count", 50, "--mkdocs-yml"], ["--count", 60, "--seed", 4]):
        result = synth(tmp_path, *arguments)
        assert result.exit_code == 1
        assert "3 files" in result.stderr or "2 files" in result.stderr
        assert str(edited) in result.stderr
        assert str(own) not in result.stderr
        assert {path: path.read_bytes() for path in kept} == kept
    made_again = synth(tmp_path, "--count", 60, "--seed", 0, "--mkdocs-yml")
    assert str(edited) in made_again.stderr
    assert str(edited) in synth(tmp_path, "--only", 3).stderr
    assert edited.read_bytes() == kept[edited]


def test_a_folder_in_the_place_of_a_post(tmp_path: Path) -> None:
    made(tmp_path, "--count", 5)
    path = tmp_path / heading_of(0, 2).path
    path.unlink()
    path.mkdir()
    result = synth(tmp_path, "--count", 5)
    assert result.exit_code == 1
    assert "4 posts" in result.stdout
    assert str(path) in result.stderr


# Interruptions


def stop_in_a_file(monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Let the work stop in the middle of a file."""
    written = os.write
    calls = 0

    def write(file: int, data: memoryview) -> int:
        nonlocal calls
        calls += 1
        if calls > after:
            written(file, data[: len(data) // 2])
            raise error
        return written(file, data)

    monkeypatch.setattr(os, "write", write)


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "Interrupted: 42 of 120"),
        (FULL, 2, "No space left on device"),
    ],
    ids=["interrupt", "full disk"],
)
def test_what_stands_is_whole_and_a_second_run_completes_it(
    tmp_path: Path, error: BaseException, status: int, message: str
) -> None:
    arguments = ["--count", 120, "--messy", "0.2", "--truth"]
    made(tmp_path / "whole", *arguments, tmp_path / "whole.jsonl")
    site, truth = tmp_path / "site", tmp_path / "truth.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        stop_in_a_file(patch, 43, error)  # the marker comes first
        result = synth(site, *arguments, truth)
    assert result.exit_code == status
    assert message in result.stderr
    assert "42 of 120 posts stand and are whole" in result.stderr
    files = tree(site)
    assert files.keys() == {MARKER, *(heading_of(0, index).path for index in range(42))}
    assert all(is_ours(data) for path, data in files.items() if path != MARKER)
    assert not truth.exists()

    made(site, *arguments, truth)
    assert tree(site) == tree(tmp_path / "whole")
    assert truth.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    made(tmp_path, "--count", 5)
    before = tree(tmp_path)
    (tmp_path / "0000" / UNFINISHED).write_text("ha", encoding="utf-8")
    made(tmp_path, "--count", 5)
    assert tree(tmp_path) == before


def test_a_full_disk_before_the_first_post(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        stop_in_a_file(patch, 0, FULL)
        assert "No space left on device" in refused(tmp_path / "site", "--count", 5)
    assert tree(tmp_path) == {}


def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: str, *_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "open", denied)
    message = refused(tmp_path, "--count", 5)
    assert "Permission denied" in message
    assert str(tmp_path) in message


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--count", 0], "1 to 1,000,000 posts, not 0"),
        (["--count", -3], "not -3"),
        (["--count", 1_000_001], "not 1,000,001"),
        (["--count", 10**40], "1 to 1,000,000 posts"),
        (["--count", "many"], "'many' is not a valid integer"),
        (["--count", "1.5"], "is not a valid integer"),
        ([], "--count"),
        (["--only", -1], "there is no post -1"),
        (["--only", 1_000_000], "1 to 1,000,000 posts"),
        (["--only", 5, "--count", 5], "the last one has the number 4"),
        (["--only", 5, "--truth", "x"], "leave out --truth"),
        (["--count", 5, "--messy", 2], "a share from 0 to 1, not 2"),
        (["--count", 5, "--messy", "-0.1"], "a share from 0 to 1"),
        (["--count", 5, "--messy", "nan"], "a share from 0 to 1, not nan"),
        (["--count", 5, "--messy-list", "x"], "nothing to list"),
        (["--count", 5, "--messy", 1, "--messy-list", "x", "--truth", "x"], "not such a list"),
    ],
    ids=str,
)
def test_wrong_use(tmp_path: Path, arguments: list[object], message: str) -> None:
    assert message in refused(tmp_path / "site", *arguments)
    assert tree(tmp_path) == {}
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("seed", ["", "-1", "two words", "🙂", "1" * 400])
def test_any_text_is_a_seed(tmp_path: Path, seed: str) -> None:
    made(tmp_path, "--count", 2, "--seed", seed)
    assert len(posts(tmp_path)) == 2


# The terminal


def test_nothing_but_the_result_is_printed_elsewhere(tmp_path: Path) -> None:
    output = check_run(
        sys.executable, "-m", "mkdocs_anp.cli", "synth", "site", "--count", "120", cwd=tmp_path
    )
    assert output == "120 posts in site (seed 0).\n"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_a_terminal_shows_a_progress_bar(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "mkdocs_anp.cli", "synth", "site", "--count", "120"]
    done = subprocess.run(
        command, cwd=tmp_path, env=clean_environment(), stdout=subprocess.PIPE, stderr=theirs,
        timeout=60, check=True,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "posts" in shown
    assert "100%" in shown
    assert done.stdout == b"120 posts in site (seed 0).\n"


def test_other_commands_do_not_load_it_and_it_does_not_load_mkdocs(tmp_path: Path) -> None:
    for module, foreign in (
        ("mkdocs_anp.cli", "mkdocs_anp.synth"),
        ("mkdocs_anp.synth.command", "mkdocs"),
    ):
        code = f"import sys, {module}; sys.exit({foreign!r} in sys.modules)"
        check_run(sys.executable, "-c", code, cwd=tmp_path)


def test_help_tells_all_options() -> None:
    output = made("--help").stdout
    for option in ("count", "seed", "only", "truth", "messy", "messy-list", "mkdocs-yml"):
        assert f"--{option} " in output


def test_the_documentation_tells_all_options_and_kinds() -> None:
    page = (ROOT / "docs" / "synth.md").read_text(encoding="utf-8")
    options = [option.opts[0] for option in main.commands["synth"].params if option.opts]
    for option in options[1:]:
        assert f"\n### `{option}` " in page
    assert set(re.findall(r"(?m)^\| `([a-z-]+)` \|", page)) == set(KINDS)


# Real builds


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    made(tmp_path, "--count", 30, "--mkdocs-yml")
    output = check_run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=tmp_path)
    assert "WARNING" not in output
    assert "hint" not in output
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert {"default", "slate"} <= set(re.findall(r"data-md-color-scheme=\"?(\w+)", home))
    page = tmp_path / "site" / "posts" / heading_of(0, 7).path.removesuffix(".md") / "index.html"
    assert 'data-anp="meta_box"' in page.read_text(encoding="utf-8")


def test_a_site_full_of_mistakes_still_builds(tmp_path: Path) -> None:
    made(tmp_path, "--count", 150, "--mkdocs-yml", "--messy", 1)
    assert {mistake["kind"] for mistake in lines(tmp_path / MISTAKES)} == set(KINDS)
    output = check_run(sys.executable, "-m", "mkdocs", "build", cwd=tmp_path)
    assert "WARNING" in output
    assert len(list((tmp_path / "site" / "posts").rglob("index.html"))) == 150
