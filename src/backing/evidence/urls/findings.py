"""Addresses of the findings, what stands behind them, and the projects."""

from __future__ import annotations

from django.urls import path

from backing.evidence.views import charts, figures, findings, projects

urlpatterns = [
    path("", findings.home, name="evidence"),
    path("compared/", findings.compared, name="compared"),
    path("compared/<path:column>/", findings.compared, name="compared-by"),
    path("why/", findings.causes, name="why-projects-fail"),
    path("reports/", findings.reports, name="reports"),
    path("quality/", findings.quality, name="quality"),
    path("projects/", projects.projects, name="projects"),
    path("project/", projects.project, name="project"),
    path("figures/<str:measure_name>/", figures.figure, name="figure"),
    path("figures/<str:measure_name>/rows/", figures.figure_rows, name="figure-rows"),
    path("figures/<str:measure_name>/rows.csv", figures.figure_csv, name="figure-csv"),
    path("charts/<str:name>.<str:form>", charts.chart, name="chart"),
]
