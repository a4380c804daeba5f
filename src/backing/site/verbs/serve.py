"""`backing serve`: one parent, two children, web and worker.

The parent makes the workspace ready, prints the one-time link and watches.  A child that ends is started
again, at once the first time and more slowly when it keeps ending.  The parent holds one end of a pipe to
each child; when it goes, by whatever death, the pipe closes and the children end.
"""

from __future__ import annotations

import argparse
import getpass
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType

from backing.site.refusal import Refused
from backing.site.verbs import doing
from backing.site.verbs.office import held_workspace
from backing.site.workspace import Workspace

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SLOWEST = 30.0  # seconds between two starts of a child that keeps ending
HEALTHY = 60.0  # a child that ran this long may start at once again
PATIENCE = 60.0  # for the first answer of the web child


@dataclass(slots=True)
class Child:
    """A child process that is started again when it ends."""

    words: tuple[str, ...]
    pause: float = 0.0
    started_at: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def watch(self, now: float) -> None:
        """Start it where it does not run, once its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            if now - self.started_at > HEALTHY:
                self.pause = 0.0
            _close(self.process)
            self.process = None
        if now >= self.started_at + self.pause:
            self.pause = min(SLOWEST, max(0.5, 2 * self.pause))
            self.started_at = now
            command = (sys.executable, "-m", "backing.site.process", *self.words)
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE)

    def end(self) -> None:
        """Close the pipe; a child that has not gone a few seconds later is killed."""
        if self.process is None:
            return
        _close(self.process)
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _close(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if options.demo:
        _turn_to_the_demo()
    if options.recover_key:
        _recover_key(Workspace.here())
    _refuse_taken(options.host, options.port)
    with held_workspace() as workspace:
        address = f"http://{_in_a_url(options.host)}:{options.port}/"
        entry = _make_ready(workspace, options)
        children = (Child(("web", options.host, str(options.port))), Child(("worker",)))
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            _watch_until_it_answers(children, options)
            _say(f"Backing is open at {address}{entry}")
            if entry:
                _say(
                    "The link opens once, within the hour; start `backing serve` again for another."
                )
            _say("Stop with Ctrl-C.")
            while True:
                _watch(children)
        except KeyboardInterrupt:
            _say("Stopping. Work under way goes on at the next start.")
        finally:
            for child in children:
                child.end()
    return 0


def _turn_to_the_demo() -> None:
    """The invented company lives beside the real office, in a workspace and under a key of its own."""
    real = Workspace.here()
    os.environ["BACKING_HOME"] = str(real.home.with_name(f"{real.home.name}-demo"))
    os.environ["BACKING_KEY_FILE"] = str(real.key_file.with_name(f"{real.key_file.name}-demo"))
    os.environ.pop("DATABASE_URL", None)


def _make_ready(workspace: Workspace, options: argparse.Namespace) -> str:
    """Open the workspace; returns what follows the address in the link to open, maybe nothing."""
    from backing.people import actions, key
    from backing.people.models import Account
    from backing.site import sample, upgrade

    fresh = not upgrade.needs(workspace)
    if said := upgrade.open_workspace(workspace):
        _say(said)
    if options.demo:
        sample.fill_company(now=datetime.now(UTC))
    if fresh and not workspace.key_file.exists():
        phrase = key.make(workspace.key_file)
        if not options.demo:
            _show_phrase(workspace, phrase)
    if options.demo:
        if fresh:  # what its office has issued rests on the figures of its registers
            doing.do_what_waits(workspace)
        sample.fill_office(now=datetime.now(UTC))
        if fresh:  # and the files of what it has issued are there when it opens
            doing.do_what_waits(workspace)
    if options.host in LOOPBACK:
        token = actions.first_link(now=datetime.now(UTC))
        return f"enter/{token}/" if token else ""
    if not Account.objects.with_password().exists():
        raise Refused(
            "Other machines would find an office that has no password. Run `backing serve` here first "
            "and set one in Settings."
        )
    return ""


def _show_phrase(workspace: Workspace, phrase: str) -> None:
    _say(
        "What you record about people is sealed with a key. Write its recovery phrase down on paper; it "
        f"is shown only now:\n\n    {phrase}\n\n"
        f"The key itself is {workspace.key_file}. It protects copies, backups and synced folders, not an "
        "unlocked laptop.\n"
    )


def _recover_key(workspace: Workspace) -> None:
    from backing.people import key

    if workspace.key_file.exists():
        raise Refused(f"There is a key already: {workspace.key_file}. Move it away first.")
    try:
        key.recover(workspace.key_file, getpass.getpass("Recovery phrase: "))
    except key.NoKey as error:
        raise Refused(str(error)) from error


def _refuse_taken(host: str, port: int) -> None:
    """Better one sentence now than a child that cannot start."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            if sys.platform != "win32":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        raise Refused(
            f"{host}:{port} cannot be opened ({error.strerror or error}). Name another port: "
            f"backing serve --port {port + 1}"
        ) from error


def _watch(children: tuple[Child, ...]) -> None:
    for child in children:
        child.watch(time.monotonic())
    time.sleep(0.2)


def _watch_until_it_answers(children: tuple[Child, ...], options: argparse.Namespace) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _watch(children)
        try:
            socket.create_connection((options.host, options.port), timeout=1).close()
        except OSError:
            continue
        return
    raise Refused("The web server did not start; what it said stands above.")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _in_a_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
