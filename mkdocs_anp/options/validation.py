"""The options of validation, and levels of problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast, get_args

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, ValidationError

from mkdocs_anp.core.codes import CODES
from mkdocs_anp.core.levels import ALL, Levels, Rule
from mkdocs_anp.core.problems import Level
from mkdocs_anp.core.suggest import suggestion
from mkdocs_anp.options.kinds import Patterns, StrictConfig, matcher

_HINT_PATHS = "; to limit a rule to paths, write the code first: {level: …, paths: […]}"


class LevelRules(BaseConfigOption[Mapping[str, Sequence[Rule]]]):
    """Levels of kinds of problems, for all files or for some."""

    def __init__(self) -> None:
        """Begin with no rules."""
        super().__init__()
        self.default = {}

    def codes(self) -> Collection[str]:
        """Return the codes that may stand there."""
        return *CODES, ALL

    def run_validation(self, value: object) -> Mapping[str, Sequence[Rule]]:
        """Return the rules by code."""
        if not value:
            return {}
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: codes to levels")
        codes = self.codes()
        for code in value:
            if code not in codes:
                meant = suggestion(str(code), codes)
                hint = f"; write {meant}" if meant else _HINT_PATHS if "/" in str(code) else ""
                raise ValidationError(f"there is no kind of problem {code!r}{hint}")
        return {code: list(self._rules(code, rules)) for code, rules in value.items()}

    def _rules(self, code: str, value: object) -> Iterator[Rule]:
        for rule in value if isinstance(value, list) else [value]:
            if not isinstance(rule, dict):
                yield Rule(_level(rule, code))
                continue
            if not rule.keys() <= {"level", "paths"} or "level" not in rule:
                raise ValidationError(f"{code}: write {{level: …, paths: […]}}")
            paths = rule.get("paths")
            level = _level(rule["level"], code)
            if paths is None:
                yield Rule(level)
            else:
                yield Rule(level, matcher(Patterns(c.Type(str)).run_validation(paths)))


def _level(value: object, code: str) -> Level:
    """Return a level; YAML takes `off` for false."""
    level = "off" if value is False else value
    if level not in get_args(Level):
        raise ValidationError(f"{code}: {value!r} is not one of {', '.join(get_args(Level))}")
    return cast("Level", level)


class LevelOption(c.OptionallyRequired[Level]):
    """A level of problems; None where it is not given and has no default."""

    def run_validation(self, value: object) -> Level:
        """Return the level."""
        return _level(value, "the level")


class ValidationOptions(StrictConfig):
    """What is done about problems of front matter."""

    enabled = c.Type(bool, default=True)
    """Whether problems are told at all."""

    level = LevelOption(default="warn")
    """How much a problem matters of which `rules` say nothing: off, info, warn or error."""

    unknown_fields = c.Optional(LevelOption())
    """How much an unknown field matters; short for a rule of `unknown-field`."""

    rules = LevelRules()
    """Levels by code, for all files or for those that match patterns."""

    baseline = c.Optional(c.Type(str))
    """A file with problems that are known, from `mkdocs-anp check --write-baseline`."""

    def levels(self, rules_of_features: Mapping[str, Sequence[Rule]] | None = None) -> Levels:
        """Return the levels of the site; rules that stand here win over those of features."""
        if not self.enabled:
            return Levels("off")
        rules = {**(rules_of_features or {}), **self.rules}
        if self.unknown_fields is not None and "unknown-field" not in rules:
            rules["unknown-field"] = [Rule(self.unknown_fields)]
        return Levels(self.level, rules)
