"""Five weeks of the year that `python -m backing.site.tests.year` lives through, on SQLite."""

from __future__ import annotations

import json
import subprocess
import sys

from backing.conftest import Office

DUE = {"register_comes", "readings", "open_a_pulse", "answer_a_pulse"}
BY_CHANCE = {
    *("talk", "see_to_promises", "answer_objections", "tell_the_sponsor", "ask_about_a_win"),
    *("confirm_a_row", "finance_says", "write_to_a_manager"),
}


def test_a_month_of_use_breaks_no_promise_of_the_office(office: Office) -> None:
    """Histories only grow, no row is lost, no link is broken, nothing sealed is read; nothing joins an answer to
    a person, and nothing that finance has not validated is in a total (S28, 3.11, S32)."""
    command = [sys.executable, "-m", "backing.site.tests.year", "--days", "36", "--every", "7"]
    done = subprocess.run(
        [*command, "--walk", "3", "--whole", "3", "--folder", str(office.folder / "registers")],
        env=office.environment,
        capture_output=True,
        text=True,
        timeout=900,  # a busy machine is slow, and that is no broken promise
    )
    assert "ANSWER" in done.stdout, done.stdout[-2000:] + done.stderr[-4000:]
    lived = json.loads(done.stdout.rpartition("ANSWER ")[2])

    assert lived["broken"] == []
    assert set(lived["done"]) >= DUE
    assert len([each for each in BY_CHANCE if lived["done"].get(each)]) >= 3
