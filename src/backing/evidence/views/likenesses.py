"""Pairs of projects that may be one: a person says, and may take it back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import apnumber, intcomma
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backing.evidence import actions, likenesses
from backing.evidence.models import Decision, Edition, Likeness
from backing.people.access import OFFICE
from backing.people.doors import open_to, viewer

A_PAGE = 20  # pairs
ANSWERS_A_PAGE = 50
_FIELD = "pair-"


@require_safe
@open_to(*OFFICE)
def same_project(request: HttpRequest) -> HttpResponse:
    """The pairs to be answered, by what makes them alike."""
    found = Likeness.objects.visible_to(viewer(request))
    reasons = found.by_reason()
    because = request.GET.get("because", "")
    if because not in {each["because"] for each in reasons}:
        because = str(reasons[0]["because"]) if reasons else ""
    chosen = found.filter(because=because).surest_first()
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    answers = Decision.objects.visible_to(viewer(request)).filter(kind__in=likenesses.KINDS)
    context = {
        "edition": Edition.objects.current(),
        "total": sum(int(str(each["pairs"])) for each in reasons),
        "reasons": reasons,
        "because": because,
        "page": page,
        "query": urlencode({"because": because}),
        "pairs": likenesses.pairs(page.object_list),
        "answered": answers.standing().count(),
    }
    return render(request, "evidence/same_project.html", context)


@require_POST
@open_to(*OFFICE)
def create_answers(request: HttpRequest) -> HttpResponse:
    """What the viewer says of the pairs on a page; those left open stay."""
    kinds = (likenesses.SAME, likenesses.NOT_SAME)
    said = {
        name.removeprefix(_FIELD): value
        for name, value in request.POST.items()
        if name.startswith(_FIELD) and isinstance(value, str) and value in kinds
    }
    made = likenesses.answer(said, by=viewer(request), now=timezone.now())
    if made:
        same = sum(each.kind == Decision.Kind.SAME for each in made)
        messages.success(request, _kept(same, len(made) - same))
    elif said:
        messages.info(request, "These pairs were answered already. Nothing was changed.")
    else:
        messages.info(request, "No pair was answered. Choose an answer, then save.")
    because = request.POST.get("because", "")
    return redirect(f"{reverse('same-project')}?{urlencode({'because': because})}")


def _kept(same: int, apart: int) -> str:
    parts = []
    if same:
        parts.append(f"{_pairs(same)} {'is' if same == 1 else 'are'} one project")
    if apart:
        parts.append(f"{_pairs(apart)} {'is' if apart == 1 else 'are'} two")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}. The figures are made anew with it."


def _pairs(number: int) -> str:
    return (
        f"{apnumber(number) if number < 10 else intcomma(number)} pair{'' if number == 1 else 's'}"
    )


@require_safe
@open_to(*OFFICE)
def answers(request: HttpRequest) -> HttpResponse:
    """What was said of pairs: by whom, when, and whether it counts."""
    found = Decision.objects.visible_to(viewer(request)).filter(kind__in=likenesses.KINDS)
    said = found.order_by("-made_at", "-pk").select_related("by", "withdrawn_by")
    page = Paginator(said, ANSWERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "answers": likenesses.answered(page.object_list),
        "standing": found.standing().count(),
        "open": Likeness.objects.visible_to(viewer(request)).count(),
    }
    return render(request, "evidence/same_project_answers.html", context)


@require_POST
@open_to(*OFFICE)
def create_withdrawal(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take an answer back; the pair is asked about again with the next figures."""
    standing = Decision.objects.editable_by(viewer(request)).standing()
    decision = get_object_or_404(standing.filter(kind__in=likenesses.KINDS), pk=decision_id)
    actions.withdraw(decision, by=viewer(request).person, now=timezone.now())
    messages.success(
        request, "The answer is taken back. The pair is asked about again with the next figures."
    )
    return redirect("same-project-answers")
