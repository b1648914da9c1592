"""Kinds of options that several features have."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeVar, cast

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from pathspec import GitIgnoreSpec

from mkdocs_anp.core.settings import RANGES, as_choice

_Options = TypeVar("_Options", bound=Config)


# Public names of mkdocs.config.base are few; these are the shapes its validate() returns.
_Errors = list[tuple[str, Exception]]
_Warnings = list[tuple[str, str]]


class StrictConfig(Config):
    """Options of which an unknown one is an error: a misspelt option does nothing, silently."""

    def validate(self) -> tuple[_Errors, _Warnings]:
        """Return the errors and warnings of all options."""
        errors, warnings = super().validate()
        options = type(self)
        known = {n for n in dir(options) if isinstance(getattr(options, n), BaseConfigOption)}
        unknown = [name for name in self if name not in known]
        message = f"no such option; known are {', '.join(sorted(known))}"
        errors.extend((name, ValidationError(message)) for name in unknown)
        return errors, [warning for warning in warnings if warning[0] not in unknown]


class Feature(c.SubConfig[_Options]):
    """The options of a feature; true or false instead switch it on or off."""

    def run_validation(self, value: object) -> _Options:
        """Return the options; nothing behind the name of the feature means the defaults."""
        if value is None:
            value = {}
        elif isinstance(value, bool):
            value = {"enabled": value}
        return super().run_validation(value)


class Patterns(c.ListOfItems[str]):
    """Patterns as in `.gitignore`."""

    def run_validation(self, value: object) -> list[str]:
        """Return the patterns, of which each one can be used; none where nothing is written."""
        patterns = super().run_validation([] if value is None else value)
        for pattern in patterns:
            try:
                GitIgnoreSpec.from_lines([pattern])
            except (ValueError, re.error) as error:
                message = f"{pattern!r} is no pattern as in a .gitignore file ({error})"
                raise ValidationError(message) from error
        return patterns


def matcher(patterns: list[str]) -> Callable[[str], bool]:
    """Return what tells whether a path matches patterns as in `.gitignore`."""
    return GitIgnoreSpec.from_lines(patterns).match_file


class Labels(c.DictOfItems[str]):
    """Texts by the key of what they label."""

    def run_validation(self, value: object) -> dict[str, str]:
        """Return the labels, none where there is nothing behind the option's name."""
        return super().run_validation({} if value is None else value)


class Choice(c.Choice[str]):
    """One of some words, of which YAML reads one (`off`) as false."""

    def run_validation(self, value: object) -> str:
        """Return the word."""
        return super().run_validation(as_choice(value, self.choices))


class PagePath(c.OptionallyRequired[str]):
    """The source path of a page; None for none."""

    def run_validation(self, value: object) -> str:
        """Return the path, relative to the docs directory, with `/`."""
        path = PurePosixPath(value.replace("\\", "/")) if isinstance(value, str) else None
        if path is None or path.suffix != ".md" or path.is_absolute() or ".." in path.parts:
            raise ValidationError(
                f"{value!r} is no path of a Markdown file in the docs directory, such as credits.md"
            )
        return path.as_posix()


class InRange(BaseConfigOption[float]):
    """A number between two bounds."""

    def __init__(self, name: str, default: float) -> None:
        """Take the name of the page's setting, whose range it is, and the default."""
        super().__init__()
        self._least, self._most = RANGES[name]
        self.default = default

    def run_validation(self, value: object) -> float:
        """Return the number; nothing behind the option's name means the default."""
        if value is None:
            value = self.default
        kind = type(self.default)
        if type(value) in (int, float) and self._least <= cast("float", value) <= self._most:
            number: float = kind(cast("float", value))
            if number == value:
                return number
        name = "whole number" if kind is int else "number"
        raise ValidationError(f"{value!r} is not a {name} from {self._least} to {self._most}")
