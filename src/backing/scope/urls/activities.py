"""Addresses of activities, services and the sentences of the scope."""

from __future__ import annotations

from django.urls import path

from backing.scope.views import activities, items, overview

urlpatterns = [
    path("", overview.scope, name="scope"),
    path("our-unit/", overview.create_our_unit, name="create-our-unit"),
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", activities.create_activities, name="create-activities"),
    path("activities/<int:activity_id>/", activities.activity, name="activity"),
    path(
        "activities/<int:activity_id>/removal/",
        activities.create_activity_removal,
        name="activity-removal",
    ),
    path("services/", activities.services_page, name="services"),
    path("services/new/", activities.create_service, name="create-service"),
    path("services/<int:service_id>/", activities.edit_service, name="edit-service"),
    path(
        "services/<int:service_id>/removal/",
        activities.create_service_removal,
        name="service-removal",
    ),
    path("will-and-wont/", items.items, name="scope-items"),
    path("will-and-wont/new/", items.create_item, name="create-scope-item"),
    path("will-and-wont/<int:item_id>/", items.edit_item, name="edit-scope-item"),
    path(
        "will-and-wont/<int:item_id>/removal/", items.create_item_removal, name="scope-item-removal"
    ),
]
