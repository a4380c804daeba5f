"""The invented company keeps measures as an office would, and its verdicts are the worker's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backing.evidence.models import Measure
from backing.people import actions
from backing.people.models import Organisation
from backing.rhythm.judging import judge
from backing.rhythm.models import Improvement, ImprovementTarget
from backing.rhythm.progress import progress
from backing.site import sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("key_file")]
NOW = datetime(2026, 5, 11, 9, tzinfo=UTC)


def test_the_demo_has_good_news_bad_news_and_news_that_is_too_early() -> None:
    actions.first_link(now=NOW)
    Organisation(pk=1, name="Aldmoor Group", invented=True, currency="GBP").save()
    sample.improvements.fill(now=NOW)
    sample.improvements.fill(now=NOW)
    said = {
        each.measure.name: getattr(judge(each, now=NOW), "word", None)
        for each in Improvement.objects.order_by("pk")
    }

    assert Measure.objects.count() == 6
    assert ImprovementTarget.objects.filter(no_baseline_yet=True).count() == 1
    assert said == {
        "Days from request to decision": "Consistent with improvement",
        "Status reports in time": "No evidence yet",
        "Cost over first approval": None,  # no register has been taken in here
    }
    standing = {each.measure.name: each.standing for each in progress(actions.head())}
    assert standing["Days from request to decision"] == "better"
    assert standing["Minutes that audit requests take a manager"] == "worse"
    assert standing["Project managers who find their work easier"] == "unmoved"
