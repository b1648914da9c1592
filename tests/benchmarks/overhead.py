"""What the plugin costs: one synthesized site, built with it and without it, in turn.

    python -m tests.benchmarks.overhead --count 1000
    python -m tests.benchmarks.overhead --count 1000 --nav auto
    python -m tests.benchmarks.overhead --count 1000 --share similar_posts
    python -m tests.benchmarks.overhead --count 1000 --images 2 \\
        --features image_credits structured_data --share image_credits structured_data

Without `--nav`, the posts stand outside the navigation in both builds, and the search is off: so
that only reading, meta box and what else the plugin does are compared. Similar posts have no cache:
each build is a first one. With `--nav auto`, both
builds begin with MkDocs' automatic navigation. With `--images`, all posts have so many images;
where the only features are those of `--share`, they are compared with a build in which the plugin
only reads the post meta.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks import turns
from tests.benchmarks.harness import (
    MKDOCS_ANP,
    bytes_in,
    compare,
    in_memory,
    in_turn,
    report,
    run,
)

_OF_AS_MANY_IMAGES = 8
"""Of so many posts at least one has the wanted number of images, from 2 to 4."""

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)]*\.md\)")

FEATURES = (
    "meta_box",
    "glance",
    "validation",
    "checklist",
    "image_credits",
    "structured_data",
    "similar_posts",
)


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of a site.

    Attributes:
        count: How many.
        seed: The seed of the synthesizer.
        images: How many images each of them has, 0 for as many as it happens to have.
    """

    count: int
    seed: str
    images: int = 0

    def write(self, directory: Path) -> None:
        """Write them into the folder `docs` of a directory."""
        more = _OF_AS_MANY_IMAGES if self.images else 1
        synth = [*MKDOCS_ANP, "synth", "docs", "--seed", self.seed]
        run([*synth, "--count", str(self.count * more)], directory)
        if self.images:
            posts = sorted((directory / "docs").rglob("*.md"))
            texts = {post: post.read_text("utf-8") for post in posts}
            wanted = [post for post in posts if texts[post].count("\n![") == self.images]
            for post in wanted[: self.count]:  # without links to those that go
                post.write_text(_LINK.sub(r"\1", texts[post]), "utf-8")
            for post in set(posts).difference(wanted[: self.count]):
                post.unlink()


def measure(
    directory: Path,
    posts: Posts,
    pairs: int,
    nav: str,
    features: Collection[str],
    against: Collection[str] | None = None,
) -> dict[str, Any]:
    """Synthesize a site in a directory, and return what its builds take.

    Args:
        directory: An empty one.
        posts: The posts of the site.
        pairs: How many builds with and without the plugin.
        nav: The plugin's option; "" puts the posts outside the navigation in both builds.
        features: The features that are on.
        against: Those that are on in the other build; None for no plugin there.
    """
    posts.write(directory)
    (directory / "docs" / "index.md").write_text("# Home\n", "utf-8")
    site: dict[str, Any] = {
        "site_name": "Benchmark",
        "site_url": "https://benchmark.example/",
        "theme": "material",
        "hooks": [turns.HOOK],
        "markdown_extensions": ["attr_list", "pymdownx.highlight", "pymdownx.superfences"],
    }
    if not nav:
        site |= {"nav": ["index.md"], "not_in_nav": "*.md"}
    plain: list[Any] = [] if against is None else [{"anp": _options(nav, against)}]
    plugins = {"anp": [{"anp": _options(nav, features)}], "plain": plain}
    for name, value in plugins.items():
        config = {**site, "plugins": value, "site_dir": f"site-{name}"}
        (directory / f"{name}.yml").write_text(yaml.safe_dump(config), "utf-8")
    first, second = (Path(f"{name}.yml") for name in plugins)
    figures = compare(*in_turn(first, second, directory, pairs))
    sizes = [bytes_in(directory / f"site-{name}") for name in plugins]
    return {**figures, "site_megabytes": [round(size / 1e6, 3) for size in sizes]}


def _options(nav: str, features: Collection[str]) -> dict[str, Any]:
    """Return the plugin's options with these features on."""
    box = {"enabled": "meta_box" in features, "glance": "glance" in features}
    similar: dict[str, Any] = {"enabled": "similar_posts" in features, "cache_dir": ""}
    own = {"meta_box": box, "similar_posts": similar}
    others = {name: name in features for name in FEATURES if name not in (*own, "glance")}
    return {"nav": nav or "keep", **own, **others}


def main() -> None:
    """Run the benchmark as a command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.overhead", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--count", type=int, default=1000, help="number of posts")
    parser.add_argument("--seed", default="1", help="seed of the posts")
    parser.add_argument(
        "--images", type=int, choices=(0, 2, 3, 4), default=0, help="images of each post"
    )
    parser.add_argument("--pairs", type=int, default=5, help="builds with and without the plugin")
    parser.add_argument("--nav", choices=("keep", "hide", "auto"), default="", help="option nav")
    parser.add_argument(
        "--features", nargs="*", choices=FEATURES, default=FEATURES, help="those that are on"
    )
    parser.add_argument(
        "--share",
        nargs="+",
        choices=FEATURES,
        help="compare with a build that has the plugin, but not these features",
    )
    options = parser.parse_args()
    if "glance" in options.features and "meta_box" not in options.features:
        parser.error("glance is a part of meta_box: name both, or meta_box alone")
    with tempfile.TemporaryDirectory(dir=in_memory()) as directory:
        figures = measure(
            Path(directory),
            Posts(options.count, options.seed, options.images),
            options.pairs,
            options.nav,
            options.features,
            options.share and [name for name in options.features if name not in options.share],
        )
    settings = {**vars(options), "order": ["with", "without"]}
    report("overhead", settings, figures)


if __name__ == "__main__":
    main()
