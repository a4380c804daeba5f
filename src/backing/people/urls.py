"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.people.views import entry

urlpatterns = [
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-out/", entry.sign_out, name="sign-out"),
    path("enter/<str:token>/", entry.enter, name="enter"),
    path("password/", entry.password, name="password"),
    path("people/", entry.people, name="people"),
    path("people/<int:account_id>/link/", entry.create_link, name="create-link"),
    path("people/<int:account_id>/closing/", entry.create_closing, name="create-closing"),
]
