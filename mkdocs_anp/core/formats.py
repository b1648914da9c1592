"""Numbers, dates and durations in a language, by the rules of Unicode CLDR.

Babel takes 10 to 20 us a value, and a large site has as many view counts and dates as
posts. So the language's own pattern is taken from Babel once and filled in for each value.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit

from mkdocs_anp.core.text import clean

_FALLBACK = "en"
_SAMPLE = 1234567
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_PERCENTAGE = re.compile("[#0][#0,.]*")  # where the number stands in a pattern
_SAMPLE_YEAR = 2444  # a leap year whose digits occur in no day or month


def find_locale(language: str) -> Locale:
    """Return the locale of a theme's language code (`de`, `pt-BR`, `zh_Hant`), else English."""
    code = language.replace("_", "-")
    for candidate in (code, code.partition("-")[0], _FALLBACK):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel lacks English")  # pragma: no cover


@lru_cache(maxsize=64)
def formats_of(language: str) -> Formats:
    """Return the formats of a language, by its theme's code; they are made once for each.

    Ask early: Babel loads large tables, and the garbage collector then looks at all that is in
    memory, which at the end of a build takes seven times as long as at its start.
    """
    return Formats(language)


class Formats:
    """The formats of one language."""

    def __init__(self, language: str) -> None:
        """Take a theme's language code; an unknown one means English."""
        self._locale = locale = find_locale(language)
        sample = re.fullmatch(r"1(\D)234(?:\1)567", format_decimal(_SAMPLE, locale=locale))
        self._group = sample.group(1) if sample else None
        self._percent = str(locale.percent_formats[None].pattern).partition(";")[0]

        @lru_cache(maxsize=366)
        def day_of_sample_year(month: int, day: int) -> str:
            return format_date(date(_SAMPLE_YEAR, month, day), format="medium", locale=locale)

        self._day_of_sample_year = day_of_sample_year

    def number(self, value: float) -> str:
        """Return a number with the language's separators: 323070 gives `323,070`."""
        if type(value) is int and self._group:
            return f"{value:,}".replace(",", self._group)
        return str(format_decimal(value, locale=self._locale))

    def quantity(self, value: float, unit: str) -> str:
        """Return a number with its unit, on one line: `12 ms`; without a unit just the number.

        No digit of it is lost. Whether there is a space before the percent sign, and on which
        side the sign stands, is a matter of the language.
        """
        if type(value) is int:
            number = self.number(value)
        else:
            number = format_decimal(value, locale=self._locale, decimal_quantization=False)
        if unit == "%":
            return _PERCENTAGE.sub(number, self._percent)
        return f"{number}{_NO_BREAK_SPACE}{clean(unit)}" if unit else number

    def day(self, value: date) -> str:
        """Return a date, or a date with its time: `Jun 23, 2018`."""
        if isinstance(value, datetime):
            return format_datetime(value, format="medium", locale=self._locale)
        pattern = self._day_of_sample_year(value.month, value.day)
        if pattern.count(str(_SAMPLE_YEAR)) != 1:  # a language that writes two digits of the year
            return format_date(value, format="medium", locale=self._locale)
        return pattern.replace(str(_SAMPLE_YEAR), str(value.year))

    def minutes(self, value: int) -> str:
        """Return a number of minutes with its unit: `6 min`."""
        return format_unit(value, "duration-minute", length="short", locale=self._locale)
