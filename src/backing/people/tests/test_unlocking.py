"""S01: whoever holds the machine lets a head in again whose app is lost."""

from __future__ import annotations

from backing.conftest import Office


def test_a_locked_out_head_unlocks_at_the_machine(office: Office) -> None:
    made = (
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        "from backing.people import key\n"
        "key.make(Path(settings.BACKING_KEY_FILE))\n"
        "from backing.people import actions\n"
        "from backing.people.models import Authenticator\n"
        "head = actions.head(); head.email = 'ana@aldmoor.example'; head.save()\n"
        "Authenticator.objects.begin(head, now=datetime.now(UTC))\n"
        "answer = True"
    )
    office.python(made)

    assert "Nobody signs in with" in office.run("unlock", "nobody@aldmoor.example").stderr
    done = office.run("unlock", "Ana@aldmoor.example")
    assert (done.returncode, "password alone" in done.stdout) == (0, True)
    assert office.run("unlock", "ana@aldmoor.example").returncode == 2
