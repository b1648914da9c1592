"""Similar posts: what a knowledgeable colleague would name at the end of each page.

`Engine` ranks the pages of a site by their texts, meta and links; `Chooser` applies the rules of
the site and of each page to that ranking. The engine needs numpy, whose import takes 0.1 s, so
it is imported only where it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mkdocs_anp.core.similar_posts.document import SETS, Document, Evidence, Similar
from mkdocs_anp.core.similar_posts.policy import Choice, Chooser, Page, Rules, UselessPin
from mkdocs_anp.core.similar_posts.weights import WeightError, Weights

if TYPE_CHECKING:
    from mkdocs_anp.core.similar_posts.cache import TokenFile
    from mkdocs_anp.core.similar_posts.engine import DuplicateError, Engine
    from mkdocs_anp.core.similar_posts.pool import Options

_LATER = {"TokenFile": "cache", "DuplicateError": "engine", "Engine": "engine", "Options": "pool"}

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


def __getattr__(name: str) -> Any:
    """Return what needs numpy.

    Raises:
        AttributeError: There is nothing of that name.
    """
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
