"""Addresses of what is printed of the mandate."""

from __future__ import annotations

from django.urls import path

from backing.mandate.views import papers

urlpatterns = [path("card/", papers.create_card, name="print-card")]
