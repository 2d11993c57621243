"""Days, times, counts and money as people of a language write them.

Catalogues and packs say what of a moment is shown, in the signs of `strftime`; the names of days and months, and
whether noon is "PM" or "p. m.", come from the Unicode locale data. What stands between the signs is kept as it is.
"""

import re
from datetime import date, datetime
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal

_SIGN: Final = re.compile(r"%-?[A-Za-z]|'|[A-Za-z]+|[^%A-Za-z']+")
_SHOWN: Final = {
    "%A": "EEEE", "%a": "EEE", "%d": "dd", "%-d": "d", "%B": "MMMM", "%b": "MMM", "%m": "MM", "%-m": "M", "%Y": "yyyy",
    "%H": "HH", "%-H": "H", "%I": "hh", "%-I": "h", "%M": "mm", "%p": "a",
}  # fmt: skip
_GROUPED_FROM: Final = 10_000
"""Numbers below are years, hours and order numbers as often as counts, and read well without a sign between."""


def written(moment: date, form: str, locale: str) -> str:
    """The day or moment in this form, such as "%-d %B %Y", in the language of a tag such as `de`.

    A sign that is not known here raises KeyError.
    """
    pattern = "".join(_part(found) for found in _SIGN.findall(form))
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return format_datetime(at, pattern, locale=_locale(locale))


def counted(number: int, locale: str) -> str:
    """A whole number, with the sign between thousands that this language has, from ten thousand on."""
    if abs(number) < _GROUPED_FROM:
        return str(number)
    return format_decimal(number, locale=_locale(locale))


def tenths(number: float, locale: str) -> str:
    """A number with one digit after the point, or after the comma where the language has one."""
    return format_decimal(number, format="0.0", locale=_locale(locale))


def amount(major: int, change: str, sign: str, locale: str) -> str:
    """Money as the language writes it; `change` are the digits after the point, '' where there are none."""
    symbols = _locale(locale).number_symbols["latn"]
    said = f"{major if locale.startswith('en') else counted(major, locale)}" + (
        symbols["decimal"] + change if change else ""
    )
    after = _locale(locale).currency_formats["standard"].pattern.endswith("¤")
    return f"{said}\N{NO-BREAK SPACE}{sign}" if after else f"{sign}{said}"


def thousands(locale: str) -> str:
    """The sign that a language puts between thousands."""
    return str(_locale(locale).number_symbols["latn"]["group"])


def plural(number: int, locale: str) -> str:
    """The form that a language counts with: "one", "other", and what else it has."""
    return _locale(locale).plural_form(number)


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def _part(found: str) -> str:
    if found.startswith("%"):
        return _SHOWN[found]
    if found == "'":
        return "''"
    return f"'{found}'" if found.isalpha() else found
