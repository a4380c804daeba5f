"""A claim is written down, dated and hashed before the data are looked at (methods.md 5.1)."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from trackrecord.compare.registration import Only, Registration, RegistrationError, from_toml

FULL = """
measure = "schedule_overrun"
direction = "lower"
unit = "Department"
class = "Type"
where = ["Status!=Draft"]
selection = "past results"
least_effect = 0.15
looks = "monthly"
registered = 2023-12-01
[since_by]
Retail = 2024-01-01
Logistics = 2024-04-01
"""


def test_a_registration_says_everything_the_verdict_rests_on() -> None:
    claim = from_toml(FULL)

    assert claim.since_by == {"Retail": date(2024, 1, 1), "Logistics": date(2024, 4, 1)}
    assert claim.where == (Only("Status", ("Draft",), negated=True),)
    assert claim.columns == ["Department", "Type", "Status"]
    assert claim.worthwhile(0.0) == pytest.approx(-log(0.85))


def test_its_hash_is_of_what_it_says_and_not_of_how() -> None:
    same = from_toml("# a remark\n" + FULL.replace("0.15", "0.150"))

    assert same.hash == from_toml(FULL).hash
    assert from_toml(FULL.replace("0.15", "0.05")).hash != same.hash


def test_a_claim_changed_after_it_was_registered_is_refused() -> None:
    stamped = f'hash = "{from_toml(FULL).hash}"\n{FULL}'

    assert from_toml(stamped) == from_toml(FULL)
    with pytest.raises(RegistrationError, match="changed after it was registered"):
        from_toml(stamped.replace("Retail = 2024-01-01", "Retail = 2023-10-01"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("measure = ", "not TOML"),
        ('mesure = "rag"', "'mesure' means nothing"),
        ("since = 2024-01-01", "names no measure"),
        ('measure = "rag"', "needs one start"),
        ('measure = "rag"\nsince = "soon"', "not a day"),
        ('measure = "rag"\nsince = 2024-01-01\npath = "z"', "no path 'z'"),
        ('measure = "rag"\nsince = 2024-01-01\nleast_effect = 2', "least_effect"),
        ('measure = "rag"\nsince = 2024-01-01\npath = "c"', "name a comparison group"),
        ('measure = "rag"\nsince = 2024-01-01\ncomparison = ["Retail"]', "no filter"),
        ('measure = "rag"\nsince = 2024-01-01\nunit = 7', "a text in quotes"),
    ],
)
def test_a_registration_that_cannot_be_meant_says_what_to_write(text: str, says: str) -> None:
    with pytest.raises(RegistrationError, match=says):
        from_toml(text)


def test_the_least_effect_is_a_tenth_unless_agreed() -> None:
    since = date(2024, 1, 1)

    assert Registration(measure="cost_overrun", since=since).worthwhile(0) == pytest.approx(
        -log(0.9)
    )
    assert Registration(measure="schedule_slip_days", since=since).worthwhile(200) == 20
    assert Registration(measure="rag", since=since).worthwhile(0) == 0.1
