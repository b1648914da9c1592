"""Formats: short cuts around Babel that must give what Babel gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_anp.core.formats import Formats, find_locale

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja", "zh", "ar")
# Others that a theme may name: other digits, other calendars' order, two-digit years, no groups.
MORE = ("hi", "fa", "th", "sv", "bg", "lt", "de-CH", "en-IN", "pt-BR", "zh-Hant", "bn", "my", "da")

FORMATS = {language: Formats(language) for language in (*LANGUAGES, *MORE)}
any_language = st.sampled_from(list(FORMATS))


@given(any_language, st.integers(-(10**18), 10**18) | st.integers(-9999, 9999))
@example("es", 1234)  # no separator in four digits
@example("pt", 1234)
@example("en-IN", 1234567)  # groups of two
def test_whole_number(language: str, value: int) -> None:
    assert FORMATS[language].number(value) == format_decimal(value, locale=find_locale(language))


@given(
    any_language, st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6)
)
def test_number(language: str, value: float) -> None:
    assert FORMATS[language].number(value) == format_decimal(value, locale=find_locale(language))


@given(any_language, st.dates())
@example("de", date(2444, 2, 29))
@example("en", date(24, 4, 24))
@example("en", date(1, 1, 1))
def test_day(language: str, value: date) -> None:
    assert FORMATS[language].day(value) == format_date(value, locale=find_locale(language))


ZONES = st.none() | st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(any_language, st.datetimes(timezones=ZONES))
def test_day_with_time(language: str, value: datetime) -> None:
    assert FORMATS[language].day(value) == format_datetime(value, locale=find_locale(language))


@given(any_language, st.integers(0, 10**9) | st.integers(0, 120))
def test_minutes(language: str, value: int) -> None:
    assert FORMATS[language].minutes(value) == format_unit(
        value, "duration-minute", length="short", locale=find_locale(language)
    )


@pytest.mark.parametrize(
    ("language", "number", "day", "minutes"),
    [
        ("en", "323,070", "Jun 23, 2018", "6 min"),
        ("de", "323.070", "23.06.2018", "6 Min."),
        ("fr", "323\u202f070", "23 juin 2018", "6\xa0min"),
        ("es", "323.070", "23 jun 2018", "6 min"),
        ("pt", "323.070", "23 de jun. de 2018", "6 min"),
        ("ja", "323,070", "2018/06/23", "6 分"),
        ("zh", "323,070", "2018年6月23日", "6分钟"),
    ],
)
def test_seen_with_own_eyes(language: str, number: str, day: str, minutes: str) -> None:
    formats = FORMATS[language]
    assert formats.number(323070) == number
    assert formats.day(date(2018, 6, 23)) == day
    assert formats.minutes(6) == minutes


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("de", "de"),
        ("pt-BR", "pt_BR"),
        ("pt_BR", "pt_BR"),
        ("zh-Hant", "zh_Hant"),
        ("de-XX", "de"),
        ("xx", "en"),
        ("", "en"),
        ("not a language", "en"),
        ("null", "en"),
        ("../en", "en"),
    ],
)
def test_locale_of_a_theme_language(language: str, locale: str) -> None:
    assert find_locale(language) == Locale.parse(locale)
