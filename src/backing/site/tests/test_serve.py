"""`backing serve`: one parent, two children, one workspace."""

from __future__ import annotations

import os
import signal
import socket
import urllib.error
import urllib.request
from http.client import HTTPResponse

import psutil
import pytest

from backing.conftest import Office, wait_until


def children_of(office: Office) -> dict[str, psutil.Process]:
    """The children that run now, by what they are."""
    (parent,) = [process for process in office.processes if process.poll() is None]
    return {
        child.cmdline()[3]: child
        for child in psutil.Process(parent.pid).children()
        if child.status() != psutil.STATUS_ZOMBIE and len(child.cmdline()) > 3
    }


def answer(address: str) -> int:
    try:
        reply: HTTPResponse
        with urllib.request.urlopen(address, timeout=10) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def served(shared_office: Office) -> str:
    """The link that `serve` printed."""
    return shared_office.serve()


def test_the_first_run_prints_a_link_that_opens_once(served: str) -> None:
    assert answer(served) == 200
    assert answer(served) == 404


def test_a_second_serve_on_the_same_workspace_is_refused_in_one_sentence(
    served: str, shared_office: Office
) -> None:
    done = shared_office.run("serve", "--port", str(shared_office.port + 1))

    assert done.returncode == 2
    assert "open in another `backing` process" in done.stderr


def test_a_port_that_is_taken_is_said_with_another_to_try(served: str, office: Office) -> None:
    port = served.split(":")[2].split("/", maxsplit=1)[0]

    done = office.run("serve", "--port", port)

    assert done.returncode == 2
    assert f"--port {int(port) + 1}" in done.stderr


def test_other_machines_find_no_office_without_a_password(office: Office) -> None:
    done = office.run("serve", "--host", "0.0.0.0", "--port", str(office.port))

    assert done.returncode == 2
    assert "no password" in done.stderr


@pytest.mark.parametrize("which", ["web", "worker"])
def test_a_dead_child_is_started_again(served: str, shared_office: Office, which: str) -> None:
    wait_until(lambda: set(children_of(shared_office)) == {"web", "worker"})
    dead = children_of(shared_office)[which]
    dead.kill()

    wait_until(lambda: children_of(shared_office).get(which, dead).pid != dead.pid)
    wait_until(lambda: is_open(shared_office.port))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_children_end_with_their_parent_by_whatever_death(office: Office, how: int) -> None:
    office.serve()
    wait_until(lambda: set(children_of(office)) == {"web", "worker"})
    children = children_of(office).values()

    os.kill(office.processes[0].pid, how)
    office.processes[0].wait(timeout=20)

    gone, alive = psutil.wait_procs(list(children), timeout=20)
    assert alive == []
    assert len(gone) == 2


def test_the_demo_lives_in_a_workspace_of_its_own_and_says_it_is_invented(office: Office) -> None:
    before = (office.home / "office.sqlite3").read_bytes()
    link = office.serve("--demo")
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    with opener.open(link, timeout=10) as page:
        assert "Aldmoor Group, an invented company" in page.read().decode()
    assert (office.home / "office.sqlite3").read_bytes() == before
    assert (office.folder / "office-demo" / "office.sqlite3").exists()


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
