"""Addresses of the app."""

from __future__ import annotations

from django.urls import path

from backing.people.views import (
    care,
    entry,
    person_data,
    persons,
    provider,
    rosters,
    second_step,
    workbooks,
)

urlpatterns = [
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-in/provider/", provider.leave, name="provider"),
    path("sign-in/provider/answer/", provider.come_back, name="provider-answer"),
    path("sign-out/", entry.sign_out, name="sign-out"),
    path("enter/<str:token>/", entry.enter, name="enter"),
    path("password/", entry.password, name="password"),
    # The second step, and each one's own page for it.
    path("second-step/", second_step.second_step, name="second-step"),
    path("security/", second_step.security, name="security"),
    path("security/app/", second_step.create_authenticator, name="create-authenticator"),
    path("security/first-code/", second_step.create_first_code, name="create-first-code"),
    path("security/codes/", second_step.create_recovery_codes, name="create-recovery-codes"),
    path("security/removal/", second_step.create_removal, name="create-removal"),
    path(
        "people/second-step/",
        second_step.create_asking_of_everyone,
        name="create-asking-of-everyone",
    ),
    path(
        "people/<int:account_id>/second-step/",
        second_step.create_removal_of,
        name="create-removal-of",
    ),
    path("people/", entry.people, name="people"),
    path("people/<int:account_id>/link/", entry.create_link, name="create-link"),
    path("people/<int:account_id>/closing/", entry.create_closing, name="create-closing"),
    # Persons and units.
    path("people/persons/", persons.persons, name="persons"),
    path("people/persons.csv", persons.persons_csv, name="persons-csv"),
    path("people/persons/new/", persons.new_person, name="new-person"),
    path("people/persons/duplicates/", persons.duplicates, name="duplicates"),
    path("people/persons/<int:person_id>/", persons.person, name="person"),
    path("people/persons/<int:person_id>/change/", persons.change_person, name="change-person"),
    path(
        "people/persons/<int:person_id>/successor/",
        persons.create_successor,
        name="person-successor",
    ),
    path(
        "people/persons/<int:person_id>/merging/<int:into_id>/",
        persons.create_merging,
        name="person-merging",
    ),
    path("people/units/", persons.units, name="units"),
    path("people/units/new/", persons.new_unit, name="new-unit"),
    path("people/units/<int:unit_id>/", persons.unit, name="unit"),
    # Lists that are brought in.
    path("people/rosters/", rosters.rosters, name="rosters"),
    path("people/rosters/<int:roster_id>/", rosters.roster, name="roster"),
    path("people/rosters/<int:roster_id>/taking/", rosters.create_taking, name="roster-taking"),
    path("people/rosters/<int:roster_id>/undoing/", rosters.create_undoing, name="roster-undoing"),
    path(
        "people/rosters/<int:roster_id>/likeness/",
        rosters.create_likeness,
        name="roster-likeness",
    ),
    # Everything typed, in one workbook.
    path("workbooks/", workbooks.workbooks, name="workbooks"),
    path("workbooks/file/", workbooks.create_file, name="workbook-file"),
    path("workbooks/<int:workbook_id>/", workbooks.workbook, name="workbook"),
    path("workbooks/<int:workbook_id>/taking/", workbooks.create_taking, name="workbook-taking"),
    path(
        "workbooks/<int:workbook_id>/throwing-away/",
        workbooks.create_throwing_away,
        name="workbook-throwing-away",
    ),
    # Care for people's data.
    path("people/care/", care.care, name="care"),
    path("people/care/grounds/", care.grounds, name="grounds"),
    path("people/care/log/", care.access_log, name="access-log"),
    path("people/care/log.csv", care.access_log_csv, name="access-log-csv"),
    path("people/care/review/", care.review_list, name="review-list"),
    path("people/care/notice/<str:kind>/", care.create_notice, name="create-notice"),
    path("people/persons/<int:person_id>/data/", person_data.person_data, name="person-data"),
    path(
        "people/persons/<int:person_id>/telling/",
        person_data.create_telling,
        name="person-telling",
    ),
    path(
        "people/persons/<int:person_id>/notice/",
        person_data.create_notice_letter,
        name="person-notice",
    ),
    path(
        "people/persons/<int:person_id>/request/",
        person_data.create_request,
        name="person-request",
    ),
    path(
        "people/requests/<int:request_id>/answer/",
        person_data.create_answer,
        name="request-answer",
    ),
    path(
        "people/persons/<int:person_id>/objection/",
        person_data.create_objection,
        name="person-objection",
    ),
    path(
        "people/persons/<int:person_id>/settling/",
        person_data.create_settling,
        name="person-settling",
    ),
    path(
        "people/persons/<int:person_id>/statement/",
        person_data.create_statement,
        name="person-statement",
    ),
    path(
        "people/persons/<int:person_id>/reading/",
        person_data.create_reading,
        name="person-reading",
    ),
    path(
        "people/persons/<int:person_id>/pack/<str:kind>/",
        person_data.create_pack,
        name="person-pack",
    ),
    path(
        "people/persons/<int:person_id>/erasure/",
        person_data.create_erasure,
        name="person-erasure",
    ),
    path("people/erasures/<int:erasure_id>/", person_data.erasure, name="erasure"),
    path("people/erasures/<int:erasure_id>/retry/", person_data.create_retry, name="erasure-retry"),
]
