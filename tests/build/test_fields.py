"""The fields that a site declares itself, from `mkdocs.yml` to the page."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from mkdocs.exceptions import Abort, ConfigurationError

from tests.build.conftest import Build
from tests.checkout import ROOT
from tests.support import field, text_of

FIELDS: dict[str, Any] = {
    "audience": {"choices": ["beginners", "on call"], "show": "glance", "label": "For"},
    "latency": {"type": "number", "unit": "ms", "min": 0, "max": 500, "label": "p99"},
    "runbook": "url",
    "caveat": "markdown",
    "secret": {"show": "hidden"},
    "difficulty": {"show": "details"},
}
POST = """---
post_meta:
  topic: queues
  difficulty: beginner
  caveat: "Needs `--force`, see [the notes](sub/notes.md) <script>"
  latency: 86
  audience: On-Call
  runbook: sub/notes.md
  secret: s3cr3t
---
# A post
"""


def test_declared_fields_on_a_page(build_site: Build) -> None:
    labels = {"latency": "Latency", "audience.on call": "people on call"}
    files = {"docs/a.md": POST, "docs/sub/notes.md": "# Notes\n"}
    site = build_site(files, {"fields": FIELDS, "labels": labels})
    assert site.warnings == []
    box = site.box("a/index.html")
    assert box is not None
    terms = [term.get_text() for term in box.select(".anp-meta-box__rows--other > div > dt")]
    assert terms == ["For", "Caveat", "Latency", "Runbook"]  # the file has sorted keys
    assert text_of(field(box, "latency")) == "86 / 500 ms"
    assert text_of(field(box, "audience")) == "people on call"
    assert field(box, "runbook").a["href"] == "../sub/notes/"
    assert "s3cr3t" not in site.raw("a/index.html")


def test_markdown_on_a_page(build_site: Build) -> None:
    files = {"docs/a.md": POST, "docs/sub/notes.md": "# Notes\n"}
    box = build_site(files, {"fields": FIELDS}).box("a/index.html")
    assert box is not None
    caveat = field(box, "caveat")
    assert caveat.get_text() == "Needs --force, see the notes <script>"
    assert caveat.code.get_text() == "--force"
    assert caveat.a["href"] == "../sub/notes/"


def test_glance_line_of_a_page(build_site: Build) -> None:
    page = build_site({"docs/a.md": POST}, {"fields": FIELDS}).page("a/index.html")
    items = page.select("[data-anp=glance] > li")
    assert [text_of(item) for item in items] == ["Topic: queues", "For: on call"]


def test_an_undeclared_field_is_still_told_of(build_site: Build) -> None:
    fields = {key: item for key, item in FIELDS.items() if key != "caveat"}
    site = build_site({"docs/a.md": POST}, {"fields": fields})
    assert any("caveat" in warning for warning in site.warnings)
    box = site.box("a/index.html")
    assert box is not None
    assert field(box, "caveat").code is None


def test_a_wrong_declaration_stops_the_build(
    build_site: Build, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises((Abort, ConfigurationError)):
        build_site({}, {"fields": {"latency": {"typ": "number"}}})
    assert "fields.latency.typ: there is no setting of a field 'typ'; write type" in caplog.text


def test_the_example_of_the_documentation(build_site: Build) -> None:
    parts = ROOT.joinpath("docs", "fields.md").read_text(encoding="utf-8").split("```")
    option = next(part for part in parts if part.startswith('yaml title="mkdocs.yml"'))
    post = next(part for part in parts if part.startswith('yaml title="A post"'))
    plugins = yaml.safe_load(option.partition("\n")[2])["plugins"]
    files = {"docs/a.md": post.partition("\n")[2] + "# A post\n"}
    for path in ("docs/runbooks/queue.md", "docs/old-clusters.md"):
        files[path] = "# Page\n"
    site = build_site(files, plugins[0]["anp"])
    assert site.warnings == []
    box = site.box("a/index.html")
    assert box is not None
    assert text_of(field(box, "latency")) == "86 / 500 ms"
    assert box.find(attrs={"data-anp-field": "incident.ticket"}) is None
