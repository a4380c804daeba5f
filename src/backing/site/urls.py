"""Addresses of the site, and where those of the apps hang."""

from __future__ import annotations

from django.urls import include, path

from backing.site import views

handler400 = "backing.site.views.bad_request"
handler403 = "backing.site.views.forbidden"
handler404 = "backing.site.views.not_found"
handler500 = "backing.site.views.fault"

urlpatterns = [
    path("", views.home, name="home"),
    path("settings/", views.settings_page, name="settings"),
    path("steps/", views.steps, name="steps"),
    path("", include("backing.people.urls")),
    path("outbox/", include("backing.outbox.urls")),
    path("documents/", include("backing.documents.urls")),
    path("evidence/", include("backing.evidence.urls")),
    path("why/", include("backing.mandate.urls")),
    path("leaders/", include("backing.leaders.urls")),
    path("benefits/", include("backing.benefits.urls")),
    path("scope/", include("backing.scope.urls")),
    path("pushback/", include("backing.pushback.urls")),
    path("week/", include("backing.rhythm.urls")),
    path("keep-it/", include("backing.rhythm.urls.keeping")),
    path("sponsor/", include("backing.sponsor.urls")),
    path("worth/", include("backing.worth.urls")),
    path("<slug:slug>/", views.part, name="part"),
]
