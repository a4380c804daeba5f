"""How often a wrong password may be tried.

Counted in the web process's own memory, by name and by place: five tries, then a quarter of an hour of
rest.  The memory is bounded by Django's cache and empty after a restart, which is harm enough to nobody.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

TRIES, REST_SECONDS = 5, 15 * 60


def is_resting(*what: str) -> bool:
    return any((cache.get(_key(each)) or 0) >= TRIES for each in what)


def count_failure(*what: str) -> None:
    for each in what:
        cache.add(_key(each), 0, REST_SECONDS)
        cache.incr(_key(each))


def forget(*what: str) -> None:
    for each in what:
        cache.delete(_key(each))


def _key(what: str) -> str:
    return f"tries-{hashlib.sha256(what.encode()).hexdigest()}"
