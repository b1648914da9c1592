"""`mkdocs serve`, really running: what an author hears on saving, and sees on the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.checkout import clean_environment
from tests.serving import serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]

GOOD = "---\ntitle: {title}\npost_meta: {{topic: caches}}\n---\n# {title}\n\nText.\n"
WRONG = "---\ntitle: Wrong\npost_meta: {view_count: -5}\n---\n# Wrong\n\nText.\n"
LOST = "---\ntitle: Lost: a note\npost_meta: {topic: caches}\n---\n# Lost\n\nText.\n"
GENERATED = "---\ntitle: Made\npost_meta: {view_count: -7}\n---\n# Made\n"
HOOK = f"""
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "made.md", content={GENERATED!r}))
"""
SITE = {
    "docs/index.md": "# Home\n",
    "docs/good.md": GOOD.format(title="Good"),
    "docs/other.md": GOOD.format(title="Other"),
    "docs/wrong.md": WRONG,
    "docs/draft.md": WRONG.replace("-5", "-6"),
    "hook.py": HOOK,
}
SETTINGS = {
    "theme": {"name": "material", "font": False},
    "plugins": [{"anp": {"validation": {"rules": {"unreadable": "error"}}}}],
    "hooks": ["hook.py"],
    "draft_docs": "draft.md",
}


def told(log: str) -> list[str]:
    """Return file and code of each problem in a log, in order."""
    found = re.findall(r"docs/(\w+\.(?:\w\w\.)?md)(?::\d+:\d+)?: \w+\[([\w-]+)\]", log)
    return [f"{file} {code}" for file, code in found]


def text_of(log: str, start: str) -> str:
    """Return a problem in a log as its whole text."""
    match = re.search(rf"{re.escape(start)}.*(?:\n {{2}}.*)*", log)
    assert match, log
    return match[0]


@dataclass
class Session:
    """What happened in one session, by the name of what the author did."""

    logs: dict[str, str]
    boxes: dict[str, dict[str, list[str] | None]]
    alive: bool
    home: BeautifulSoup


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    logs: dict[str, str] = {}
    boxes: dict[str, dict[str, list[str] | None]] = {}
    with serving(tmp_path_factory.mktemp("serve"), SITE, **SETTINGS) as server:

        def keep(name: str, log: str) -> None:
            logs[name] = log
            boxes[name] = {page: server.box(f"{page}/") for page in ("good", "wrong", "made")}

        good = SITE["docs/good.md"]
        keep("first", server.wait())
        keep("break", server.save(good=good.replace("topic:", "topik:")))
        keep("write on", server.save(good=good.replace("topic:", "topik:") + "\nMore.\n"))
        keep("draft", server.save(draft=SITE["docs/draft.md"] + "\nMore.\n"))
        keep("lose", server.save(good=LOST))
        keep("mend", server.save(good=good, wrong=WRONG.replace("-5", "5")))
        keep("new", server.save(new=WRONG.replace("-5", "-9")))
        keep("delete", server.save(new=None))
        home = server.page("")
        alive = server.process.poll() is None
    return Session(logs, boxes, alive, home)


def test_the_first_build_tells_all(session: Session) -> None:
    log = session.logs["first"]
    assert told(log) == ["draft.md out-of-range", "made.md out-of-range", "wrong.md out-of-range"]
    assert "front matter: 3 warnings in 3 files" in log
    assert "as before" not in log


def test_a_saved_page_is_told_at_once_and_the_others_are_counted(session: Session) -> None:
    for name in ("break", "write on"):
        log = session.logs[name]
        assert told(log) == ["good.md unknown-field"]
        assert "3 problems as before, in pages that were not edited" in log
        assert log.index("good.md") < log.index("as before") < log.index("Reloading")
    assert told(session.logs["draft"]) == ["draft.md out-of-range"]
    assert "3 problems as before" in session.logs["draft"]


def test_the_box_says_what_the_log_says_and_goes_when_all_is_mended(session: Session) -> None:
    for page, name in (("wrong", "first"), ("made", "first"), ("good", "break"), ("good", "lose")):
        (text,) = session.boxes[name][page] or ()
        assert text == text_of(session.logs[name], f"docs/{page}.md")
    assert session.boxes["first"]["good"] is None
    assert session.boxes["write on"]["good"] == session.boxes["break"]["good"]
    assert session.boxes["mend"] == {**session.boxes["first"], "wrong": None}
    assert not session.home.select("[data-anp=validation]")


def test_an_error_does_not_end_the_server(session: Session) -> None:
    log = session.logs["lose"]
    assert "error[unreadable] title" in log
    assert re.search(r"(?m)^ERROR.*good\.md", log)
    assert "Traceback" not in "".join(session.logs.values())
    assert session.alive


def test_what_is_mended_is_told(session: Session) -> None:
    log = session.logs["mend"]
    assert told(log) == []
    assert "2 problems mended" in log
    assert "2 problems as before" in log
    assert "1 problem mended" in session.logs["lose"]  # the misspelt field
    assert not any("mended" in session.logs[name] for name in ("first", "break", "new"))


def test_new_and_deleted_pages(session: Session) -> None:
    assert told(session.logs["new"]) == ["new.md out-of-range"]
    assert told(session.logs["delete"]) == []
    assert "1 problem mended" in session.logs["delete"]


def test_when_all_is_mended_it_is_said(tmp_path: Path) -> None:
    """And a dirty build does as well as a whole one."""
    files = {name: text for name, text in SITE.items() if name != "docs/draft.md"}
    settings = {**SETTINGS, "hooks": []}
    with serving(tmp_path, files, "--dirty", **settings) as server:
        first = server.wait()
        mended = server.save(wrong=WRONG.replace("-5", "5"))
        box = server.box("wrong/")
    assert told(first) == ["wrong.md out-of-range"]
    assert "1 problem mended" in mended
    assert "the front matter of all pages is in order" in mended
    assert box is None


HOOKED = """
def on_page_markdown(markdown, page, config, files):
    if "post_meta" in page.meta:
        page.meta["post_meta"]["owner"] = "a team"
"""


def test_a_field_from_elsewhere_is_never_missing(tmp_path: Path) -> None:
    """The meta plugin's defaults and hooks may give what the file that was saved lacks."""
    fields = {name: {"type": "text", "required": True} for name in ("owner", "team", "service")}
    files = {
        "docs/index.md": "# Home\n",
        "docs/post.md": GOOD.format(title="Post"),
        "docs/.meta.yml": "post_meta: {team: a team}\n",
        "hook.py": HOOKED,
    }
    plugins = ["material/meta", {"anp": {"fields": fields}}]
    with serving(tmp_path, files, plugins=plugins, hooks=["hook.py"]) as server:
        logs = [server.wait(), server.save(post=GOOD.format(title="Post") + "\nMore.\n")]
    for log in logs:
        assert told(log) == ["post.md missing-field"]
        assert "service" in log


def test_translations_are_told_once(tmp_path: Path) -> None:
    languages = [
        {"locale": "en", "default": True, "name": "English", "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    i18n = {"i18n": {"docs_structure": "suffix", "languages": languages}}
    files = {
        "docs/index.md": "# Home\n",
        "docs/wrong.md": WRONG,
        "docs/both.md": WRONG,
        "docs/both.de.md": WRONG,
    }
    with serving(tmp_path, files, plugins=[i18n, "anp"], theme=SETTINGS["theme"]) as server:
        first = server.wait()
        edited = server.save(wrong=WRONG + "\nMore.\n")
        boxes = [server.box(path) for path in ("wrong/", "de/wrong/", "both/", "de/both/")]
        mended = server.save(both=WRONG.replace("-5", "5"))
    assert sorted(told(first)) == [
        "both.de.md out-of-range", "both.md out-of-range", "wrong.md out-of-range"
    ]  # fmt: skip
    assert told(edited) == ["wrong.md out-of-range"]
    assert edited.count("1 problem as before") == 2  # one of each language
    assert "mended" not in edited
    assert all(box and len(box) == 1 for box in boxes)
    assert told(mended) == []
    assert mended.count("1 problem mended") == 1


@pytest.mark.parametrize("arguments", [[], ["--strict"]], ids=["plain", "strict"])
def test_a_build_never_has_the_box(tmp_path: Path, arguments: list[str]) -> None:
    for path, text in {
        **SITE,
        "mkdocs.yml": yaml.safe_dump({"site_name": "S", **SETTINGS}),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *arguments],
        cwd=tmp_path,
        env={**os.environ, **clean_environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told(done.stderr) == ["made.md out-of-range", "wrong.md out-of-range"]
    assert done.returncode == (1 if arguments else 0)
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 4
    assert not [page for page in pages if "anp-validation" in page.read_text("utf-8")]
