"""Sentences, put together from the rules of the grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mkdocs_anp.synth import grammar
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.names import draw_name

_GAP = re.compile(r"\{(\w+)\}")
_CODE_GAP = re.compile(r"<<(\w+)>>")


def template(text: str, gap: re.Pattern[str] = _GAP) -> str:
    """Return a text with gaps in the form that the operator `%` fills, the fastest there is."""
    return gap.sub(r"%(\1)s", text.replace("%", "%%"))


def code_template(text: str) -> str:
    """Return a piece of code with gaps in that form; its gaps are `<<word>>`."""
    return template(text, _CODE_GAP)


def templates(texts: Sequence[str]) -> tuple[str, ...]:
    """Return several texts with gaps in that form."""
    return tuple(template(text) for text in texts)


def _option(text: str) -> str:
    """Return what may fill a gap: as it is, or as a template where it has gaps itself."""
    return template(text) if _GAP.search(text) else text


# Names are drawn from an endless supply: there are no options.
OPTIONS: dict[str, Sequence[str]] = {
    **{gap: tuple(map(_option, options)) for gap, options in grammar.RULES.items()},
    **dict.fromkeys(("codename", "surname", "lower_name"), ()),
}
"""What may fill each gap that neither the post nor its theme fills."""


class Gaps(dict[str, str]):
    """What fills the gaps of one post: a mapping for the operator `%`.

    What the mapping holds is the same all over the post, and costs nothing to fill in.
    Everything else is drawn anew each time.
    """

    __slots__ = ("_draws", "_options", "_salt")

    def __init__(
        self,
        fixed: Mapping[str, str],
        options: Mapping[str, Sequence[str]],
        draws: Draws,
        salt: int,
    ) -> None:
        """Take what is fixed, what else may fill each gap, and what to draw with."""
        super().__init__(fixed)
        self._options = options
        self._draws = draws
        self._salt = salt

    def __missing__(self, gap: str) -> str:
        options = self._options[gap]
        if not options:
            name = draw_name(self._draws, self._salt)
            return name if gap == "lower_name" else name.capitalize()
        text = options[self._draws.number() * len(options) >> 32]
        return text % self if "%(" in text else text

    def sentence(self, text: str) -> str:
        """Return a template filled in, with a capital letter at its beginning."""
        if text[0] != "%":  # it has one: what begins with a gap may not
            return text % self
        text = text % self
        return text[0].upper() + text[1:]

    def paragraph(self, texts: Sequence[str], count: int, used: set[str]) -> str:
        """Return a paragraph of that many sentences, none of which the post has used."""
        sentences: list[str] = []
        number = self._draws.number
        while len(sentences) < count:
            text = texts[number() * len(texts) >> 32]
            if text not in used:
                used.add(text)
                filled = text % self
                sentences.append(filled if text[0] != "%" else filled[0].upper() + filled[1:])
        return " ".join(sentences)
