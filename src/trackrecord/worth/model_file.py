"""A worth model as a file that people write: TOML."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from trackrecord.errors import EvidenceError
from trackrecord.worth.model import (
    KINDS,
    Adoption,
    Cost,
    Effect,
    Loss,
    Model,
)
from trackrecord.worth.quantity import Certain, Lognormal, PastLosses, Pert, Quantity

_SETTINGS: Final = {"years", "discount_rate", "correlation", "draws", "seed"}
_TOP: Final = {"currency", "cost", "adoption", "loss", *_SETTINGS}
_COST: Final = {"setup", "run", "hours", "rate"}
_ADOPTION: Final = {"limit", "by_year", "midpoint", "steepness"}
_LOSS: Final = {
    *("cause", "a_year", "projects", "past_years", "effect", "kind", "haircut"),
    *("volume", "realisation"),
}
_EFFECT: Final = {"name", "share", "says"}
_SHAPES: Final = (
    "a number, { low = , likely = , high = } or { median = , sigma = }"  # what a quantity may be
)
_MOST_DRAWS: Final = 1_000_000
_MOST_YEARS: Final = 50


def read(path: str | Path) -> Model:
    """The model of a file.  Raises EvidenceError with the entry that is wrong and what to write."""
    try:
        text = Path(path).read_bytes()
        found = tomllib.loads(text.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise EvidenceError(
            f"{path}: the model cannot be read ({wrong}). Give a TOML file; docs/worth.md shows one."
        ) from None
    try:
        return _model(found, seed=int(hashlib.sha256(text).hexdigest()[:12], 16))
    except EvidenceError as wrong:
        raise EvidenceError(f"{path}: {wrong}") from None


def _model(found: Mapping[str, Any], *, seed: int) -> Model:
    _only(found, _TOP, "the file")
    currency = found.get("currency")
    if not (isinstance(currency, str) and len(currency) == 3 and currency.isupper()):
        raise EvidenceError('currency is missing. Write, for example, currency = "EUR".')
    losses = found.get("loss", [])
    if not isinstance(losses, list) or not all(isinstance(each, dict) for each in losses):
        raise EvidenceError("loss is no list of tables. Write each loss under [[loss]].")
    cost = _table(found, "cost", _COST)
    years = _whole(found, "years", 5, most=_MOST_YEARS)
    return Model(
        currency=currency,
        cost=Cost(**{name: _quantity(cost[name], f"cost.{name}") for name in sorted(cost)}),
        losses=_told_apart([_loss(each, number) for number, each in enumerate(losses, start=1)]),
        adoption=_adoption(_table(found, "adoption", _ADOPTION)),
        years=years,
        discount_rate=_number(found, "discount_rate", 0.035, least=-0.5, most=1.0),
        correlation=_number(found, "correlation", 0.3, least=-0.99, most=0.99),
        draws=_whole(found, "draws", 20_000, most=_MOST_DRAWS),
        seed=_whole(found, "seed", seed, most=2**63, least=0),
    )


def _told_apart(losses: list[Loss]) -> tuple[Loss, ...]:
    causes = [loss.cause for loss in losses]
    for cause in causes:
        if causes.count(cause) > 1:
            raise EvidenceError(
                f"loss {cause!r} stands twice. Put both effects under one [[loss]], so that the same "
                "money is not saved twice, or give the losses different names."
            )
    return tuple(losses)


def _adoption(found: Mapping[str, Any]) -> Adoption:
    settings: dict[str, Any] = {}
    if "limit" in found:
        settings["limit"] = _quantity(found["limit"], "adoption.limit")
    if "by_year" in found:
        settings["by_year"] = _numbers(found["by_year"], "adoption.by_year", most=1.0)
    for name in ("midpoint", "steepness"):
        if name in found:
            settings[name] = _number(found, name, 0.0, least=0.0, most=100.0)
    return Adoption(**settings)


def _loss(found: Mapping[str, Any], number: int) -> Loss:
    where = f"loss {number}"
    _only(found, _LOSS, where)
    cause = found.get("cause")
    if not isinstance(cause, str) or not cause.strip():
        raise EvidenceError(f'{where} has no cause. Write, for example, cause = "late decisions".')
    where = f"loss {cause!r}"
    kind = found.get("kind", "cashable")
    if kind not in KINDS:
        raise EvidenceError(f"{where}: kind {kind!r} is none of {', '.join(KINDS)}.")
    effects = found.get("effect", [{"name": "the office"}])
    if not isinstance(effects, list) or not effects:
        raise EvidenceError(f"{where}: effect is no list. Write each effect under [[loss.effect]].")
    return Loss(
        cause=cause,
        a_year=_a_year(found, where),
        effects=tuple(_effect(each, where) for each in effects),
        kind=kind,
        haircut=_number(found, "haircut", 0.0, least=0.0, most=1.0),
        volume=_numbers(found.get("volume", 1.0), f"{where}: volume", most=1000.0),
        realisation=_number(found, "realisation", 1.0, least=0.0, most=1.0),
    )


def _a_year(found: Mapping[str, Any], where: str) -> Quantity:
    if ("a_year" in found) == ("projects" in found):
        raise EvidenceError(
            f"{where}: give either a_year, or projects (what each past project lost) with past_years."
        )
    if "a_year" in found:
        return _quantity(found["a_year"], f"{where}: a_year")
    losses = _numbers(found["projects"], f"{where}: projects", most=1e15)
    if "past_years" not in found:
        raise EvidenceError(f"{where}: past_years is missing: over how many years were these lost?")
    return PastLosses(losses, _number(found, "past_years", 1.0, least=0.01, most=1000.0))


def _effect(found: Any, where: str) -> Effect:
    if not isinstance(found, dict):
        raise EvidenceError(
            f"{where}: effect is no list of tables. Write each effect under [[loss.effect]]."
        )
    _only(found, _EFFECT, f"an effect on {where}")
    name = str(found.get("name", "the office"))
    if "share" not in found:
        return Effect(name=name)
    says = str(found.get("says", "as the file states it, without a source"))
    share = _quantity(found["share"], f"{where}: share of {name}")
    if isinstance(share, Lognormal):
        raise EvidenceError(f"{where}: a share has a highest value. Give low, likely and high.")
    ends = (share.low, share.high) if isinstance(share, Pert) else (share.value, share.value)
    if not 0 <= ends[0] <= ends[1] <= 1:
        raise EvidenceError(f"{where}: the share of {name} must lie between 0 and 1.")
    return Effect(name=name, share=share, says=says)


def _quantity(found: Any, where: str) -> Certain | Pert | Lognormal:
    if _is_number(found):
        return Certain(float(found))
    if isinstance(found, dict):
        keys = set(found)
        if not all(_is_number(value) for value in found.values()):
            raise EvidenceError(f"{where} holds something that is no number. Give {_SHAPES}.")
        if keys == {"low", "likely", "high"}:
            return Pert(**{key: float(value) for key, value in found.items()})
        if keys == {"median", "sigma"}:
            return Lognormal(**{key: float(value) for key, value in found.items()})
    raise EvidenceError(f"{where} is {found!r}. Give {_SHAPES}.")


def _table(found: Mapping[str, Any], name: str, known: set[str]) -> Mapping[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise EvidenceError(f"{name} is {table!r}. Write its entries under [{name}].")
    _only(table, known, name)
    return table


def _only(found: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(found) - known)
    if unknown:
        raise EvidenceError(
            f"{where} has {unknown[0]!r}, which is not known here. Known: {', '.join(sorted(known))}."
        )


def _numbers(found: Any, where: str, *, most: float) -> tuple[float, ...]:
    values = found if isinstance(found, list) else [found]
    if not values or not all(_is_number(each) and 0 <= each <= most for each in values):
        raise EvidenceError(f"{where} is {found!r}. Give numbers from 0 to {most:g}.")
    return tuple(float(each) for each in values)


def _number(
    found: Mapping[str, Any], name: str, default: float, *, least: float, most: float
) -> float:
    value = found.get(name, default)
    if not _is_number(value) or not least <= value <= most:
        raise EvidenceError(f"{name} is {value!r}. Give a number from {least:g} to {most:g}.")
    return float(value)


def _whole(found: Mapping[str, Any], name: str, default: int, *, most: int, least: int = 1) -> int:
    value = found.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise EvidenceError(f"{name} is {value!r}. Give a whole number from {least} to {most}.")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18
