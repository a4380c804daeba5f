"""What the worker does for the rhythm: it looks at claims, by itself whenever the evidence is new."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import backing.evidence.work  # noqa: F401  # its steps come first
from backing.evidence.models import Edition, Import, Renewal
from backing.rhythm.digest import send_digests
from backing.rhythm.models import Look
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


register(Look, judge, unasked=send_digests)
follow(Import, read_measures)
follow(Renewal, read_measures)
