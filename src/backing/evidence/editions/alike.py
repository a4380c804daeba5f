"""Which projects of an edition look like one, put where the office is asked about them."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
from django.db import transaction

import trackrecord as tr
from backing.evidence.editions import in_bulk
from backing.evidence.likenesses import decided, digest
from backing.evidence.models import Likeness
from trackrecord.record import Record

MOST: Final = 20_000  # the surest; nobody answers more, and answering some brings up the others


def keep_likenesses(record: Record) -> int:
    """Put the pairs that a Record proposes in the place of those before; gives their number."""
    found = tr.proposals(record)
    with transaction.atomic():
        known = decided()  # some since the Record was made
        asked = [each for each in found if digest(each.a, each.b) not in known][:MOST]
        return in_bulk.rewrite(
            Likeness,
            pa.table(
                {
                    "pair": in_bulk.texts([digest(each.a, each.b) for each in asked]),
                    "register_a": in_bulk.texts([each.a.register for each in asked]),
                    "key_a": in_bulk.texts([each.a.key for each in asked]),
                    "register_b": in_bulk.texts([each.b.register for each in asked]),
                    "key_b": in_bulk.texts([each.b.key for each in asked]),
                    "project_a": in_bulk.texts([record.project_of(each.a) for each in asked]),
                    "project_b": in_bulk.texts([record.project_of(each.b) for each in asked]),
                    "alike": pa.array([each.confidence for each in asked], pa.float64()),
                    "because": in_bulk.texts([", ".join(each.reasons) for each in asked]),
                }
            ),
        )
