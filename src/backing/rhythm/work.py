"""What the worker does for the rhythm.

It looks at claims, by itself whenever the evidence is new; sends digests; and clears up after pulses.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.utils import timezone

import backing.evidence.work  # noqa: F401  # its steps come first
from backing.evidence.models import Edition, Import, Renewal
from backing.rhythm.digest import send_digests
from backing.rhythm.models import Look
from backing.rhythm.pulses import clear_up
from backing.site.steps import Pulse, follow, register

logger = logging.getLogger(__name__)


def judge(work: Look, _pulse: Pulse) -> None:
    """Log the verdict on one improvement."""
    from backing.rhythm.judging import judge as log_verdict

    log_verdict(work.improvement, now=datetime.now(UTC))


def read_measures(work: Import | Renewal, _pulse: Pulse) -> None:
    """Read the new edition's figures into the measures, and have every claim looked at again.

    The import counts already; whatever goes wrong here is put down, and does not make it fail.
    """
    from backing.evidence.measuring import read_the_record
    from backing.rhythm.claims import look_at_all

    edition = Edition.objects.filter(is_current=True).first()
    if edition is None:
        return
    now = datetime.now(UTC)
    try:
        read_the_record(edition, now=now)
        look_at_all(now=now)
    except Exception:  # whatever it is, the import stands
        logger.exception("%s: the measures could not be read", work.job_name)


def unasked(now: datetime) -> None:
    """What is due by the clock; the worker asks every minute."""
    send_digests(now)
    try:
        clear_up(today=timezone.localdate(now))
    except Exception:  # the worker goes on, and tries again in a minute
        logger.exception("What a pulse left behind could not be cleared up")


register(Look, judge, unasked=unasked)
follow(Import, read_measures)
follow(Renewal, read_measures)
