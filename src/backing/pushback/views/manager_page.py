"""The page of a project manager as it is drawn, whoever opens it and however."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from backing.people.floods import TooMany
from backing.people.models import Organisation, Person
from backing.pushback.forms import AskWordForm
from backing.pushback.managers import Word, page_of, say_of_an_ask
from backing.scope.public import burden_chart, for_a_manager
from backing.sponsor.public import wins_crediting
from boardpaper.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where what is pressed on the page leads.  word: to say something of an ask; row: to one of their rows."""

    word: str
    row: str


def shown(
    request: HttpRequest,
    person: Person,
    ways: Ways | None,
    *,
    sent: AskWordForm | None = None,
    **more: object,
) -> HttpResponse:
    """The page; without ways nothing on it can be pressed.  sent: a form that was not taken, to be put right."""
    page = page_of(person, now=timezone.now())

    def form_of(pk: int | None) -> AskWordForm:
        return sent if sent is not None and sent.about == pk else AskWordForm(ask=pk)

    context = {
        "page": page,
        "ways": ways,
        "asked": [(each, form_of(each.pk)) for each in page.scope.asked],
        "retired": [(each, form_of(each.pk)) for each in page.retired],
        "any": form_of(None),
        "picture": None
        if page.over_time.is_nothing
        else Picture("burden", burden_chart(page.over_time, whose="you")),
        "wins": wins_crediting(person.pk),
        "office": Organisation.ours(),
        **more,
    }
    return render(request, "pushback/manager_page.html", context, status=422 if sent else 200)


def said(request: HttpRequest, person: Person) -> str | AskWordForm:
    """What was sent from the page: what the link to follow it carries, or the form with what is wrong in it."""
    theirs = for_a_manager(person.pk, today=timezone.localdate())
    asks = {str(each.pk): each for each in (*theirs.asked, *theirs.retired)}
    about = asks.get(request.POST.get("ask", ""))
    form = AskWordForm(request.POST, ask=about.pk if about else None)
    if not form.is_valid():
        return form
    given = form.cleaned_data
    try:
        return say_of_an_ask(
            Word(given["word"]),
            about=about.what if about else "",
            words=given["words"],
            by=person,
            in_confidence=given["in_confidence"],
            now=timezone.now(),
            once=given["once"],
        )
    except TooMany:
        form.add_error(None, "More came about this than people say in an hour. Try in an hour.")
        return form
