"""Addresses below `keep-it/`: measures, targets, improvements and their report."""

from __future__ import annotations

from django.urls import path

from backing.rhythm.views import (
    calendars,
    communication,
    improvements,
    keeping,
    measures,
    pulse_answers,
    pulses,
    report,
    targets,
    timeline,
)

urlpatterns = [
    path("", keeping.keep_it, name="keep-it"),
    path("measures/new/", measures.create_measure, name="create-measure"),
    path("measures/<int:measure_id>/", measures.measure, name="measure"),
    path("measures/<int:measure_id>/words/", measures.edit_measure, name="edit-measure"),
    path("measures/<int:measure_id>/readings/", measures.create_reading, name="create-reading"),
    path("measures/<int:measure_id>/file/", measures.create_readings, name="create-readings"),
    path("measures/<int:measure_id>/readings.csv", measures.readings_csv, name="readings-csv"),
    path("measures/<int:measure_id>/baseline/", measures.create_baseline, name="create-baseline"),
    path(
        "measures/<int:measure_id>/retirement/",
        measures.create_retirement,
        name="retire-measure",
    ),
    path(
        "readings/<int:reading_of_id>/withdrawal/",
        measures.create_withdrawal,
        name="withdraw-reading",
    ),
    path("measures/<int:measure_id>/target/", targets.create_target, name="create-target"),
    path("targets/<int:target_id>/dropping/", targets.drop_target, name="drop-target"),
    path(
        "measures/<int:measure_id>/improvement/",
        improvements.create_improvement,
        name="create-improvement",
    ),
    path("improvements/<int:improvement_id>/", improvements.improvement, name="improvement"),
    path("improvements/<int:improvement_id>/look/", improvements.create_look, name="create-look"),
    path(
        "improvements/<int:improvement_id>/agreement/",
        improvements.create_agreement,
        name="improvement-agreement",
    ),
    path(
        "improvements/<int:improvement_id>/giving-up/",
        improvements.give_up,
        name="give-up-improvement",
    ),
    path(
        "verdicts/<int:verdict_id>/withdrawal/",
        improvements.create_withdrawal,
        name="withdraw-verdict",
    ),
    path("report/", report.report, name="report"),
    path("communication/", communication.communication, name="communication"),
    path("communication/new/", communication.create_communication, name="create-communication"),
    path(
        "communication/<int:communication_id>/",
        communication.change_communication,
        name="change-communication",
    ),
    path(
        "communication/<int:communication_id>/told/",
        communication.communication_told,
        name="communication-told",
    ),
    path(
        "communication/<int:communication_id>/end/",
        communication.end_communication,
        name="end-communication",
    ),
    path("pulses/", pulses.pulses, name="pulses"),
    path("pulses/new/", pulses.create_pulse, name="create-pulse"),
    path("pulses/<int:pulse_id>/stopping/", pulses.stop_pulse, name="stop-pulse"),
    path("pulses/answered/", pulse_answers.answered, name="pulse-answered"),
    path("pulses/answer/<str:token>/", pulse_answers.pulse, name="pulse"),
    path(
        "pulses/answer/<str:token>/sent/", pulse_answers.create_answer, name="create-pulse-answer"
    ),
    path("timeline/", timeline.timeline, name="office-timeline"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/address/", calendars.create_calendar, name="create-calendar"),
    path("calendar/withdrawal/", calendars.create_withdrawal, name="calendar-withdrawal"),
    path("calendar/digest/", calendars.create_digest, name="create-digest"),
    path("calendar/digest/ending/", calendars.end_digest, name="end-digest"),
    path("calendar/<str:token>/backing.ics", calendars.calendar_feed, name="calendar-feed"),
]
