"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.worth.views import costs, valuations, worth

urlpatterns = [
    path("", worth.worth, name="worth"),
    path("rows/", worth.download_rows, name="worth-rows"),
    path("estimate/", worth.estimate, name="worth-estimate"),
    path("costs/", costs.costs, name="worth-costs"),
    path("costs/new/", costs.create_cost, name="create-cost"),
    path("costs/<int:cost_id>/", costs.edit_cost, name="edit-cost"),
    path("costs/<int:cost_id>/removal/", costs.create_cost_removal, name="worth-cost-removal"),
    path("hours/new/", costs.create_rate, name="create-hourly-rate"),
    path("hours/<int:rate_id>/", costs.edit_rate, name="edit-hourly-rate"),
    path("valuations/new/", valuations.create_valuation, name="create-valuation"),
    path("valuations/<int:valuation_id>/", valuations.valuation, name="worth-valuation"),
    path(
        "valuations/<int:valuation_id>/figures/", valuations.edit_valuation, name="edit-valuation"
    ),
    path(
        "valuations/<int:valuation_id>/withdrawal/",
        valuations.create_withdrawal,
        name="valuation-withdrawal",
    ),
    path("valuations/<int:valuation_id>/word/", valuations.create_word, name="valuation-word"),
    path("finance/", valuations.finance, name="worth-finance"),
    path("kept-apart/", valuations.create_kept_apart, name="create-kept-apart"),
]
