"""Addresses of the outbox."""

from __future__ import annotations

from django.urls import path

from backing.outbox.views import hours, letters

urlpatterns = [
    path("", letters.outbox, name="outbox"),
    path("hours/", hours.quiet_hours, name="quiet-hours"),
    path("<int:letter_id>/", letters.letter, name="letter"),
    path("<int:letter_id>/words/", letters.edit_letter, name="letter-words"),
    path("<int:letter_id>/sending/", letters.create_sending, name="letter-sending"),
    path("<int:letter_id>/next-try/", letters.create_next_try, name="letter-next-try"),
    path("<int:letter_id>/taking-back/", letters.create_taking_back, name="letter-taking-back"),
    path("<int:letter_id>/draft/", letters.create_draft, name="letter-draft"),
    path("<int:letter_id>/copy/", letters.create_copy, name="letter-copy"),
    path("<int:letter_id>/dropping/", letters.create_dropping, name="letter-dropping"),
]
