"""The command `mkdocs-anp fix`, on real sites."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from mkdocs_anp.synth import KINDS, post_text
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.messy import spoilt
from tests.checkout import clean_environment, run
from tests.test_check_command import COMMAND, here, invoke, refused, told, write_site

__all__ = ["here"]  # a fixture

resource = pytest.importorskip("resource")

PAGE = "---\ntitle: A: b # c\npost_meta:\n  hash: 0123 # d\n  topic: x\n---\n# A\n\nText.\n"
MENDED = PAGE.replace("A: b", '"A: b"').replace("0123", '"0123"')
NOTHING = "nothing to fix: no problem has one certain cure\n"


def fix(*arguments: object) -> Result:
    return invoke("fix", *arguments)


def page(folder: Path, text: str | bytes = PAGE, **options: Any) -> Path:
    """Write a site of one page, and return its path."""
    write_site(folder, {"a.md": text}, options)
    return folder / "docs" / "a.md"


def write(*arguments: object) -> None:
    """Mend files, which is then done once and for all."""
    result = fix("--write", *arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    assert " mended\n" in result.stdout
    result = fix(*arguments)
    assert (result.exit_code, result.output) == (0, NOTHING)


def test_without_write_the_diff_is_shown_and_nothing_changes(here: Path) -> None:
    path = page(here)
    before = path.stat()
    result = fix()
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "--- docs/a.md\n"
        "+++ docs/a.md\n"
        "@@ -1,6 +1,6 @@\n"
        " ---\n"
        "-title: A: b # c\n"
        '+title: "A: b" # c\n'
        " post_meta:\n"
        "-  hash: 0123 # d\n"
        '+  hash: "0123" # d\n'
        "   topic: x\n"
        " ---\n"
        "2 problems in 1 file can be mended: run it with --write\n"
    )
    assert path.read_text() == PAGE
    assert path.stat() == before


def test_write_mends_and_a_second_run_has_nothing_to_do(here: Path) -> None:
    path = page(here)
    write()
    assert path.read_text() == MENDED
    assert told() == []
    before = path.stat()
    assert fix("--write").output == NOTHING
    assert path.stat() == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PAGE.replace("\n", "\r\n"), MENDED.replace("\n", "\r\n")),
        (PAGE.replace("\n", "\r"), MENDED.replace("\n", "\r")),
        (PAGE.replace("\n", "\r\n", 2) + "a\rb", MENDED.replace("\n", "\r\n", 2) + "a\rb"),
        (f"\ufeff{PAGE}", f"\ufeff{MENDED}"),
        (f"{PAGE}no newline", f"{MENDED}no newline"),
        (f"{PAGE}é\u2028\x0b\x0c\x85", f"{MENDED}é\u2028\x0b\x0c\x85"),
        ("\ufeff\r\n---\r\ntitle: a\r\n---", "\ufeff---\r\ntitle: a\r\n---\r\n"),
    ],
)
def test_all_else_is_kept_byte_for_byte(here: Path, before: str, after: str) -> None:
    path = page(here, before)
    write()
    assert path.read_bytes() == after.encode()


@pytest.mark.parametrize("data", [b"\xff" + PAGE.encode(), PAGE.encode("utf-16"), b""])
def test_what_is_not_utf_8_is_left_alone(here: Path, data: bytes) -> None:
    path = page(here, data)
    assert fix("--write").output == NOTHING
    assert path.read_bytes() == data


def test_paths_restrict(here: Path) -> None:
    write_site(here, {"a.md": PAGE, "b/a.md": PAGE, "b/c.md": PAGE})
    assert "2 problems in 1 file can" in fix("docs/b/c.md").stdout
    write("docs/b")
    assert (here / "docs/a.md").read_text() == PAGE
    assert (here / "docs/b/a.md").read_text() == MENDED
    assert "is not in the docs directory" in refused("fix", "mkdocs.yml")
    assert "there is no file or folder" in refused("fix", "--write", "docs/a.md", "docs/d.md")
    assert (here / "docs/a.md").read_text() == PAGE


def test_what_is_off_is_not_mended(here: Path) -> None:
    rules = {"unquoted-text": [{"level": "off", "paths": ["a.md"]}]}
    path = page(here, validation={"rules": rules})
    write()
    assert path.read_text() == PAGE.replace("A: b", '"A: b"')
    for options in ({"enabled": False}, {"validation": False}, {"validation": {"level": "off"}}):
        path = page(here, **options)
        assert (fix("--write").stdout, path.read_text()) == (NOTHING, PAGE)
    path = page(here, PAGE.replace("post_meta", "anp: {validation: false}\npost_meta"))
    assert fix("--write").stdout == NOTHING


def test_defaults_of_folders_are_left_alone(here: Path) -> None:
    docs = {"notes/.meta.yml": "post_meta: {hash: 0123}\n", "notes/a.md": "# A\n"}
    write_site(here, docs, plugins=["material/meta", "anp"])
    assert told() == [("docs/notes/.meta.yml", "unquoted-text")]
    assert fix("--write").output == NOTHING


# Files


def test_the_mode_is_kept(here: Path) -> None:
    path = page(here)
    for mode in (0o640, 0o755):
        path.write_text(PAGE)
        path.chmod(mode)
        write()
        assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may give files away")
def test_the_owner_is_kept(here: Path) -> None:
    path = page(here)
    os.chown(path, 1234, 1235)
    write()
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)


def test_a_link_stays_and_its_target_is_written(here: Path) -> None:
    write_site(here, {"index.md": "# Home\n"})
    (here / "other").mkdir()
    target, link = here / "other" / "a.md", here / "docs" / "link.md"
    target.write_text(PAGE)
    link.symlink_to("../other/a.md")
    write()
    assert link.readlink() == Path("../other/a.md")
    assert target.read_text() == MENDED


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
@pytest.mark.parametrize("name", ["docs", "docs/a.md"])
def test_what_may_not_be_written(here: Path, name: str) -> None:
    path = page(here)
    mode = (here / name).stat().st_mode
    (here / name).chmod(0o555)
    result = fix("--write")
    (here / name).chmod(mode)
    assert result.exit_code == 2
    assert "Error: docs/a.md cannot be written: " in result.stderr
    assert (path.read_text(), list(path.parent.iterdir())) == (PAGE, [path])


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    path = page(tmp_path)
    done = subprocess.run(
        [*COMMAND, "fix", "--write"], cwd=tmp_path, env=clean_environment(),
        capture_output=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40)),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == b"Error: docs/a.md cannot be written: File too large\n"
    assert (path.read_text(), list(path.parent.iterdir())) == (PAGE, [path])


def test_nobody_reads_on(tmp_path: Path) -> None:
    write_site(tmp_path, {f"{number}.md": PAGE for number in range(400)})
    process = subprocess.Popen(
        [*COMMAND, "fix"], cwd=tmp_path, env=clean_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"--- docs/0.md\n"
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), said) == (1, b"")


def test_a_process(tmp_path: Path) -> None:
    path = page(tmp_path)
    done = run(*COMMAND, "fix", "--write", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.endswith("2 problems in 1 file mended\n")
    assert path.read_text() == MENDED


# Posts of all kinds

CERTAIN = {
    "tab-indent", "no-closing-fence", "misspelt-field", "blank-line-first",
    "no-newline-after-fence", "toml",
}  # fmt: skip


def test_spoilt_posts(here: Path) -> None:
    whole = {kind: post_text(5, 11 + number) for number, kind in enumerate(KINDS)}
    docs = {
        f"{kind}.md": spoilt(text, kind, 5, number + 11, Draws(f"fix/{kind}"))[0]
        for number, (kind, text) in enumerate(whole.items())
    }
    write_site(here, docs)
    before = set(told())
    write()
    assert set(told()) < before
    for kind in CERTAIN:
        text = (here / "docs" / f"{kind}.md").read_text("utf-8")
        assert text != docs[f"{kind}.md"]
        expected, found = (yaml.safe_load(t.split("---\n")[1]) for t in (whole[kind], text))
        assert found == expected, kind
