"""Post meta, image credits and similar posts for MkDocs."""

from __future__ import annotations

__version__ = "0.1.0"
