"""Will, won't, not yet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from backing.people.access import OFFICE
from backing.people.doors import open_to, open_to_all_accounts, viewer
from backing.scope.forms.items import ItemForm
from backing.scope.models import ScopeItem
from backing.scope.public import scope_items
from backing.scope.views.finding import editable_or_404, form_page


@require_safe
@open_to_all_accounts
def items(request: HttpRequest) -> HttpResponse:
    found = scope_items(viewer(request))
    kinds = [
        (kind, word, [each for each in found if each.kind == kind])
        for kind, word in (("will", "We will"), ("wont", "We won’t"), ("not_yet", "Not yet"))
    ]
    context = {
        "kinds": kinds,
        "items": found,
        "wont": [each for each in found if each.kind == "wont"],
        "nobody": [each for each in found if each.nobody],
    }
    return render(request, "scope/items.html", context)


@open_to(*OFFICE)
def create_item(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    first = kind if kind in ScopeItem.Kind.values else ScopeItem.Kind.WILL
    return _item(request, ScopeItem(kind=first), title="One sentence of what we will or won’t do")


@open_to(*OFFICE)
def edit_item(request: HttpRequest, item_id: int) -> HttpResponse:
    found = editable_or_404(request, ScopeItem.objects.all(), item_id)
    remove = reverse("scope-item-removal", args=[item_id])
    return _item(request, found, title=str(found), remove=remove)


@require_POST
@open_to(*OFFICE)
def create_item_removal(request: HttpRequest, item_id: int) -> HttpResponse:
    editable_or_404(request, ScopeItem.objects.all(), item_id).delete()
    messages.success(request, "The sentence is gone.")
    return redirect("scope-items")


def _item(request: HttpRequest, found: ScopeItem, *, title: str, remove: str = "") -> HttpResponse:
    form = ItemForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Kept.")
        return redirect("scope-items")
    return form_page(request, form, title=title, back="scope-items", remove=remove)
