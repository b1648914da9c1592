"""The content synthesizer: as many posts as wanted, and the same ones each time.

`write` makes a folder of posts or a whole site; `post_text` makes the text of one post. The
command `mkdocs-anp synth` is in `command`.
"""

from __future__ import annotations

from mkdocs_anp.synth.draws import seed_number
from mkdocs_anp.synth.messy import KINDS, Mistake, messy_text
from mkdocs_anp.synth.posts import MAX_COUNT, heading_of, post_text
from mkdocs_anp.synth.writer import Order, Report, SynthError, settings_of, write, write_one

__all__ = [
    "KINDS",
    "MAX_COUNT",
    "Mistake",
    "Order",
    "Report",
    "SynthError",
    "heading_of",
    "messy_text",
    "post_text",
    "seed_number",
    "settings_of",
    "write",
    "write_one",
]
