"""What stands around the posts: `mkdocs.yml` and a start page."""

from __future__ import annotations

from mkdocs_anp.synth.front import GENERATOR
from mkdocs_anp.synth.posts import heading_of
from mkdocs_anp.synth.signing import BLANK

_LISTED = 20


def mkdocs_yml(count: int) -> str:
    """Return the configuration of a site around the posts, its hash not yet filled in."""
    posts = "1 post" if count == 1 else f"{count:,} posts"
    return f"""\
# Made by the {GENERATOR}; changed by hand, it stays as it is. hash: {BLANK}
site_name: Synthesized posts
site_description: {posts} for tests of import and load

theme:
  name: material
  font: false
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle:
        icon: material/weather-night
        name: Switch to dark mode
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle:
        icon: material/weather-sunny
        name: Switch to light mode
  features:
    - navigation.indexes
    - navigation.top
    - content.code.copy

plugins:
  - search
  - anp

markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc:
      permalink: true
  - pymdownx.highlight:
      anchor_linenums: true
  - pymdownx.superfences
"""


def index_md(site: int, count: int) -> str:
    """Return the start page of a site around the posts, its hash not yet filled in."""
    headings = [heading_of(site, index) for index in range(min(count, _LISTED))]
    links = "\n".join(f"- [{heading.title}](posts/{heading.path})" for heading in headings)
    return f"""\
<!-- {GENERATOR}, hash: {BLANK} -->

# Synthesized posts

These posts were put together by rules to try a site at volume. Names, figures and stories are
made up. The first of them:

{links}
"""
