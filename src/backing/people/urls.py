"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("enter/<str:token>/", views.enter, name="enter"),
    path("password/", views.password, name="password"),
    path("people/", views.people, name="people"),
    path("people/<int:account_id>/link/", views.create_link, name="create-link"),
    path("people/<int:account_id>/closing/", views.create_closing, name="create-closing"),
]
