"""The line of sight: the map, the same as a list, and what one step is for."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from backing.benefits import public
from backing.benefits.firmness import Layer
from backing.benefits.listed import listed
from backing.benefits.outline import outline
from backing.benefits.picture.drawing import draw
from backing.benefits.picture.setting import SCREEN
from backing.benefits.tracing import (
    LineOfSight,
    lit,
    part_of,
    reaches,
    serves,
    with_loose_ends,
)
from backing.benefits.views.finding import address_of
from backing.people.access import Role
from backing.people.doors import open_to, viewer

MOST_DRAWN: Final = 120  # steps; more than that is a thicket, not a picture
READERS: Final = (
    *(Role.PMO_HEAD, Role.PMO_MEMBER, Role.SPONSOR),
    *(Role.LEADER, Role.FINANCE, Role.DPO),
)
TITLE: Final = "Line of sight from what we do to the goals. The same content is in the list below."


@require_safe
@open_to(*READERS)
def sight(request: HttpRequest) -> HttpResponse:
    """?node=activity-12 follows one step both ways."""
    whole = with_loose_ends(public.line_of_sight(viewer(request)))
    chosen = request.GET.get("node", "")
    chosen = chosen if chosen in whole.by_key else ""
    followed = lit(whole, chosen) if chosen else None
    is_large = len(whole.nodes) > MOST_DRAWN
    drawn = part_of(whole, followed.nodes) if is_large and followed else whole
    picture = ""
    if whole.links and len(drawn.nodes) <= MOST_DRAWN:
        here = reverse("benefits")
        picture = draw(
            drawn,
            SCREEN,
            title=TITLE,
            lit=None if is_large else followed,
            address=lambda key: f"{here}?node={key}",
            chosen=chosen,
        )
    context = {
        "sight": whole,
        "picture": mark_safe(picture),  # noqa: S308  # drawn here, every word of it escaped
        "is_large": is_large,
        "chosen": whole.by_key.get(chosen),
        "about": _about(whole, chosen),
        "items": mark_safe(listed(outline(whole), lit=followed)),  # noqa: S308  # as above
        **_counts(whole),
    }
    return render(request, "benefits/sight.html", context)


def _counts(whole: LineOfSight) -> dict[str, Any]:
    goals = whole.of(Layer.GOAL)
    unreached = [node for node in whole.unreached if node.counts]
    return {
        "goals": goals,
        "not_ours": [node for node in whole.of(Layer.GOAL) if not node.counts],
        "reached": len(goals) - len(whole.unreached),
        "unreached": unreached,
        "for_nothing": [node for node in whole.for_nothing if node.counts],
        "broken": [node for node in whole.nodes if node.broken and node.key in whole.out_of],
    }


def _about(whole: LineOfSight, chosen: str) -> dict[str, Any] | None:
    """What a step is for, what reaches it, and the links on either side of it."""
    if not chosen:
        return None
    ends = serves(whole, chosen).items()
    begins = reaches(whole, chosen).items()
    return {
        "edit": address_of(chosen),
        "serves": [(whole.by_key[key], firmness.word) for key, firmness in ends if key != chosen],
        "reached_by": [
            (whole.by_key[key], firmness.word) for key, firmness in begins if key != chosen
        ],
        "before": [
            (link, whole.by_key[link.source], whole.firmness(link).word)
            for link in whole.into.get(chosen, ())
        ],
        "after": [
            (link, whole.by_key[link.target], whole.firmness(link).word)
            for link in whole.out_of.get(chosen, ())
        ],
    }
