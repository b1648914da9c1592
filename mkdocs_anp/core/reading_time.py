"""How long a text takes to read."""

from __future__ import annotations

import re

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction: M. Brysbaert, J. of Memory and Language 109 (2019)."""
CHARACTERS_PER_MINUTE = 255
"""Chinese characters and kana: S. Trauzettel-Klosinski, K. Dietz, IOVS 53 (2012), Chinese."""

# A fence is closed by one as long or longer, alone on its line; indented in lists and notes.
# A line with more backticks behind its first ones begins with code, but begins no fence.
_FENCED_CODE = re.compile(
    r"^[ \t]*(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_COMMENT_END = "-->"
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def reading_minutes(markdown: str) -> int:
    """Return the minutes that the prose of a Markdown text takes, at least 1.

    Fenced code is left out: it is looked up more than read. So are comments.
    """
    prose = _without_comments(_FENCED_CODE.sub(" ", markdown))
    characters = len(_CJK.findall(prose))
    words = len(_WORD.findall(_CJK.sub(" ", prose)))
    return max(1, round(words / WORDS_PER_MINUTE + characters / CHARACTERS_PER_MINUTE))


def _without_comments(markdown: str) -> str:
    # Behind the last end no comment ends: to look for one from each `<!--` there takes the
    # square of the time, and what stands there is shown.
    before, end, behind = markdown.rpartition(_COMMENT_END)
    return _COMMENT.sub(" ", before + end) + behind
