"""Currency signs, codes and minor units, and the words for thousands and millions beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from trackrecord.values.gaps import folded

_CODES: Final = frozenset(
    "AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KES KRW KWD "
    "MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR".split()
)
_SIGNS: Final[dict[str, str]] = {
    "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS", "₫": "VND",
    "us$": "USD", "u.s.$": "USD", "c$": "CAD", "ca$": "CAD", "can$": "CAD", "cdn$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "s$": "SGD",
    "hk$": "HKD", "r$": "BRL", "mx$": "MXN",
    "euros": "EUR", "euro": "EUR", "pounds": "GBP", "pound": "GBP", "sterling": "GBP",
    "sfr": "CHF", "fr.": "CHF", "franken": "CHF",
    # A dollar is some country's and a krone some kingdom's; the sign alone does not say whose.
    "$": "$", "dollars": "$", "dollar": "$", "kr": "kr", "kroner": "kr", "kronor": "kr",
}  # fmt: skip
SHARED_SIGNS: Final = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "kr": ("NOK", "SEK", "DKK", "ISK"),
}
_FACTORS: Final[dict[str, float]] = {
    word: factor
    for factor, words in {
        1e3: ("k", "t", "tsd", "tausend", "thousand", "thousands", "000", "000s", "'000", "'000s", "1000", "1.000", "1,000", "x1000",
              "x1.000", "tusen", "mille", "milliers", "mil", "miles", "duizend", "duizenden", "th", "thou", "tusental", "tusende"),
        1e6: ("m", "mn", "mm", "mio", "mill", "mln", "million", "millions", "millionen", "millones", "millon", "miljoen", "miljoner",
              "millioner", "miljon", "mills"),
        1e9: ("bn", "b", "billion", "billions", "mrd", "md", "mds", "milliard", "milliards", "milliarden", "miljard", "milliarder",
              "miljarder"),
    }.items()
    for word in words
}  # fmt: skip
_NO_MINOR: Final = frozenset("CLP ISK JPY KRW PYG RWF UGX VND XAF XOF XPF".split())
_THREE: Final = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_FILLER: Final = re.compile(r"\b(in|of|en|de|des|d'|i|av|van|x)\b|[()\[\],;:×*]")


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands beside a number: a currency, a factor, a per cent sign; any may be absent."""

    currency: str | None = None
    factor: float | None = None
    percent: bool = False


def minor_units(currency: str | None) -> int:
    """How many minor units make one of the currency: 100 unless ISO 4217 says otherwise."""
    if currency in _NO_MINOR:
        return 1
    return 1000 if currency in _THREE else 100


def same_currency(one: str | None, other: str | None) -> bool:
    """Whether two currencies may be one: equal, one unsaid, or a shared sign and a code of it."""
    if one is None or other is None or one == other:
        return True
    return other in SHARED_SIGNS.get(one, ()) or one in SHARED_SIGNS.get(other, ())


def _currency_in(text: str) -> tuple[str | None, str]:
    """A currency at either end of the text, and what is left."""
    upper = text.upper()
    for code in _CODES:
        if upper.startswith(code) or upper.endswith(code):
            rest = text[3:] if upper.startswith(code) else text[:-3]
            return code, rest
    for sign in sorted(_SIGNS, key=len, reverse=True):
        if text.startswith(sign):
            return _SIGNS[sign], text[len(sign) :]
        if text.endswith(sign):
            return _SIGNS[sign], text[: -len(sign)]
    return None, text


@lru_cache(maxsize=2048)
def unit_of(text: str) -> Unit | None:
    """The unit that `text` spells as a whole ("£m", "TEUR", "Mio. €", "%"); None where it spells none."""
    plain = _FILLER.sub(" ", folded(text)).strip()
    if not plain:
        return Unit()
    if plain in (
        "%",
        "percent",
        "per cent",
        "pct",
        "prozent",
        "pour cent",
        "por ciento",
        "procent",
        "prosent",
    ):
        return Unit(percent=True)
    currency, rest = _currency_in(plain)
    rest = rest.strip(" .'-/")
    if rest.replace(" ", "") in ("", "s"):
        return Unit(currency)
    if (factor := _FACTORS.get(rest.replace(" ", ""))) is not None:
        return Unit(currency, factor)
    if currency is None:
        return None
    # "CAD $", "£ GBP": the currency said twice.
    second, left = _currency_in(rest)
    if second and same_currency(currency, second) and not left.strip(" ."):
        return Unit(max(currency, second, key=len))
    if second and same_currency(currency, second) and (factor := _FACTORS.get(left.strip(" ."))):
        return Unit(max(currency, second, key=len), factor)
    return None
