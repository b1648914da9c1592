"""The options of similar posts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, cast, get_args

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, ValidationError

from mkdocs_anp.core.settings import Look, Position, SimilarPostsSettings
from mkdocs_anp.core.suggest import suggestion
from mkdocs_anp.options.kinds import InRange, Patterns, StrictConfig, matcher

if TYPE_CHECKING:
    from mkdocs_anp.core.similar_posts.weights import Weights


class Ignored(BaseConfigOption[Sequence[tuple[str, str]]]):
    """What similar posts do not look at: names of signals, or single values of some of them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.default = ()

    def run_validation(self, value: object) -> Sequence[tuple[str, str]]:
        """Return pairs of a signal and a value, "" for all of its values."""
        items = [] if value is None else value if isinstance(value, (list, tuple)) else [value]
        return [pair for item in items for pair in self._pairs(item)]

    def _pairs(self, item: object) -> Iterator[tuple[str, str]]:
        from mkdocs_anp.core.similar_posts.document import SETS, folded_value
        from mkdocs_anp.core.similar_posts.from_post import SIGNALS, parts_of_topic

        if isinstance(item, str):
            yield _known(item, SIGNALS, "signal"), ""
        elif isinstance(item, dict):
            for name, values in item.items():
                _known(name, SETS, "set of values")
                for text in values if isinstance(values, list) and values else [values]:
                    if not isinstance(text, str) or not text.strip():
                        raise ValidationError(f"{name}: write texts, such as {{{name}: [news]}}")
                    parts = parts_of_topic(text) if name == "topic" else [text]
                    for part in parts:
                        yield name, folded_value(part)
        else:
            raise ValidationError(f"{item!r}: write a name such as tags, or {{tags: [news]}}")


def _known(name: object, names: Collection[str], kind: str) -> str:
    """Return a name, if it is one of these."""
    if name in names:
        return str(name)
    meant = suggestion(str(name), names)
    hint = f"write {meant}" if meant else f"there are {', '.join(names)}"
    raise ValidationError(f"there is no {kind} {name!r}; {hint}")


class WeightsOption(BaseConfigOption["Weights | None"]):
    """Factors for what the signals of similar posts count; None where they stay as they are."""

    def run_validation(self, value: object) -> Weights | None:
        """Return the weights."""
        if value is None:
            return None
        from mkdocs_anp.core.similar_posts.weights import WeightError, Weights

        if isinstance(value, Weights):
            return value
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: names of signals to numbers, such as {tags: 2}")
        names = [channel.name for channel in fields(Weights)]
        for name in value:
            _known(name, names, "weight")
        try:
            return Weights().scaled(value)
        except WeightError as error:
            raise ValidationError(str(error)) from error


class SimilarPostsOptions(StrictConfig):
    """The section of similar posts."""

    enabled = c.Type(bool, default=True)
    """Whether posts end with a section of similar posts."""

    position = c.Choice(get_args(Position), default="end")
    """Where the section stands: under the title, at the end, at a marker, or in your template."""

    title = c.Type(str, default="")
    """The heading of the section; empty for "Similar posts" in the site's language."""

    look = c.Choice(get_args(Look), default="list")
    """A list, or cards side by side."""

    limit = InRange("limit", 5)
    """How many posts a section names at most."""

    min_score = InRange("min_score", 0.0)
    """What score a post needs to be named, from 0 to 1."""

    newer = c.Type(bool, default=True)
    """Whether posts newer than the page may be named."""

    unreviewed = c.Type(bool, default=True)
    """Whether posts that need human review may be named."""

    reasons = c.Type(bool, default=True)
    """Whether the section says why each post is there."""

    weights = WeightsOption()
    """Factors for what each signal counts: 2 doubles it, 0 switches it off."""

    ignore = Ignored()
    """Signals, or single values of them, that make no posts similar."""

    exclude = Patterns(c.Type(str), default=[])
    """Patterns, as in `.gitignore`, of source paths that no section names."""

    json = c.Type(bool, default=False)
    """Whether all sections are written into one file of the site, `similar_posts.json`."""

    cache_dir = c.Type(str, default=".cache/plugin/anp")
    """Where the words of all posts are kept for the next build; empty for nowhere."""

    def settings(self) -> SimilarPostsSettings:
        """Return the options as the core's settings."""
        return SimilarPostsSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            look=cast("Look", self.look),
            limit=int(self.limit),
            min_score=self.min_score,
            newer=self.newer,
            unreviewed=self.unreviewed,
            reasons=self.reasons,
        )

    @property
    def ignored_signals(self) -> frozenset[str]:
        """The signals that count nothing."""
        return frozenset(name for name, value in self.ignore if not value)

    @property
    def ignored_values(self) -> frozenset[tuple[str, str]]:
        """The single values that count nothing, each with its signal."""
        return frozenset((name, value) for name, value in self.ignore if value)

    def scaled_weights(self) -> Weights:
        """Return what each signal counts."""
        from mkdocs_anp.core.similar_posts.weights import Weights

        off = {name: 0.0 for name in ("date", "path") if name in self.ignored_signals}
        return replace(self.weights or Weights(), **off)

    def excludes(self) -> Callable[[str], bool]:
        """Return what tells of a source path whether no section names it."""
        return matcher(self.exclude) if self.exclude else lambda path: False
