"""`backing verdict`: has it improved, and can we say so?  One of six words, with its reasons."""

from __future__ import annotations

import argparse
import json
import sys

import trackrecord as tr
from trackrecord.compare import registration
from trackrecord.compare.verdict import Verdict, as_json, claimed


def run(options: argparse.Namespace) -> int:
    """Print the verdict; returns the exit code."""
    found = verdict_of(options)
    if options.json:
        text = json.dumps(as_json(found), indent=1, ensure_ascii=False)
        sys.stdout.buffer.write(text.encode() + b"\n")
        return 0
    sys.stdout.write("\n".join(_lines(found)) + "\n")
    return 0


def verdict_of(options: argparse.Namespace) -> Verdict:
    """The verdict the options ask for; raises EvidenceError for what they cannot mean."""
    registered = registration.read(options.registration) if options.registration else None
    claim = claimed(
        registered,
        measure=options.measure,
        since=options.since,
        since_column=options.since_column,
        unit=options.unit,
    )
    record = tr.read(
        *options.files, mapping=options.mapping, where=tuple(options.where), claim=claim.columns
    )
    return tr.verdict(record, registration=claim)


def _lines(found: Verdict) -> list[str]:
    lines = [
        found.verdict
        + ("." if found.attributed or found.verdict != "Worse" else ", not attributed.")
    ]
    if found.value is not None and found.low is not None and found.high is not None:
        lines.append(
            f"{_NAMES[found.measure]}: {_moved(found.value, found.unit)} since the start "
            f"(between {_moved(found.low, found.unit)} and {_moved(found.high, found.unit)}), "
            f"{found.n_before:,} projects before, {found.n_after:,} after."
        )
    lines += ["", "Why:", *(f"- {_sentence(reason)}" for reason in found.reasons)]
    lines += [
        "",
        "Tests:",
        *(f"- {test.name}: {test.result}. {test.note}" for test in found.guards),
    ]
    lines += ["", *_ahead(found)]
    if found.young:
        lines.append(
            f"{found.young:,} projects have not reached the age at which they are compared."
        )
    if found.under_way:
        lines.append(
            f"{found.under_way:,} projects were under way at the start, and are in neither group."
        )
    said = f"Registered, {found.registration[:12]}." if found.registration else "Not registered."
    lines.append(f"{said} Edition {found.edition[:12]}.")
    return lines


def _ahead(found: Verdict) -> list[str]:
    """What could be seen today, and by when the agreed effect could be claimed."""
    agreed = _amount(found.agreed_effect, found.unit)
    lines = []
    if found.detectable_effect is not None:
        lines.append(
            f"Today a gain of {_amount(_gain(found), found.unit)} would most likely be seen; "
            f"agreed as worth having: {agreed}."
        )
    if found.verdict in ("No evidence yet", "Cannot tell") and found.value is not None:
        lines.append(
            f"A gain of {agreed} could be claimed by about {found.claimable_on.isoformat()}."
            if found.claimable_on
            else f"Waiting alone will not show a gain of {agreed}: compare more projects or units."
        )
    return lines


def _gain(found: Verdict) -> float:
    """What could be seen today, as a cut where lower is good: three times as long is two thirds less."""
    seen = found.detectable_effect or 0.0
    return seen / (1 + seen) if found.unit == "ratio" and found.direction == "lower" else seen


_NAMES = {
    "cost_overrun": "Cost against plan",
    "schedule_overrun": "Time against plan",
    "schedule_slip_days": "Slip",
    "duration_days": "Duration",
    "benefit_shortfall": "Benefit brought against benefit promised",
    "rag": "Share of ratings that are not green",
}


def _moved(value: float, unit: str) -> str:
    way = "up" if value > 0 else "down"
    return f"{_amount(abs(value), unit)} {way}"


def _amount(value: float, unit: str) -> str:
    if unit == "days":
        return f"{value:,.0f} days"
    return f"{value * 100:,.1f} points" if unit == "share" else f"{value * 100:,.0f} %"


def _sentence(reason: str) -> str:
    said = reason.partition(": ")[2]
    return f"{said[:1].upper()}{said[1:]}."
