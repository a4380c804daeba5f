"""The studio: composed from stored figures, gated sentence by sentence, issued byte for byte (issue 3, 7)."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from django.test import Client

from backing.documents import actions, files, work
from backing.documents.desk import Desk, changed, desk
from backing.documents.drafting import key_of
from backing.documents.models import Draft, Issue, IssuedFile
from backing.documents.tests.conftest import MAY, Computed, current
from backing.evidence import picking
from backing.evidence.models import Edition
from backing.people.access import Role
from backing.people.models import Account
from backing.people.tests.conftest import account_of, browser_of
from backing.site import steps
from backing.site.work import State
from boardpaper.composed import document_from
from boardpaper.composition import composition_hash
from trackrecord.figure import Figure

pytestmark = pytest.mark.django_db


def at(account: Account) -> Desk:
    found = desk(account, "D1")
    assert found is not None
    return found


def issued(account: Account) -> Issue:
    """Issue the case and let a worker write it."""
    here = at(account)
    made = actions.issue(here.drafted, here.draft, by=account, now=MAY)
    carry_out(made)
    made.refresh_from_db()
    return made


def carry_out(made: Issue) -> str:
    """What the worker does, without its store."""
    Issue.objects.attempt_at(made.pk, made.attempt).begin(MAY)
    work.write(Issue.objects.get(pk=made.pk), steps.Pulse(made))
    steps.finish(made, steps.ON)
    return made.state


def test_d1_is_composed_from_stored_figures_with_no_engine_in_the_web_process(
    evidence: Edition, ana: Account
) -> None:
    sections = [part.section.kicker for part in at(ana).drafted.parts]

    assert sections[0] == "The case for the PMO · the answer"
    assert "What went wrong · cost" in sections
    code = (
        "import sys, django; django.setup(); import backing.documents.urls, backing.documents.desk;"
        "print(sorted({'duckdb', 'ibis', 'pptx', 'trackrecord.engine'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_section_has_a_key_of_its_own(evidence: Edition, ana: Account) -> None:
    keys = [part.key for part in at(ana).drafted.parts]

    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_rule_20_a_number_in_ones_own_words_stops_the_issue_beside_its_sentence(
    evidence: Edition, ana: Account
) -> None:
    browser = browser_of(ana)
    key = "what-went-wrong-cost"
    written = browser.post(
        f"/documents/D1/{key}/", {"words": "It is our fault. We lost 40 million."}
    )
    page = browser.get("/documents/D1/").content.decode()
    refused = browser.post("/documents/D1/issue/")

    assert written.status_code == 422
    sentence, said = page.index("We lost 40 million."), page.index("“40” has no figure behind it")
    assert 0 < said - sentence < 400
    assert refused.status_code == 409
    assert not Issue.objects.exists()

    browser.post(f"/documents/D1/{key}/", {"words": "We lost “40 million”, said the auditor."})
    assert browser.post("/documents/D1/issue/").status_code == 302


def test_a_named_figure_in_ones_own_words_is_worded_and_stands_as_judgement(
    evidence: Edition, ana: Account
) -> None:
    actions.write(at(ana).draft, "what-will-improve", heading="", words="{late_rate:of} were late.")
    part = next(part for part in at(ana).drafted.parts if part.key == "what-will-improve")

    assert re.match(r"\d+ of \d+ were late\.", part.lines[0].words)
    assert part.section.blocks[0].claims[0].state == "judgement"  # type: ignore[union-attr]
    assert not part.stops


def test_braces_and_unknown_figures_are_no_way_round_the_gate(
    evidence: Edition, ana: Account
) -> None:
    words = "{0}. {late_rate.__class__}. {no_such_figure}. {late_rate:bold}."
    actions.write(at(ana).draft, "what-will-improve", heading="", words=words)
    part = next(part for part in at(ana).drafted.parts if part.key == "what-will-improve")

    refused = [line.words for line in part.lines if any(each.blocks for each in line.problems)]
    assert refused[0].startswith("{0}")
    assert len(refused) == 4


def test_a_section_is_left_out_put_back_and_moved_but_the_answer_leads(
    evidence: Edition, ana: Account
) -> None:
    browser = browser_of(ana)
    browser.post("/documents/D1/what-will-improve/omission/")
    left_out = [key_of(section) for section in at(ana).drafted.document.sections]
    browser.post("/documents/D1/what-will-improve/return/")
    keys = [part.key for part in at(ana).drafted.parts]
    browser.post(f"/documents/D1/{keys[2]}/move/", {"to": "before"})
    moved = [part.key for part in at(ana).drafted.parts]

    assert "what-will-improve" not in left_out
    assert (moved[0], moved[1], moved[2]) == (keys[0], keys[2], keys[1])
    assert browser.post(f"/documents/D1/{keys[0]}/omission/").status_code == 404


def test_the_page_of_an_issue_leads_from_each_figure_to_its_rows(
    evidence: Edition, ana: Account
) -> None:
    """4.3: "how do you know?" is answered in two clicks."""
    said = browser_of(ana).get(f"/documents/issues/{issued(ana).pk}/").content.decode()
    rows = said.partition('<h2 id="h-figures">')[2].partition("<tbody>")[2].partition("</tbody>")[0]

    assert rows.count("<tr>") > 30
    assert rows.count("<a ") == rows.count("<tr>")
    assert "/evidence/figures/cost_overrun_median/?against=original" in rows


def test_an_issue_is_kept_byte_for_byte_and_handed_out_as_an_attachment(
    evidence: Edition, ana: Account
) -> None:
    made = issued(ana)
    browser = browser_of(ana)

    assert (made.state, made.number, str(made)) == (State.DONE, 1, "Issue 1 of D1")
    assert [file.kind for file in made.files.all()] == ["pdf", "pptx", "docx", "html", "xlsx"]
    for file in made.files.all():
        answer = browser.get(f"/documents/issues/{made.pk}/{file.kind}/")
        assert answer.content == files.kept(file.stored_as, file.digest)
        assert answer["Content-Disposition"].startswith("attachment;")
        assert file.digest in browser.get(f"/documents/issues/{made.pk}/").content.decode()


def test_the_same_issue_gives_the_same_bytes_and_its_footer_the_hash_of_its_composition(
    evidence: Edition, ana: Account
) -> None:
    made = issued(ana)
    first = {file.kind: file.digest for file in made.files.all()}
    work.clear(made)
    Issue.objects.filter(pk=made.pk).update(state=State.RUNNING)
    work.write(made, steps.Pulse(made))
    html = files.kept(*made.files.filter(kind="html").values_list("stored_as", "digest").get())

    assert {file.kind: file.digest for file in made.files.all()} == first
    assert composition_hash(document_from(made.composition.encode())) == made.composition_hash
    shown = f"{made.composition_hash[:4]} {made.composition_hash[4:8]}"
    assert f"Composition {shown}".encode() in html


def test_an_issue_that_was_killed_in_the_middle_is_taken_up_where_it_was(
    evidence: Edition, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = at(ana)
    made = actions.issue(here.drafted, here.draft, by=ana, now=MAY)
    Issue.objects.attempt_at(made.pk, 1).begin(MAY)
    with monkeypatch.context() as patch:
        patch.setitem(work.RENDERERS, "docx", _killed)
        with pytest.raises(KeyboardInterrupt):
            work.write(made, steps.Pulse(made))
    before = list(made.files.values_list("kind", "digest", "pk"))
    (files.path_of(work.folder_of(made)) / ".unfinished-x").write_bytes(b"half")
    not_yet = browser_of(ana).get(f"/documents/issues/{made.pk}/pdf/").status_code

    carry_out(made)

    assert [kind for kind, _, _ in before] == ["pdf", "pptx"]
    assert list(made.files.values_list("kind", "digest", "pk"))[:2] == before
    assert not_yet == 404
    kept = {path.name for path in files.path_of(work.folder_of(made)).iterdir()}
    assert kept == {file.stored_as.rpartition("/")[2] for file in made.files.all()}


def _killed(*_: object) -> bytes:
    raise KeyboardInterrupt


def test_an_issue_that_failed_leaves_nothing_and_its_number_to_the_next(
    evidence: Edition, ana: Account
) -> None:
    here = at(ana)
    failed = actions.issue(here.drafted, here.draft, by=ana, now=MAY)
    with pytest.raises(actions.NotIssued, match="at this moment"):
        actions.issue(here.drafted, here.draft, by=ana, now=MAY)
    Issue.objects.attempt_at(failed.pk, 1).begin(MAY)
    steps.finish(failed, steps.DISK_FULL)

    page = browser_of(ana).get(f"/documents/issues/{failed.pk}/").content.decode()
    assert "The disk is full" in page
    assert not IssuedFile.objects.exists()
    assert issued(ana).number == 1


def test_what_changed_since_the_last_issue_is_said_in_words(
    evidence: Edition, ana: Account, computed: Computed
) -> None:
    made = issued(ana)
    nothing = changed(made, at(ana))
    figures: list[Figure] = []
    for figure in computed.figures:
        if (figure.measure, figure.group) == ("late_rate", None):
            figure = replace(figure, value=0.5, low=0.4, high=0.6)
        if figure.measure == "schedule_slip_days_p80":
            figure = replace(figure, version=figure.version + 1)
        if figure.measure != "cost_overrun_p80":
            figures.append(figure)
    current(figures, name="f" * 64)
    picking.folder("f" * 64).symlink_to(picking.folder(computed.edition))
    found = changed(made, at(ana))

    assert nothing.headline == "Nothing changed since then."
    kinds = {change.what for change in found.changes}
    assert kinds == {"number changed", "definition changed", "source withdrawn"}
    assert "no longer known" in browser_of(ana).get("/documents/D1/").content.decode()


def test_a_file_that_is_not_what_was_issued_is_not_handed_out(
    evidence: Edition, ana: Account
) -> None:
    made = issued(ana)
    file = made.files.get(kind="pdf")
    files.path_of(file.stored_as).write_bytes(b"another")

    answer = browser_of(ana).get(f"/documents/issues/{made.pk}/pdf/")
    assert answer.status_code == 410
    assert b"Restore the workspace" in answer.content


READERS = {
    Role.PMO_HEAD: 200,
    Role.PMO_MEMBER: 200,
    Role.SPONSOR: 200,
    Role.FINANCE: 200,
    Role.DPO: 200,
    Role.LEADER: 404,
    Role.PROJECT_MANAGER: 404,
}


def test_x6_an_issue_is_read_by_those_its_own_class_is_for(evidence: Edition, ana: Account) -> None:
    made = issued(ana)
    answers: dict[str, int] = {}
    opened: dict[str, int] = {}
    for role in READERS:
        browser = browser_of(account_of(f"Some {role}".replace(" ", ""), role))
        answers[role] = browser.get(f"/documents/issues/{made.pk}/pdf/").status_code
        Issue.objects.update(klass="open")
        opened[role] = browser.get(f"/documents/issues/{made.pk}/pdf/").status_code
        Issue.objects.update(klass="mgmt")

    assert answers == READERS
    assert set(opened.values()) == {200}
    assert Client().get(f"/documents/issues/{made.pk}/pdf/").status_code == 404


def test_the_sponsor_reads_issues_and_never_the_studio(evidence: Edition, ana: Account) -> None:
    issued(ana)
    browser = browser_of(account_of("Sue", Role.SPONSOR))

    assert "Issue 1" in browser.get("/documents/").content.decode()
    for address in ("D1/", "D1/page/", "D1/slides/", "templates/"):
        assert browser.get(f"/documents/{address}").status_code == 404


def test_the_page_brings_its_own_style_by_hash_and_nothing_that_runs(
    evidence: Edition, ana: Account
) -> None:
    answer = browser_of(ana).get("/documents/D1/page/")

    policy = answer["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_every_change_of_a_draft_is_kept(evidence: Edition, ana: Account) -> None:
    draft = actions.draft_of("D1")
    actions.write(draft, "what-will-improve", heading="", words="One.")
    actions.write(draft, "what-will-improve", heading="", words="")

    texts = [was.own_words for was in Draft.objects.get().history.all()]
    assert texts == [{}, {"what-will-improve": {"words": "One."}}, {}]


def test_without_evidence_the_studio_says_what_to_do_first(ana: Account) -> None:
    page = browser_of(ana).get("/documents/D1/").content.decode()

    assert "Drop a register" in page
