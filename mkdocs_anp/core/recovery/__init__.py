"""Front matter that MkDocs cannot read: what can be saved of it, and what is wrong with it.

`fences` finds it, `mending` reads it with the help of `cures`, and `tolerant` builds its values.
"""

from __future__ import annotations

from mkdocs_anp.core.recovery.fences import Recovered, recover

__all__ = ["Recovered", "recover"]
