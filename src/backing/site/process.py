"""The two children of `backing serve`: web and worker.

    python -m backing.site.process web 127.0.0.1 8000
    python -m backing.site.process worker

Each ends when the pipe that its parent holds closes, however the parent ended: an orphan would keep the
workspace.  The worker may be cut off at any point, so it is not asked politely.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

THREADS = 8
LARGEST_REQUEST = 2**30  # bytes; a form that takes less says so itself


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; it closes the pipe
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backing.site.settings")
    match arguments:
        case ["web", host, port]:
            web(host, int(port))
        case ["worker"]:
            worker()
        case _:
            raise SystemExit(__doc__)
    return 0


def application() -> WSGIHandler:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def web(host: str, port: int) -> None:
    # Many pages are made at once, and the matrices of one are small: threads for them cost more than they give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import waitress

    wsgi = application()
    from django.conf import settings
    from django.urls import get_resolver

    from backing.site import jobs

    get_resolver().url_patterns  # noqa: B018  # every page is loaded before the first is asked for
    threading.Thread(target=jobs.warm_up, daemon=True).start()
    waitress.serve(
        wsgi,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_REQUEST,
        clear_untrusted_proxy_headers=True,
        **_proxy(settings.BACKING_URL),
    )


def _proxy(url: str) -> dict[str, object]:
    """Where users come by another address, a proxy on this machine says who and how."""
    if not url:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
    return {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": headers}


def worker() -> None:
    import django

    django.setup()
    from backing.site import jobs
    from backing.site.refusal import Refused
    from backing.site.settings import WORKSPACE

    for _ in range(20):  # one that was cut off a moment ago may still be on its way out
        try:
            with WORKSPACE.held("worker"):
                jobs.run(threading.Event())
                os._exit(
                    0
                )  # work in flight belongs to a store that is gone; a fresh worker redoes it
        except Refused:
            time.sleep(0.25)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
