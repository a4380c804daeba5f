"""The words of letters hold links that let their bearer answer, and the database never holds a link.

They are encrypted under the workspace's own secret, which signs those links and is in no backup: where the
secret is gone the links open nothing, and the words are gone with them.
"""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from backing.people.models.sealed import Hidden


class Words(NamedTuple):
    subject: str
    text: str


def seal(words: Words) -> Hidden:
    return Hidden(_cipher().encrypt(json.dumps(words._asdict()).encode()))


def unseal(content: Hidden) -> Words | None:
    """None where they were sealed under another secret."""
    try:
        return Words(**json.loads(_cipher().decrypt(content.token())))
    except InvalidToken:
        return None


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"backing: letters, 1")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
