"""Makes `.venv` hold what a lock names, and this project itself.

    python3 requirements/ready.py run     what the `backing` command needs
    python3 requirements/ready.py test    that, and what the tests and checks need

`./backing`, `./test` and `./check` call this first, so it must be cheap when nothing has changed: it
then compares two short texts.  The test lock holds all of the run lock, so an environment made for
the tests serves `./backing` too, and is never cut down again.
"""

from __future__ import annotations  # an older Python must get as far as saying that it is too old

import contextlib
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
STAMP = VENV / "ready.txt"  # one line: for what it was made, from which bytes, at which place
OLDEST = (3, 11)


class NotReady(Exception):
    """The environment could not be made; the text says what to do."""


def main(kind: str) -> int:
    """Make the environment ready for `kind`, "run" or "test"; return 0 when it is, else 1."""
    try:
        if sys.version_info < OLDEST:
            raise NotReady("Backing needs Python 3.11 or later. Name one: PYTHON=python3.12 ...")
        if not is_ready(kind):
            with alone():
                if not is_ready(kind):  # another start may have made it while this one waited
                    make(kind)
    except NotReady as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def is_ready(kind: str) -> bool:
    """Whether `.venv` was made from today's files, at this place, for `kind` or for more."""
    made = stamped()
    return made == fingerprint("test") or (kind == "run" and made == fingerprint("run"))


def stamped() -> str:
    return STAMP.read_text("utf-8") if STAMP.exists() else ""


def fingerprint(kind: str) -> str:
    """One line that changes with the lock, with pyproject.toml and with the folder's place."""
    files = (lock(kind), ROOT / "pyproject.toml")
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return f"{kind} {digest.hexdigest()} {ROOT}"


def lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up run at a time; the system frees the lock however this process ends."""
    with (ROOT / ".venv.lock").open("w") as handle:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make(kind: str) -> None:
    """Install the lock for `kind`, then this project; stamp the environment last of all."""
    made = stamped()
    if made.startswith("test "):
        kind = "test"  # ./backing asks after an update: keep what the tests had
    print(f"Setting up {VENV} ...", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)
    if not made.endswith(f" {ROOT}"):  # none, half made, or moved here with its old paths inside
        call(sys.executable, "-m", "venv", "--clear", VENV)
        pip = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        call(*pip, "--require-hashes", "--requirement", lock("uv"))
    uv_pip = (BIN / "uv", "pip")
    # The certificates of the machine, as pip uses them: a company whose proxy looks into the traffic
    # has put its own there.
    here = ("--quiet", "--system-certs", "--python", BIN / "python")
    # Compiled once here, as is this project below: a process that may not write bytecode would
    # compile it at every start.
    call(*uv_pip, "sync", *here, "--compile-bytecode", "--require-hashes", lock(kind))
    call(*uv_pip, "install", *here, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    call(BIN / "python", "-m", "compileall", "-q", ROOT / "src")
    STAMP.write_text(fingerprint(kind), "utf-8")


def call(*command: str | Path) -> None:
    """Run a command in silence; raise NotReady with what it said when it fails."""
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        asked = " ".join(str(word) for word in command)
        raise NotReady(f"{done.stdout}Set-up stopped at: {asked}\nPut that right and start again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
