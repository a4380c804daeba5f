"""Whose session it is: asked at every request, so in one query with what the door must know."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from backing.people.models import Account


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> Account | None:
        found = Account.objects.at_the_door().filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
