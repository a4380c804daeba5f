"""`backing unlock E-MAIL`: for whoever lost the app and the recovery codes, and has nobody to ask."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from backing.site.refusal import Refused
from backing.site.verbs.office import set_up_django
from backing.site.workspace import Workspace


def run(options: argparse.Namespace) -> int:
    """Works beside a running `serve`; the password is asked for as before."""
    workspace = Workspace.here()
    if not workspace.version_file.exists():
        raise Refused(f"There is no workspace in {workspace.home}. Name one with BACKING_HOME.")
    set_up_django()
    from backing.people import actions
    from backing.people.models import Account

    account = Account.objects.filter(email=options.email.strip().lower(), is_active=True).first()
    if account is None:
        raise Refused(f"Nobody signs in with {options.email} here. Look for a slip of the pen.")
    now, why = datetime.now(UTC), actions.LOST_AND_AT_THE_MACHINE
    if not actions.remove_authenticator(account, by=account, why=why, now=now):
        raise Refused(f"{options.email} signs in without a code already: the password is enough.")
    sys.stdout.write(
        f"{options.email} signs in with the password alone, until another app is set up under "
        "Settings, Your sign-in. The access log says so.\n"
    )
    return 0
