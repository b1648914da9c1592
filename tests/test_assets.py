"""The stylesheet and the script that every page loads."""

from __future__ import annotations

import gzip
import re

from tests.checkout import ROOT

ASSETS = ROOT / "theme_overrides" / "assets" / "anp"
MAX_SCRIPTS = 6 * 1024


def stripped(script: str) -> str:
    """Return a script without comments and indents: a tool would make it smaller still."""
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def test_all_scripts_together_are_small() -> None:
    scripts = [stripped(path.read_text("utf-8")) for path in sorted(ASSETS.rglob("*.js"))]
    assert scripts
    assert len(gzip.compress("\n".join(scripts).encode(), 9)) <= MAX_SCRIPTS


def test_scripts_say_nothing_by_themselves() -> None:
    """Words come from the labels of the site's language, which the templates print."""
    for path in ASSETS.rglob("*.js"):
        texts = re.findall(
            r"""(?<![\w$])["'`]([^"'`\n]*)["'`]""", stripped(path.read_text("utf-8"))
        )
        assert [text for text in texts if re.search(r"[A-Z][a-z]+ [a-z]+", text)] == []
