"""The kinds of problems, each with its stable code and how much it matters by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

CODES: Mapping[str, Literal["info", "warn"]] = {
    # The block as a whole
    "unreadable": "warn",
    "not-a-mapping": "warn",
    "no-closing-fence": "warn",
    "no-newline-after-fence": "warn",
    "text-before-fence": "warn",
    "toml": "warn",
    "eaten-text": "warn",
    "not-utf-8": "warn",
    "too-large": "warn",
    # Keys
    "duplicate-key": "warn",
    "two-spellings": "warn",
    "unknown-field": "warn",
    "missing-field": "warn",
    "not-indented": "warn",
    # Values
    "wrong-type": "warn",
    "out-of-range": "warn",
    "not-a-choice": "warn",
    "unsafe-url": "warn",
    "not-hexadecimal": "warn",
    "unquoted-text": "info",
    "number-as-flag": "info",
    "unknown-language": "info",
    "empty-list": "info",
    "empty-item": "info",
    "too-long": "warn",
    "too-deep": "warn",
    "too-many-values": "warn",
    "too-many-problems": "warn",
    # Checklists
    "checklist-drift": "warn",
    "long-checklist": "info",
    "duplicate-item": "info",
    "markup-as-text": "info",
    # What else stands in the front matter
    "wrong-setting": "warn",
    "unknown-icon": "warn",
    "wrong-search": "warn",
    "wrong-tags": "warn",
    "unescaped-markup": "warn",
    # The site as a whole
    "duplicate-reference": "warn",
    "duplicate-address": "warn",
    "missing-post": "warn",
    "useless-pin": "warn",
    # Images
    "missing": "warn",
    "unused": "warn",
    "conflict": "warn",
    "alt-missing": "warn",
    "alt-duplicate": "info",
    "hotlink": "warn",
    "license": "info",
    "dead-host": "warn",
    "dead-address": "warn",
    "unchecked-images": "warn",
}
"""Code to level: `info` is a hint, what all else is the option `validation.level` says."""

CONSEQUENCES = frozenset({"unused"})
"""What is told of a value only where nothing else is: no page has an image whose address nobody
can use, so that to tell both would be two messages for one mistake."""
