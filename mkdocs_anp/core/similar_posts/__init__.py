"""Similar posts: what a knowledgeable colleague would name at the end of each page.

`Engine` ranks the pages of a site by their texts, meta and links; `Chooser` applies the rules of
the site and of each page to that ranking.
"""

from __future__ import annotations

from mkdocs_anp.core.similar_posts.cache import TokenFile
from mkdocs_anp.core.similar_posts.document import SETS, Document, Evidence, Similar
from mkdocs_anp.core.similar_posts.engine import DuplicateError, Engine
from mkdocs_anp.core.similar_posts.policy import Choice, Chooser, Page, Rules, UselessPin
from mkdocs_anp.core.similar_posts.pool import Options
from mkdocs_anp.core.similar_posts.weights import WeightError, Weights

__all__ = [
    "SETS",
    "Choice",
    "Chooser",
    "Document",
    "DuplicateError",
    "Engine",
    "Evidence",
    "Options",
    "Page",
    "Rules",
    "Similar",
    "TokenFile",
    "UselessPin",
    "WeightError",
    "Weights",
]
