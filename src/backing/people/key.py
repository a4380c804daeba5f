"""The key to what is said about people: a file of its own, and a phrase to write down.

The file (`BACKING_KEY_FILE`; by default in the platform's configuration folder) holds one secret a line,
the newest first, so that a key can be changed while older records still open.  Each secret is 125 random
bits written as 25 letters and digits in groups of five, with a group of five to catch a slip of the pen:
the file's line and the phrase on paper are the same thing.  It protects copies, backups and synced
folders.  It does not protect an unlocked laptop.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Crockford's alphabet: no I, L, O or U, so that what is read aloud is what is written.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
LETTERS, GROUP = 25, 5


class NoKey(Exception):
    """The key file is missing or unreadable; the text says what to do."""


def make(path: Path) -> str:
    """Make a new key at a path where there is none; returns the phrase, to be shown once."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    phrase = _grouped(letters + _check(letters))
    _write(path, phrase)
    return phrase


def recover(path: Path, phrase: str) -> None:
    """Write the key file anew from its phrase; raises NoKey when the phrase was written down wrong."""
    _write(path, _grouped(_letters(phrase)))


def read(path: Path) -> MultiFernet:
    """The key, ready to seal and open; raises NoKey."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise NoKey(
            f"The key file {path} cannot be read. Put it back, or write it anew from the recovery "
            "phrase: backing serve --recover-key. Until then what is said about people stays closed."
        ) from error
    phrases = [line for line in lines if line.strip()]
    if not phrases:
        raise NoKey(f"The key file {path} is empty. Write it anew: backing serve --recover-key.")
    return MultiFernet([_fernet(_letters(phrase)) for phrase in phrases])


def _write(path: Path, phrase: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(phrase + "\n")
        file.flush()
        os.fsync(file.fileno())


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def _letters(phrase: str) -> str:
    written = "".join(phrase.upper().split()).replace("-", "").translate(MISREAD)
    letters = written[:LETTERS]
    if len(written) != LETTERS + GROUP or written[LETTERS:] != _check(letters):
        raise NoKey(
            "This is not the recovery phrase: it has six groups of five letters and digits, and "
            "the last group checks the others. Look for a slip of the pen."
        )
    return written


def _check(letters: str) -> str:
    digest = hashlib.sha256(letters.encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:GROUP])


def _fernet(written: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"backing: sealed records, 1")
    return Fernet(base64.urlsafe_b64encode(derived.derive(written[:LETTERS].encode())))
