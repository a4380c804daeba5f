"""Addresses of the cause x activity matrix."""

from __future__ import annotations

from django.urls import path

from backing.scope.views import matrix

urlpatterns = [
    path("matrix/", matrix.causes, name="matrix"),
    path("matrix/cause/", matrix.cause, name="matrix-cause"),
]
