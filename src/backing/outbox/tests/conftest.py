"""A real mail server on this machine, and the cast of the other tests."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from backing.conftest import free_port
from backing.leaders.tests.conftest import _no_tries_yet, ana, ben, eve, finn, key_file, sue

__all__ = ["_no_tries_yet", "ana", "ben", "eve", "finn", "key_file", "sue"]


@dataclass
class Postbox:
    """What a server received, and how it behaves.

    unknown: addresses that it does not take.  answers: what it says to a message.
    """

    port: int = field(default_factory=free_port)
    received: list[bytes] = field(default_factory=list)
    sent_to: list[tuple[str, list[str]]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    answers: str = "250 2.0.0 taken"
    _server: Any = None

    def start(self) -> Postbox:
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)
        self._server.start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop(no_assert=True)
            self._server = None

    async def handle_RCPT(  # noqa: N802  # the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.unknown:
            return "550 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers.startswith("250"):
            self.received.append(envelope.original_content)
            self.sent_to.append((envelope.mail_from, envelope.rcpt_tos))
        return self.answers


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    box = Postbox().start()
    yield box
    box.stop()


class Halting:
    """A mail server in the plainest form, which goes silent where it is told to and counts what it has.

    at: "RCPT": before it takes the address; "DATA": when it has all of the message, before it says so.
    """

    def __init__(self, at: str) -> None:
        self.at = at
        self.received: list[bytes] = []
        self.reached, self.go_on = threading.Event(), threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.go_on.set()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        """To one caller, who may be killed."""
        with contextlib.suppress(OSError):
            self._speak(line)

    def _speak(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as said:
            line.sendall(b"220 here\r\n")
            for word in said:
                verb = word[:4].upper()
                if verb == self.at.encode() == b"RCPT" and not self._halts():
                    return
                if verb == b"DATA":
                    line.sendall(b"354 go on\r\n")
                    message = b"".join(iter(said.readline, b".\r\n"))
                    self.received.append(message)
                    if self.at == "DATA" and not self._halts():
                        return
                line.sendall(b"250 ok\r\n" if verb != b"QUIT" else b"221 bye\r\n")

    def _halts(self) -> bool:
        """Silent until told to go on; the first time only."""
        if not self.go_on.is_set():
            self.reached.set()
            self.go_on.wait(60)
        return True


@pytest.fixture
def halting_at(request: pytest.FixtureRequest) -> Iterator[Halting]:
    server = Halting(request.param)
    yield server
    server.close()
