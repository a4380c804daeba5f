"""Addresses of imports."""

from __future__ import annotations

from django.urls import URLPattern, path

from backing.evidence.views import imports as views
from backing.evidence.views import problems

urlpatterns: list[URLPattern] = [
    path("import/", views.imports, name="imports"),
    path("import/<int:reading_id>/", views.reading, name="import"),
    path("import/<int:reading_id>/columns/", views.correct_columns, name="correct-columns"),
    path("import/<int:reading_id>/guess/", views.create_guess, name="create-guess"),
    path("import/<int:reading_id>/cell/", problems.put_right, name="put-right"),
    path("import/<int:reading_id>/stop/", views.create_stop, name="create-import-stop"),
    path("import/<int:reading_id>/attempt/", views.create_attempt, name="create-import-attempt"),
    path("import/<int:reading_id>/taking/", views.create_taking, name="create-taking"),
    path("import/<int:reading_id>/undo/", views.undo, name="undo-import"),
    path("import/<int:reading_id>/problems.csv", problems.problems_csv, name="import-problems-csv"),
    path(
        "import/<int:reading_id>/problems.xlsx", problems.problems_xlsx, name="import-problems-xlsx"
    ),
]
