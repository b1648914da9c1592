"""Similar posts in real builds: sections, what they name and why, settings, data, the cache."""

from __future__ import annotations

import json
import logging
import os
import posixpath
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from bs4 import Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_anp.core.similar_posts.scanner import Vocabulary
from tests.allowed import Parts
from tests.build.conftest import Build, Site
from tests.support import hostile_strings, shown, squeeze, text_of

TOMORROW = date.today() + timedelta(days=2)  # wherever midnight is


def post(heading: str, body: str = "", meta: Any = None, **front: Any) -> str:
    """Return a post."""
    front = {"post_meta": {"difficulty": "beginner"} if meta is None else meta, **front}
    text = yaml.safe_dump(front, allow_unicode=True, width=10**6, sort_keys=False)
    return f"---\n{text}---\n# {heading}\n\n{body}\n"


def settings(**own: Any) -> dict[str, Any]:
    """Return the front matter of a page's own settings."""
    return {"anp": {"similar_posts": own}}


def section(site: Site, path: str) -> Tag | None:
    """Return the section of a page, of which there is at most one."""
    found = site.page(f"{path}/index.html").select("[data-anp=similar_posts]")
    assert len(found) <= 1
    return found[0] if found else None


def rows(site: Site, path: str) -> list[Tag]:
    """Return what the section of a page names."""
    part = section(site, path)
    return part.select("li[data-anp-score]") if part else []


def named(site: Site, path: str) -> list[str]:
    """Return the addresses that the section of a page links to."""
    return [str(row.a["href"]) for row in rows(site, path)]


def reasons(site: Site, path: str) -> list[str]:
    """Return the reasons of each post that the section of a page names, "" for none."""
    found = (row.select("[data-anp=reasons]") for row in rows(site, path))
    return [squeeze(reason[0].get_text()) if reason else "" for reason in found]


def origins(site: Site, path: str) -> list[str]:
    return [str(row["data-anp-origin"]) for row in rows(site, path)]


KAFKA = "Consumers of a broker commit offsets; partitions are rebalanced when a consumer lags."
POSTGRES = "Autovacuum removes dead tuples; a bloated index slows each query of the planner."
BREAD = "Flour, yeast, salt and warm water rise overnight; knead the dough and bake the loaf."
LIBRARY = {
    "docs/kafka/lag.md": post(
        "Kafka lag",
        f"{KAFKA} See [tuning](tuning.md) and [home](../index.md).\n\n## Offsets\n\nMore.",
        {
            "topic": "consumer lag / kafka",
            "stack": ["Kafka", "java"],
            "summary": "What to do when consumers lag.",
            "reading_time": 7,
            "difficulty": "advanced",
        },
        date=date(2020, 3, 1),
        tags=["queues"],
    ),
    "docs/kafka/tuning.md": post(
        "Kafka tuning",
        f"{KAFKA} Larger batches help.",
        {"topic": "tuning / kafka", "stack": ["kafka"]},
        date=date(2020, 4, 1),
        description="How to tune a broker.",
        tags=["queues"],
    ),
    "docs/kafka/partitions.md": post(
        "Choosing partitions",
        f"Why not more of them? It is a matter of keys. {KAFKA}",
        {"stack": ["kafka"]},
        date=date(2020, 1, 1),
    ),
    "docs/db/vacuum.md": post(
        "Vacuum at night",
        f"{POSTGRES} Tune the cost limit.",
        {"topic": "postgres", "tools": ["psql"]},
    ),
    "docs/db/bloat.md": post(
        "Index bloat", f"{POSTGRES} Rebuild it.", {"topic": "postgres", "tools": ["psql"]}
    ),
    "docs/bread.md": post("Bread", BREAD, {"topic": "baking"}),
    "docs/rolls.md": post("Rolls", f"{BREAD} Small ones.", {"topic": "baking"}),
    "docs/plain.md": "# Plain\n\nNo post.\n",
}


@pytest.fixture(scope="module")
def library(build_shared_site: Build) -> Site:
    return build_shared_site(LIBRARY, {"similar_posts": {"json": True}}, plugins=[
        "search", {"anp": {"similar_posts": {"json": True}}}
    ])  # fmt: skip


# The section


def test_each_post_has_a_section_and_no_other_page(library: Site) -> None:
    for path in LIBRARY:
        name = path.removeprefix("docs/").removesuffix(".md")
        assert (section(library, name) is not None) is (name != "plain"), name
    assert section(library, ".") is None
    assert "data-anp=" not in library.raw("404.html")
    assert library.warnings == []


def test_the_contract(library: Site) -> None:
    part = section(library, "kafka/lag")
    assert part is not None and part.name == "section"
    heading = part.find(["h2", "h3"])
    assert heading and text_of(heading) == "Similar posts"
    assert heading["id"] == part["aria-labelledby"]
    assert rows(library, "kafka/lag")
    for row in rows(library, "kafka/lag"):
        assert re.fullmatch(r"[01]\.\d{3}", str(row["data-anp-score"]))
        assert len(row.select("a[href]")) == 1
        assert row.find_parent("section") == part
    scores = [float(str(row["data-anp-score"])) for row in rows(library, "kafka/lag")]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0.2


def test_what_a_colleague_would_name_comes_first(library: Site) -> None:
    assert named(library, "kafka/lag")[:2] == ["../tuning/", "../partitions/"]
    assert named(library, "db/bloat")[0] == "../vacuum/"
    assert named(library, "bread")[0] == "../rolls/"
    assert len(named(library, "bread")) <= 5
    for path in ("kafka/lag", "db/bloat", "bread"):
        assert len(set(named(library, path))) == len(named(library, path))
        for address in named(library, path):
            assert (library.directory / "site" / path / address / "index.html").exists()


def test_what_is_told_of_a_post(library: Site) -> None:
    first, second = rows(library, "kafka/lag")[:2]
    assert text_of(first.a) == "Kafka tuning"
    assert text_of(first.find("p", class_="anp-similar-posts__summary")) == "How to tune a broker."
    assert text_of(second.find("p", class_="anp-similar-posts__summary")) == "Why not more of them?"
    assert not first.select(".anp-glance")
    [row] = [r for r in rows(library, "kafka/tuning") if text_of(r.a) == "Kafka lag"]
    assert text_of(row.find("p")) == "What to do when consumers lag."
    details = text_of(row.select_one(".anp-glance"))
    assert "7" in details and "advanced" in details


def test_reasons_are_true_in_words(library: Site) -> None:
    first, second = reasons(library, "kafka/lag")[:2]
    assert "kafka" in first and first.startswith("both about")
    assert first.endswith("linked from this post")
    assert "kafka" in second and "link" not in second
    titles = [text_of(row.a) for row in rows(library, "kafka/tuning")]
    back = reasons(library, "kafka/tuning")[titles.index("Kafka lag")]
    assert back.endswith("links to this post")
    assert "postgres" in reasons(library, "db/bloat")[0]


def test_the_order_at_the_end_of_a_page(library: Site) -> None:
    page = library.page("kafka/lag/index.html")
    parts = [part["data-anp"] for part in page.select("article > [data-anp]")]
    assert parts[-2:] == ["meta_box", "similar_posts"]


def test_neither_search_nor_contents_know_of_it(library: Site) -> None:
    index = json.loads(library.raw("search/search_index.json"))
    texts = " ".join(f"{entry['title']} {entry['text']}" for entry in index["docs"])
    assert "Larger batches help" in texts
    for text in ("Similar posts", "both about", "How to tune a broker."):
        assert text not in texts
    assert not any("anp" in entry["location"] for entry in index["docs"])
    page = library.page("kafka/lag/index.html")
    assert page.select("nav a[href='#offsets']")
    assert not page.select("nav a[href*=anp-similar]")


def test_strict_markup(library: Site) -> None:
    """A strict Content-Security-Policy holds."""
    part = section(library, "kafka/lag")
    parts = Parts(str(part))
    assert parts.errors == []
    ids = [element["id"] for element in library.page("kafka/lag/index.html").find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_the_file_of_the_site(library: Site) -> None:
    data = json.loads(library.raw("similar_posts.json"))
    assert data["version"] == 1
    assert len(data["posts"]) == len(LIBRARY) - 1
    entry = data["posts"]["kafka/lag/"][0]
    reason = entry.pop("reasons")
    score = entry.pop("score")
    assert entry.pop("summary") == "How to tune a broker."
    assert entry == {"url": "kafka/tuning/", "title": "Kafka tuning", "origin": "similar"}
    assert f"{score:.3f}" == rows(library, "kafka/lag")[0]["data-anp-score"]
    assert reason["linked_here"] is True and reason["links_here"] is False
    assert "kafka" in reason["shared"]
    [back] = [e for e in data["posts"]["kafka/tuning/"] if e["url"] == "kafka/lag/"]
    assert back["summary"] == "What to do when consumers lag."
    assert (back["reading_time"], back["difficulty"]) == (7, "advanced")
    for address, entries in data["posts"].items():
        assert [e["url"] for e in entries] == [
            (library.config.site_url or "") + e
            for e in _from_root(address, named(library, address.rstrip("/")))
        ]


def _from_root(address: str, hrefs: list[str]) -> Iterator[str]:
    for href in hrefs:
        yield f"{posixpath.normpath(posixpath.join(address, href))}/"


def test_there_is_no_file_unless_the_site_asks_for_it(build_site: Build) -> None:
    site = build_site({"docs/a.md": post("A"), "docs/b.md": post("B")})
    assert named(site, "a") == ["../b/"]
    assert not (site.directory / "site/similar_posts.json").exists()


# Places


@pytest.mark.parametrize("position", ["start", "end", "marker", "template"])
def test_position(build_site: Build, position: str) -> None:
    body = "Before.\n\n<!-- anp:similar_posts -->\n\nAfter.\n"
    site = build_site(
        {"docs/a.md": post("A", "Text."), "docs/b.md": post("B", body)},
        {"similar_posts": {"position": position}},
    )
    assert (section(site, "a") is not None) is (position in ("start", "end"))
    if position in ("start", "end"):
        html = site.raw("a/index.html")
        is_first = html.index('data-anp="similar_posts"') < html.index("Text.")
        assert is_first is (position == "start")
    assert section(site, "b") is not None
    html = site.raw("b/index.html")
    assert html.index("Before.") < html.index('data-anp="similar_posts"') < html.index("After.")
    assert "anp:similar_posts" not in html


def test_a_template_of_the_site_prints_the_entries_itself(build_site: Build) -> None:
    main = (
        '{% extends "base.html" %}{% block content %}{{ super() }}<hr class=own>'
        "{{ anp.similar_posts }}<ol class=mine>{% for e in anp.similar_posts.entries %}"
        "<li>{{ e.url }}|{{ e.title }}|{{ e.summary }}|{{ e.day }}|{{ e.reasons }}|"
        "{{ '%.1f' % e.score }}|{{ e.origin }}</li>{% endfor %}</ol>{% endblock %}"
    )
    files = {
        "docs/a.md": post("A", "", {"topic": "x"}),
        "docs/b.md": post("B &lt;c&gt;", "S.", {"topic": "x"}, date=date(2020, 1, 2)),
        "docs/n.md": "# N\n",
        "overrides/main.html": main,
    }
    theme = {"name": "material", "custom_dir": "overrides"}
    site = build_site(files, {"similar_posts": {"position": "template"}}, theme=theme)
    page = site.page("a/index.html")
    assert page.select_one(".own").find_next("section")["data-anp"] == "similar_posts"
    [row] = page.select(".mine > li")
    url, title, summary, day, reason, score, origin = row.get_text().split("|")
    assert (url, title, summary) == ("../b/", "B <c>", "S.")
    assert "2020" in day and reason and re.fullmatch(r"\d\.\d", score)
    assert origin in ("similar", "topic")
    for path in ("n/index.html", "404.html"):
        page = site.page(path)
        assert page.select(".mine") != [] or path == "404.html"
        assert page.select(".mine > li, [data-anp=similar_posts]") == []


def test_a_partial_of_the_site_wins(build_site: Build) -> None:
    files = {
        "docs/a.md": post("A"),
        "docs/b.md": post("B"),
        "overrides/partials/anp/similar_posts.html": "<i class=own>{{ entries | length }}"
        "{{ title }}{{ look }}</i>",
    }
    theme = {"name": "material", "custom_dir": "overrides"}
    options = {"similar_posts": {"look": "cards", "title": "More <b>"}}
    page = build_site(files, options, theme=theme).page("a/index.html")
    assert page.select_one("i.own").get_text() == "1More <b>cards"
    assert not page.select("[data-anp=similar_posts]")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "anp"])
def test_other_themes(build_site: Build, theme: str) -> None:
    site = build_site({"docs/a.md": post("A"), "docs/b.md": post("B")}, theme=theme)
    assert named(site, "a") == ["../b/"]


def test_without_directory_urls(build_site: Build) -> None:
    files = {"docs/a.md": post("A", "[b](x/b.md)"), "docs/x/b.md": post("B")}
    site = build_site(files, use_directory_urls=False)
    [row] = site.page("a.html").select("[data-anp=similar_posts] li[data-anp-score]")
    assert row.a["href"] == "x/b.html"
    assert "linked from this post" in row.get_text()
    [row] = site.page("x/b.html").select("[data-anp=similar_posts] li[data-anp-score]")
    assert row.a["href"] == "../a.html"


def test_names_of_files_that_need_escapes(build_site: Build) -> None:
    files = {
        "docs/a & b's.md": post("A", "[c](<c d%C3%A9.md>)"),
        "docs/c dé.md": post("C"),
    }
    site = build_site(files)
    path = "a & b's"
    assert named(site, path) == ["../c%20d%C3%A9/"]
    assert reasons(site, path) == ["linked from this post"]


def test_language_of_the_site(build_site: Build) -> None:
    theme = {"name": "material", "language": "de"}
    site = build_site({"docs/n/a.md": post("A"), "docs/n/b.md": post("B")}, theme=theme)
    part = section(site, "n/a")
    assert part is not None and text_of(part.h2) == "Ähnliche Beiträge"
    assert reasons(site, "n/a") == ["im selben Bereich"]


def test_nothing_is_said_of_folders_and_days_that_are_none(build_site: Build) -> None:
    site = build_site({"docs/a.md": post("A"), "docs/b.md": post("B")})
    assert reasons(site, "a") == [""]


def test_labels_of_the_site(build_site: Build) -> None:
    labels = {
        "similar_posts.title": "T <i>",
        "similar_posts.topic": "topic {values}!",
        "similar_posts.about": "topic {values}!",
    }
    files = {
        "docs/a.md": post("A", "", {"topic": "x{values}"}),
        "docs/b.md": post("B", "", {"topic": "x{values}"}),
    }
    site = build_site(files, {"labels": labels})
    part = section(site, "a")
    assert part is not None and text_of(part.h2) == "T <i>"
    assert reasons(site, "a") == ["topic x{values}!"]


# What is named


FOUR = {
    "docs/a.md": post("A", "", {"topic": "x"}, date=date(2020, 2, 2)),
    "docs/b.md": post("B", "", {"topic": "x"}, date=date(2020, 1, 1)),
    "docs/c.md": post("C", "", {"topic": "x"}, date=date(2020, 3, 3)),
    "docs/d.md": post("D", "", {"topic": "x"}),
}


def test_limit(build_site: Build) -> None:
    files = {**FOUR, "docs/a.md": post("A", "", {"topic": "x"}, **settings(limit=2))}
    site = build_site(files, {"similar_posts": {"limit": 1}})
    assert len(named(site, "a")) == 2
    assert len(named(site, "b")) == 1


def test_more_than_usual_may_be_named(build_site: Build) -> None:
    files = {f"docs/p{n}.md": post(f"P{n}", f"{KAFKA} Only {n}.") for n in range(40)}
    site = build_site(files, {"similar_posts": {"limit": 30}})
    assert len(set(named(site, "p7"))) == 30


def test_least_score(library: Site, build_site: Build) -> None:
    site = build_site(LIBRARY, {"similar_posts": {"min_score": 0.2}})
    before = [float(str(row["data-anp-score"])) for row in rows(library, "kafka/lag")]
    after = [float(str(row["data-anp-score"])) for row in rows(site, "kafka/lag")]
    assert min(before) < 0.2
    assert after == [score for score in before if score >= 0.2]


def test_nothing_is_similar_enough(build_site: Build) -> None:
    """Posts of the same topic stand in, then of the same folder, then the newest."""
    files = {
        "docs/x/a.md": post("A", KAFKA, {"topic": "one / Kafka"}),
        "docs/y/topic.md": post("Topic", POSTGRES, {"topic": "kafka"}),
        "docs/x/section.md": post("Section", BREAD),
        "docs/y/old.md": post("Old", "", date=date(2001, 1, 1)),
        "docs/y/new.md": post("New", "", date=date(2019, 1, 1)),
    }
    site = build_site(files, {"similar_posts": {"min_score": 1}})
    assert named(site, "x/a") == ["../../y/topic/", "../section/", "../../y/new/", "../../y/old/"]
    assert origins(site, "x/a") == ["topic", "section", "newest", "newest"]
    newest = "one of the newest posts"
    assert reasons(site, "x/a") == ["also about kafka", "in the same section", newest, newest]
    assert {row["data-anp-score"] for row in rows(site, "x/a")} == {"0.000"}


def test_older_posts_only(build_site: Build) -> None:
    site = build_site(FOUR, {"similar_posts": {"newer": False}})
    assert named(site, "a") == ["../b/", "../d/"]
    files = {
        **FOUR,
        "docs/a.md": post("A", "", {"topic": "x"}, date=date(2020, 2, 2), **settings(newer=False)),
    }
    site = build_site(files)
    assert named(site, "a") == ["../b/", "../d/"]
    assert "../c/" in named(site, "b")


def test_posts_that_need_review(build_site: Build) -> None:
    flags = {"topic": "x", "flags": {"needs_human_review": True}}
    files = {**FOUR, "docs/b.md": post("B", "", flags)}
    assert "../b/" in named(build_site(files), "a")
    site = build_site(files, {"similar_posts": {"unreviewed": False}})
    assert "../b/" not in named(site, "a")
    assert named(site, "b") != []


def test_pins_come_first_in_their_order(build_site: Build) -> None:
    pins = ["../plain.md", "vacuum.md#part", "../kafka/lag.md", "vacuum.md"]
    files = {**LIBRARY, "docs/db/bloat.md": post("Bloat", POSTGRES, **settings(pin=pins))}
    site = build_site(files)
    found = ["../../plain/", "../vacuum/", "../../kafka/lag/"]
    assert named(site, "db/bloat")[:3] == found
    assert origins(site, "db/bloat")[:3] == ["pin"] * 3
    assert len(set(named(site, "db/bloat"))) == len(named(site, "db/bloat"))
    assert reasons(site, "db/bloat")[0] == "chosen by the author"
    assert all(
        reason.startswith("chosen by the author") for reason in reasons(site, "db/bloat")[:3]
    )
    assert text_of(rows(site, "db/bloat")[0].a) == "Plain"
    assert text_of(rows(site, "db/bloat")[0].find("p")) == "No post."
    assert site.warnings == []


USELESS = {
    "a.md": ("is this page itself", "remove it"),
    "draft.md": ("appears nowhere: it is a draft", "let the page appear"),
    "future.md": ("appears nowhere", "let the page appear"),
    "hidden.md": ("appears nowhere", "let the page appear"),
    "patterns/x.md": ("appears nowhere", "let the page appear"),
    "c.md": (
        "pins 'c.md' and excludes it, too".replace("pins", "page pins"),
        "remove one of the two",
    ),
    "https://a.example/b.md": ("is no page of the site", "write the path of a Markdown file"),
    "/b.md": ("is no page of the site", "write the path of a Markdown file"),
    "picture.png": ("is no page of the site", "write the path of a Markdown file"),
    "de.md": ("is this page in another language", "remove it"),
}


def test_pins_that_cannot_be_followed_are_told_with_their_place(build_site: Build) -> None:
    own = settings(pin=[*USELESS, "b.md"], exclude=["c.md"])
    files = {
        "docs/a.md": post("A", "", {"topic": "x", "reference": "r1"}, **own),
        "docs/b.md": post("B"),
        "docs/c.md": post("C"),
        "docs/draft.md": post("D", draft=True),
        "docs/future.md": post("F", date=TOMORROW),
        "docs/hidden.md": post("H", **settings(appear=False)),
        "docs/patterns/x.md": post("X"),
        "docs/picture.png": "",
        "docs/de.md": post("De", "", {"reference": "r1"}, lang="de"),
    }
    site = build_site(files, {"similar_posts": {"exclude": ["patterns/"]}})
    told = [warning for warning in site.warnings if "useless-pin" in warning]
    lines = files["docs/a.md"].splitlines()
    assert len(told) == len(USELESS)
    for warning, (pin, (message, cure)) in zip(told, USELESS.items(), strict=True):
        place = re.search(r"docs/a\.md:(\d+):(\d+): warning\[useless-pin\]", warning)
        assert place, warning
        assert lines[int(place[1]) - 1][int(place[2]) - 1 :].strip("'") == pin
        assert message in warning and cure in warning
    assert named(site, "a")[0] == "../b/"
    assert origins(site, "a").count("pin") == 1


def test_a_pin_of_a_missing_page_is_told_once(build_site: Build) -> None:
    site = build_site({"docs/a.md": post("A", **settings(pin="gone.md")), "docs/b.md": post("B")})
    [warning] = site.warnings
    assert "missing-post" in warning and "gone.md" in warning
    assert named(site, "a") == ["../b/"]


def test_pins_are_not_told_where_nothing_is(build_site: Build) -> None:
    files = {
        "docs/a.md": post("A", anp={"similar_posts": {"pin": ["a.md"]}, "validation": False}),
        "docs/b.md": post("B", **settings(enabled=False, pin=["b.md"])),
        "docs/c.md": post("C", **settings(pin=["c.md"])),
    }
    site = build_site(files, {"validation": {"rules": {"useless-pin": "off"}}})
    assert site.warnings == []
    [warning] = build_site(files).warnings
    assert "docs/c.md" in warning


def test_pins_in_a_circle(build_site: Build) -> None:
    files = {
        "docs/a.md": post("A", **settings(pin=["b.md"])),
        "docs/b.md": post("B", **settings(pin=["a.md"])),
    }
    site = build_site(files)
    assert (named(site, "a"), named(site, "b")) == (["../b/"], ["../a/"])
    assert site.warnings == []


def test_excluded_by_the_page(build_site: Build) -> None:
    own = settings(exclude=["b.md", "c.md#x", "gone.md"])
    site = build_site({**FOUR, "docs/a.md": post("A", "", {"topic": "x"}, **own)})
    assert named(site, "a") == ["../d/"]
    assert "../b/" in named(site, "d")


def test_more_are_excluded_than_are_usually_found(build_site: Build) -> None:
    files = {f"docs/p{n:02}.md": post(f"P{n}", KAFKA) for n in range(30)}
    files |= {f"docs/q{n:02}.md": post(f"Q{n}", f"{BREAD} {n}") for n in range(90)}
    exclude = [f"p{n:02}.md" for n in range(1, 28)]
    files["docs/p00.md"] = post("P0", KAFKA, **settings(exclude=exclude))
    site = build_site(files)
    assert sorted(named(site, "p00")) == ["../p28/", "../p29/"]
    assert origins(site, "p00") == ["similar", "similar"]


def test_who_may_not_appear_is_named_nowhere_and_has_a_section(build_site: Build) -> None:
    same = {"topic": "x"}
    hidden = {
        "appear": post("P", KAFKA, same, **settings(appear=False)),
        "draft": post("P", KAFKA, same, draft=True),
        "revision": post("P", KAFKA, {**same, "revision": {"status": "draft"}}),
        "future": post("P", KAFKA, same, date=TOMORROW),
        "out/pattern": post("P", KAFKA, same),
    }
    files = {
        **{f"docs/{path}.md": text for path, text in hidden.items()},
        "docs/a.md": post("A", KAFKA, same),
        "docs/b.md": post("B", KAFKA, same, date=date.today()),
        "docs/out/not.md": post("Not", KAFKA, same),
        "docs/excluded.md": post("E", KAFKA, same),
    }
    options = {"similar_posts": {"exclude": ["out/", "!out/not.md", "/out/p*"], "limit": 20}}
    site = build_site(files, options, draft_docs="excluded.md")
    assert not (site.directory / "site/excluded").exists()
    assert sorted(named(site, "a")) == ["../b/", "../out/not/"]
    for path in hidden:
        assert named(site, path), path
        assert all(address.endswith(("../a/", "../b/", "/not/")) for address in named(site, path))
    assert site.warnings == []


@pytest.mark.parametrize(
    "own", [{"anp": False}, {"anp": {"similar_posts": False}}, settings(enabled=False)]
)
def test_switched_off_on_a_page(build_site: Build, own: dict[str, Any]) -> None:
    site = build_site({"docs/a.md": post("A", **own), "docs/b.md": post("B")})
    assert section(site, "a") is None
    assert named(site, "b") == ["../a/"]


def test_switched_off(build_site: Build) -> None:
    files = {"docs/a.md": post("A", **settings(pin=["a.md"])), "docs/b.md": post("B")}
    site = build_site(files, {"similar_posts": False})
    assert section(site, "a") is None
    assert not (site.directory / ".cache").exists()
    assert site.warnings == []
    on = {**files, "docs/b.md": post("B", **settings(enabled=True))}
    site = build_site(on, {"similar_posts": False})
    assert named(site, "b") == ["../a/"]


def test_reasons_switched_off(build_site: Build) -> None:
    files = {**FOUR, "docs/b.md": post("B", "", {"topic": "x"}, **settings(reasons=True))}
    site = build_site(files, {"similar_posts": {"reasons": False}})
    assert set(reasons(site, "a")) == {""}
    assert set(reasons(site, "b")) == {"also about x"}


@pytest.mark.parametrize("look", ["list", "cards"])
def test_look_and_title(build_site: Build, look: str) -> None:
    own = settings(look=look, title="Read <on>")
    part = section(build_site({**FOUR, "docs/a.md": post("A", **own)}), "a")
    assert part is not None
    assert f"anp-similar-posts--{look}" in part["class"]
    assert text_of(part.h2) == "Read <on>"


# Signals


TAGGED = {
    "docs/a.md": post("A", "alpha", tags=["news", "rare"]),
    "docs/b.md": post("B", "beta", tags=["news", "rare"]),
    "docs/c.md": post("C", "gamma", tags=["other"]),
    "docs/d.md": post("D", "delta", tags=["other"]),
    "docs/e.md": post("E", "epsilon", tags=["third"]),
    "docs/f.md": post("F", "zeta", tags=["third"]),
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "both about news, rare"),
        ({"ignore": [{"tags": ["News"]}]}, "both about rare"),
        ({"ignore": {"tags": "NEWS"}}, "both about rare"),
        ({"ignore": [{"tags": ["news", "rare"]}]}, None),
        ({"ignore": ["tags"]}, None),
        ({"ignore": "tags"}, None),
        ({"weights": {"tags": 0, "meta_words": 0, "text": 0}}, None),
        ({"ignore": ["path", "date", "summary", "headings", "code"]}, "both about news, rare"),
    ],
)  # fmt: skip
def test_ignored_signals_and_weights(
    build_site: Build, options: dict[str, Any], expected: str | None
) -> None:
    site = build_site(TAGGED, {"similar_posts": options})
    if expected:
        assert (named(site, "a")[0], reasons(site, "a")[0]) == ("../b/", expected)
        assert origins(site, "a")[0] == "similar"
    else:
        assert not any(re.search("news|rare", reason) for reason in reasons(site, "a"))
        assert len(named(site, "a")) == 5  # ignored is the signal, not the posts


def test_a_weight_is_a_factor(build_site: Build) -> None:
    scores = []
    for factor in (0.5, 1, 4):
        site = build_site(TAGGED, {"similar_posts": {"weights": {"tags": factor}}})
        scores.append(float(str(rows(site, "a")[0]["data-anp-score"])))
    assert scores == sorted(set(scores))


@pytest.mark.parametrize(
    ("options", "name", "told"),
    [
        ({"weights": {"tags": -1}}, "weights", "tags is a number from 0 to 100, not -1"),
        ({"weights": {"tags": 101}}, "weights", "tags is a number from 0 to 100, not 101"),
        ({"weights": {"tags": float("nan")}}, "weights", "tags is a number from 0 to 100"),
        ({"weights": {"tags": "high"}}, "weights", "tags is a number, not 'high'"),
        ({"weights": {"tags": True}}, "weights", "tags is a number, not True"),
        ({"weights": {"tag": 2}}, "weights", "no weight 'tag'"),
        ({"weights": {1: 2}}, "weights", "no weight 1"),
        ({"weights": ["tags"]}, "weights", "write a mapping"),
        ({"ignore": ["tag"]}, "ignore", "no signal 'tag'"),
        ({"ignore": [{"summary": ["x"]}]}, "ignore", "no set of values 'summary'"),
        ({"ignore": [{"tags": None}]}, "ignore", "tags: write texts, such as {tags: [news]}"),
        ({"ignore": [{"tags": [["x"]]}]}, "ignore", "tags: write texts"),
        ({"ignore": 3}, "ignore", "3: write a name"),
        ({"limit": 0}, "limit", "0 is not a whole number from 1 to 50"),
        ({"limit": 51}, "limit", "51 is not a whole number from 1 to 50"),
        ({"limit": 2.5}, "limit", "2.5 is not a whole number"),
        ({"limit": True}, "limit", "True is not a whole number"),
        ({"min_score": -0.1}, "min_score", "is not a number from 0 to 1"),
        ({"min_score": "1"}, "min_score", "'1' is not a number from 0 to 1"),
        ({"look": "grid"}, "look", "'list', 'cards'"),
        ({"position": "top"}, "position", "'start', 'end', 'marker', 'template'"),
        ({"exclude": "x/"}, "exclude", "list"),
        ({"exclude": [3]}, "exclude", "str"),
        ({"limits": 3}, "limits", "no such option"),
        ("yes", "similar_posts", ""),
    ],
)
def test_wrong_options_name_themselves(
    build_site: Build, caplog: pytest.LogCaptureFixture, options: Any, name: str, told: str
) -> None:
    with pytest.raises(Abort):
        build_site({"docs/a.md": post("A")}, {"similar_posts": options})
    assert "similar_posts" in caplog.text
    assert name in caplog.text and told in caplog.text


@pytest.mark.parametrize("name", ["weights", "ignore", "title", "limit", "min_score", "newer"])
def test_an_option_without_a_value_is_none(build_site: Build, name: str) -> None:
    files = {"docs/a.md": post("A"), "docs/b.md": post("B")}
    assert named(build_site(files, {"similar_posts": {name: None}}), "a") == ["../b/"]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"limit": 0}, "0 is not a whole number from 1 to 50"),
        ({"limit": "many"}, "'many' is not a whole number"),
        ({"min_score": 2}, "not a number from 0 to 1"),
        ({"look": "grid"}, "is not one of: list, cards"),
        ({"pin": {"a": "b"}}, "is not a list of paths"),
        ({"pin": [1]}, "is not a list of paths"),
        ({"pins": ["b.md"]}, "write pin"),
        ({"newer": "no way"}, "is not true or false"),
        ({"weights": {"tags": 2}}, "there is no setting 'weights'"),
    ],
)
def test_wrong_settings_of_a_page_are_told_and_the_sites_count(
    build_site: Build, own: dict[str, Any], told: str
) -> None:
    site = build_site({"docs/a.md": post("A", **settings(**own)), "docs/b.md": post("B")})
    [warning] = site.warnings
    assert "wrong-setting" in warning and told in warning, warning
    assert named(site, "a") == ["../b/"]


# Few posts, and odd ones


def test_one_post_has_no_section(build_site: Build) -> None:
    site = build_site({"docs/a.md": post("A", KAFKA), "docs/n.md": f"# N\n\n{KAFKA}\n"})
    assert section(site, "a") is None
    assert site.warnings == []


def test_a_site_without_posts(build_site: Build) -> None:
    site = build_site({"docs/n.md": "# N\n"}, {"similar_posts": {"json": True}})
    assert section(site, "n") is None
    assert json.loads(site.raw("similar_posts.json"))["posts"] == {}


def test_two_posts(build_site: Build) -> None:
    site = build_site({"docs/a.md": post("A", KAFKA), "docs/b.md": post("B", BREAD)})
    assert (named(site, "a"), named(site, "b")) == (["../b/"], ["../a/"])


def test_odd_posts(build_site: Build) -> None:
    odd = {
        "empty": "",
        "emoji": "😀🎉 🚀",
        "code": "```python\nimport kafka\n```",
        "picture": "![](x.png)",
        "comment": "<!-- kafka -->",
        "unclosed": "<div><p>kafka <!-- ",
        "null": "\0\0\0",
        "space": " \n\t\n",
    }
    files = {f"docs/{name}.md": post("", text) for name, text in odd.items()}
    files |= {f"docs/same{n}.md": post("Same", KAFKA) for n in range(3)}
    files |= {"docs/untitled.md": "---\npost_meta: {topic: x}\n---\n", "docs/x.png": ""}
    site = build_site(files)
    for name in (*odd, "same0", "untitled"):
        found = named(site, name)
        assert 1 <= len(found) == len(set(found)) <= 5, name
        assert all(text_of(row.a) for row in rows(site, name)), name
    assert named(site, "same0")[:2] == ["../same1/", "../same2/"]
    scores = {row["data-anp-score"] for row in rows(site, "same0")[:2]}
    assert len(scores) == 1 and float(str(scores.pop())) > 0.5


def test_a_post_of_the_front_matters_top_level(build_site: Build) -> None:
    text = "---\ntitle: {0}\ntopic: x\nsummary: Sum {0}\n---\n\nText.\n"
    files = {f"docs/{name}.md": text.format(name.upper()) for name in "ab"}
    site = build_site(files, {"meta_key": "", "posts": ["*.md", "!index.md"]})
    [row] = rows(site, "a")
    assert (text_of(row.a), text_of(row.find("p"))) == ("B", "Sum B")
    assert reasons(site, "a") == ["both about x"]


@pytest.mark.slow
def test_a_very_long_post(build_site: Build) -> None:
    words = " ".join(f"word{n % 5000}" for n in range(500_000))
    assert len(words) > 4_000_000
    files = {**FOUR, "docs/long.md": post("Long", words, {"topic": "x"})}
    site = build_site(files)
    assert len(named(site, "long")) == 4
    summaries = section(site, "a").select(".anp-similar-posts__summary")  # type: ignore[union-attr]
    assert all(len(summary.get_text()) <= 201 for summary in summaries)


@pytest.mark.parametrize("least", [0, 1])
def test_a_field_that_the_site_hides_is_never_named(build_site: Build, least: int) -> None:
    """Neither its values nor its words, in no section and in no file."""
    secret = {"summary": "Secretsum", "topic": "Secrettopic", "stack": ["Secretstack x"]}
    files = {
        f"docs/{name}.md": post(name, f"Text {name}.", {**secret, "difficulty": "expert"})
        for name in "abc"
    }
    files |= {f"docs/d{n}.md": post("D", f"Text d{n}.", {"topic": "other"}) for n in range(6)}
    fields = {name: {"show": "hidden"} for name in (*secret, "difficulty")}
    options = {"fields": fields, "similar_posts": {"json": True, "min_score": least}}
    site = build_site(files, options)
    assert origins(site, "a")[:2] == ["topic" if least else "similar"] * 2
    part = str(section(site, "a")) + site.raw("similar_posts.json")
    assert "secret" not in part.lower() and "expert" not in part
    assert not any(reason.endswith(("about", "mention", ":")) for reason in reasons(site, "a"))
    assert text_of(rows(site, "a")[0].find("p")) in ("Text b.", "Text c.")
    seen = build_site(files, {"similar_posts": options["similar_posts"]})
    assert "secret" in str(section(seen, "a")).lower()


def test_an_image_without_alternative_text_is_no_summary(build_site: Build) -> None:
    files = {
        "docs/a.md": post("A"),
        "docs/b.md": post("B", "<!-- not this -->\n\n![](x.png)\n\n!!! note\n\n    This *here*.\n"),
        "docs/x.png": "",
    }
    site = build_site(files, markdown_extensions=["admonition"])
    assert text_of(rows(site, "a")[0].find("p")) == "This here."


# Hostile texts


@pytest.mark.slow
def test_hostile_texts_stay_texts(build_site: Build) -> None:
    strings = [text for text in hostile_strings() if len(text) < 2000]
    files = {}
    shares = [strings[start : start + 4] for start in range(0, len(strings), 4)]
    for number, share in enumerate(shares):
        for copy in "ab":
            meta = {"topic": share[0], "stack": share, "entities": [{"name": share[-1]}]}
            meta["summary"] = "\n".join(share)
            front = {"title": share[0], "tags": share}
            other = "b" if copy == "a" else "a"
            files[f"docs/{copy}{number}.md"] = post(
                "T",
                f"Text {number}.",
                meta,
                **front,
                **settings(title=share[-1], pin=[f"{other}{number}.md"]),
            )
    site = build_site(files, theme="mkdocs", nav=[{"Home": "index.md"}])
    for number, share in enumerate(shares):
        part = section(site, f"a{number}")
        assert part is not None
        parts = Parts(str(part))
        assert parts.errors == [], share
        first = part.select_one("li[data-anp-score]")
        assert first is not None and first.a["href"] == f"../b{number}/"
        if shown(share[0]):
            assert shown(share[0]) in (squeeze(first.a.get_text()), f"b{number}.md"), share


@pytest.mark.parametrize("own", [{}, {"title": 'Q&A <b> "x"'}], ids=["heading", "meta"])
def test_a_title_is_shown_as_it_is(build_site: Build, own: dict[str, str]) -> None:
    other = post('Q&A `<b>` "x"', "Text.", {"topic": "nbsp"}, **own)
    files = {"docs/a.md": post("A&nbsp;b", f"## Why&nbsp;not\n\n{KAFKA}"), "docs/b.md": other}
    site = build_site(files, {"similar_posts": {"json": True}})
    assert rows(site, "a")[0].a.get_text() == 'Q&A <b> "x"'
    assert json.loads(site.raw("similar_posts.json"))["posts"]["a/"][0]["title"] == 'Q&A <b> "x"'
    assert not any("nbsp" in reason for reason in reasons(site, "a"))


# Links and languages


def test_links_in_markdown_and_html_by_any_form_of_address(build_site: Build) -> None:
    bodies = {
        "relative": "[t](../b/target.md)",
        "anchor": "[t](../b/target.md#part)",
        "root": '<a href="/sub/b/target/">t</a>',
        "absolute": "[t](https://x.example/sub/b/target/?q=1#part)",
        "reference": "[t][1]\n\n[1]: ../b/target.md",
        "none": "[t](https://x.example/b/target/)",
        "outside": "[t](https://other.example/sub/b/target/)",
        "code": "```html\n<a href='../../b/target/'>t</a>\n```",
    }
    files = {f"docs/a/{name}.md": post(name, body) for name, body in bodies.items()}
    files["docs/b/target.md"] = post("Target", "## Part\n")
    site = build_site(files, {"similar_posts": {"limit": 20}}, site_url="https://x.example/sub/")
    linking = {
        str(row.a["href"]).split("/")[-2]
        for row, reason in zip(rows(site, "b/target"), reasons(site, "b/target"), strict=True)
        if "links to this post" in reason
    }
    assert linking == {"relative", "anchor", "root", "absolute", "reference"}


def test_posts_are_compared_within_their_language(build_site: Build) -> None:
    files = {
        f"docs/{language}{n}.md": post(
            f"{language} {n}", f"{KAFKA} {n}", {"topic": "kafka"}, **front
        )
        for language, front in (("en", {}), ("de", {"lang": "de"}), ("fr", {"lang": "fr"}))
        for n in range(3)
    }
    site = build_site(files)
    for language in ("en", "de", "fr"):
        assert sorted(named(site, f"{language}0")) == [f"../{language}1/", f"../{language}2/"]


LANGUAGES = [
    {"locale": "en", "default": True, "name": "English", "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_translations_name_only_their_own_language(build_site: Build, structure: str) -> None:
    files = {}
    for n in range(3):
        english = post(f"English {n}", f"Brokers {n}.", {"topic": "kafka", "reference": f"r{n}"})
        german = post(f"Deutsch {n}", f"Makler {n}.", {"topic": "kafka", "reference": f"r{n}"})
        paths = (f"p{n}", f"p{n}.de") if structure == "suffix" else (f"en/p{n}", f"de/p{n}")
        files |= {
            f"docs/{path}.md": text for path, text in zip(paths, (english, german), strict=True)
        }
    if structure == "folder":
        files |= {"docs/de/index.md": "# Start\n"}
    i18n = {"i18n": {"docs_structure": structure, "languages": LANGUAGES}}
    ours = {"anp": {"similar_posts": {"json": True}}}
    site = build_site(files, plugins=["search", i18n, ours])
    for n in range(3):
        for prefix, title in (("", "English"), ("de/", "Deutsch")):
            found = [text_of(row.a) for row in rows(site, f"{prefix}p{n}")]
            assert sorted(found) == [f"{title} {m}" for m in range(3) if m != n]
            for address in named(site, f"{prefix}p{n}"):
                assert address.startswith("../p")
    assert reasons(site, "p0") == ["also about kafka"] * 2
    assert reasons(site, "de/p0") == ["ebenfalls über kafka"] * 2
    data = json.loads(site.raw("similar_posts.json"))["posts"]
    expected = {f"{prefix}p{n}/" for prefix in ("", "de/") for n in range(3)}
    assert data.keys() == expected
    for address, entries in data.items():
        assert all(e["url"].startswith("de/") is address.startswith("de/") for e in entries)


# The cache


@pytest.fixture
def texts_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose words are read, in small letters."""
    texts: list[str] = []
    read = Vocabulary.read

    def reading(vocabulary: Vocabulary, some: list[bytes]) -> Any:
        texts.extend(text.decode() for text in some)
        return read(vocabulary, some)

    monkeypatch.setattr(Vocabulary, "read", reading)
    return texts


def again(site: Site, **changes: Any) -> Site:
    """Build a site again, as it is on the disk."""
    config = load_config(str(site.directory / "mkdocs.yml"), **changes)
    build(config)
    return Site(site.directory, config)


def sections(site: Site) -> dict[str, str]:
    pages = sorted((site.directory / "site").rglob("*.html"))
    found = {
        str(path): [str(part) for part in site.page(str(path)).select("[data-anp=similar_posts]")]
        for path in pages
    }
    return {path: parts[0] for path, parts in found.items() if parts}


def test_a_second_build_reads_no_text(build_site: Build, texts_read: list[str]) -> None:
    site = build_site(LIBRARY)
    assert any("autovacuum" in text for text in texts_read)
    folder = site.directory / ".cache/plugin/anp"
    assert "*" in (folder / ".gitignore").read_text("utf-8").splitlines()
    first = sections(site)
    texts_read.clear()
    assert sections(again(site)) == first and len(first) == 7
    assert not any("autovacuum" in text for text in texts_read)
    path = site.directory / "docs/bread.md"
    path.write_text(path.read_text("utf-8") + "\nQuokka.\n", "utf-8")
    again(site)
    assert any("quokka" in text for text in texts_read)
    assert not any("autovacuum" in text for text in texts_read)


@pytest.mark.parametrize("content", [b"", b"\0\xff", b"anp similar posts tokens 1\n", None])
def test_a_cache_that_is_broken_or_foreign(
    build_site: Build, texts_read: list[str], content: bytes | None
) -> None:
    site = build_site(LIBRARY)
    first = sections(site)
    [cache] = (site.directory / ".cache/plugin/anp").glob("*.tokens")
    cache.write_bytes(cache.read_bytes()[:-9] if content is None else content)
    texts_read.clear()
    assert sections(again(site)) == first
    assert any("autovacuum" in text for text in texts_read)
    texts_read.clear()
    again(site)
    assert texts_read == [] or not any("autovacuum" in text for text in texts_read)


@pytest.mark.parametrize("obstacle", ["file", "folder", "ignore"])
def test_a_cache_that_cannot_be_written(
    build_site: Build, texts_read: list[str], obstacle: str
) -> None:
    """Wherever something stands in its way, all is as right."""
    site = build_site(LIBRARY)
    first = sections(site)
    cache = site.directory / ".cache/plugin/anp"
    for path in cache.iterdir():
        path.unlink()
    if obstacle == "file":
        cache.rmdir()
        cache.write_text("no folder", "utf-8")
    elif obstacle == "folder":
        (cache / "similar_posts.en.tokens").mkdir()
    else:
        (cache / ".gitignore").mkdir()
    assert sections(again(site)) == first


def test_no_cache(build_site: Build) -> None:
    site = build_site(LIBRARY, {"similar_posts": {"cache_dir": ""}})
    assert not (site.directory / ".cache").exists()
    assert named(site, "bread")[0] == "../rolls/"
    site = build_site(LIBRARY, {"similar_posts": {"cache_dir": "own/cache"}})
    assert (site.directory / "own/cache/.gitignore").exists()
    assert not (site.directory / ".cache").exists()


# Dirty builds


def test_a_dirty_build_says_what_it_does(
    build_site: Build, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "mkdocs")
    site = build_site(LIBRARY)
    assert "with --dirty" not in caplog.text
    for path in ("bread.md", "rolls.md"):
        os.utime(site.directory / "docs" / path, (2e9, 2e9))
    config = load_config(str(site.directory / "mkdocs.yml"))
    build(config, dirty=True)
    assert "with --dirty, similar posts are found among the pages that are built now" in caplog.text
    assert named(site, "bread") == ["../rolls/"]
    assert named(site, "kafka/lag")[0] == "../tuning/"  # as it was


def test_a_dirty_build_leaves_the_file_of_the_site_as_it_was(build_site: Build) -> None:
    site = build_site(LIBRARY, {"similar_posts": {"json": True}})
    before = site.raw("similar_posts.json")
    os.utime(site.directory / "docs" / "bread.md", (2e9, 2e9))
    build(load_config(str(site.directory / "mkdocs.yml")), dirty=True)
    assert site.raw("similar_posts.json") == before
