"""Addresses of the app, below `documents/`."""

from __future__ import annotations

from django.urls import path

from backing.documents.views import issues, rehearsal, studio, templates

urlpatterns = [
    path("", studio.documents, name="documents"),
    path("templates/", templates.templates, name="document-templates"),
    path(
        "templates/<int:template_id>/retirement/",
        templates.create_retirement,
        name="create-template-retirement",
    ),
    path("rehearsal/", rehearsal.questions, name="rehearsal"),
    path("issues/<int:issue_id>/", issues.issue, name="issue"),
    path("issues/<int:issue_id>/stop/", issues.create_stop, name="create-issue-stop"),
    path("issues/<int:issue_id>/<str:kind>/", issues.file, name="issued-file"),
    path("<str:code>/", studio.studio, name="studio"),
    path("<str:code>/page/", studio.page, name="draft-page"),
    path("<str:code>/slides/", studio.slides, name="draft-slides"),
    path("<str:code>/set-up/", studio.create_set_up, name="create-set-up"),
    path("<str:code>/issue/", studio.create_issue, name="create-issue"),
    path("<str:code>/<str:key>/", studio.section, name="draft-section"),
    path("<str:code>/<str:key>/omission/", studio.create_omission, name="create-omission"),
    path("<str:code>/<str:key>/return/", studio.create_return, name="create-return"),
    path("<str:code>/<str:key>/move/", studio.create_move, name="create-move"),
]
