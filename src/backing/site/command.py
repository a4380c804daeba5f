"""The one command: `backing VERB ...`.

An error is one sentence that says what to do; exit code 2 for bad input, 1 for a fault of ours or of
the machine.  Verbs are imported when they are asked for, so that `backing --help` is quick.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from backing.site.refusal import Refused
from trackrecord.errors import EvidenceError

BAD_INPUT, FAULT, INTERRUPTED = 2, 1, 130
_MADE_BETWEEN_COLLECTIONS = 200_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    # A verb makes much and lets go of it when it ends: to look for garbage often costs a sixth of it.
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS)
    options = _parser().parse_args(argv)
    try:
        code: int = options.run(options)
        return code
    except (EvidenceError, Refused) as error:
        return _say(str(error), BAD_INPUT)
    except OSError as error:
        return _say(*_of_the_machine(error))
    except KeyboardInterrupt:
        return _say("Stopped. Nothing was changed.", INTERRUPTED)
    except MemoryError:
        return _say(
            "The machine ran out of memory; nothing was changed. Close other programs or give fewer "
            "files at a time.",
            FAULT,
        )
    except Exception as error:
        if os.environ.get("BACKING_DEBUG"):
            raise
        return _say(
            f"Something went wrong inside Backing ({type(error).__name__}: {error}); nothing was "
            "changed. Please report it; BACKING_DEBUG=1 shows where it happened.",
            FAULT,
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="backing",
        description="Backing for the PMO: from a register of past projects to the case management reads.",
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_case(verbs)
    _add_figures(verbs)
    _add_verdict(verbs)
    _add_worth(verbs)
    _add_import(verbs)
    _add_document(verbs)
    _add_serve(verbs)
    _add_unlock(verbs)
    _add_workbook(verbs)
    _add_backup(verbs)
    return parser


def _add_case(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "case",
        help="files in, the case for the PMO out: paper, slides, page, figures, problems",
        description="Reads registers and schedules, and writes the case for the PMO to a folder: case.pdf, "
        "case.pptx, case.html, figures.json, figures.csv, figures.xlsx, problems.csv, mapping.toml. "
        "The folder is written whole or not at all; a rerun replaces it whole.",
    )
    _add_sources(verb, files="*")
    verb.add_argument(
        "--demo", action="store_true", help="use the invented Aldmoor Group instead of files"
    )
    verb.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write")
    verb.add_argument("--name", metavar="ORG", help="the organisation, as the title page shows it")
    verb.add_argument(
        "--template", type=Path, metavar="T.pptx", help="your own PowerPoint template"
    )
    verb.set_defaults(run=_case)


def _add_figures(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "figures",
        help="every measure the files allow, with n, missing and range",
        description="Reads registers and schedules and prints every measure they allow.",
    )
    _add_sources(verb, files="+")
    verb.add_argument(
        "--json", action="store_true", help="print the JSON contract instead of a table"
    )
    verb.set_defaults(run=_figures)


def _add_verdict(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "verdict",
        help="has it improved, and can we say so: one of six words, with its reasons",
        description="Compares projects after a change with those before it, and where there are any with "
        "those it did not reach, and says one of: Improved, Consistent with improvement, No evidence yet, "
        "No worthwhile effect, Worse, Cannot tell. It may be asked every month.",
    )
    _add_files(verb, files="+")
    verb.add_argument(
        "--measure",
        metavar="M",
        help="cost_overrun, schedule_overrun, schedule_slip_days, duration_days, benefit_shortfall or rag "
        "(the share not green)",
    )
    verb.add_argument("--since", metavar="DATE", help="the day the change began, for all")
    verb.add_argument(
        "--since-column",
        metavar="COLUMN",
        help="the column with the day it began in each unit, blank for not yet",
    )
    verb.add_argument(
        "--unit", metavar="COLUMN", help="the column of units (default: the department)"
    )
    verb.add_argument(
        "--registration", type=Path, metavar="R.toml", help="the claim as it was written down"
    )
    verb.add_argument(
        "--json", action="store_true", help="print the JSON contract instead of sentences"
    )
    verb.set_defaults(run=_verdict)


def _add_worth(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "worth",
        help="what the office costs, what it must save to pay, and how likely that is",
        description="Works out a cost and savings model: break-even share and effect, net present value, "
        "the chance that it pays. docs/worth.md shows a model.",
    )
    verb.add_argument("file", type=Path, metavar="FILE.toml", help="the model")
    verb.add_argument("--json", action="store_true", help="print the JSON contract instead")
    verb.set_defaults(run=_worth)


def _add_sources(verb: argparse.ArgumentParser, *, files: str) -> None:
    _add_files(verb, files=files)
    verb.add_argument("--by", metavar="COLUMN", help="break every measure down by this column")


def _add_files(verb: argparse.ArgumentParser, *, files: str) -> None:
    verb.add_argument(
        "files", nargs=files, type=Path, metavar="FILE", help="registers and schedule files"
    )
    verb.add_argument(
        "--mapping", type=Path, metavar="M", help="a mapping.toml: which column means what"
    )
    verb.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="take only rows with this value, written as in the file; COLUMN!=A,B leaves rows out; "
        "may be repeated",
    )


def _add_import(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "import",
        help="files become part of the evidence in the workspace",
        description="Does what dropping the files on the Imports page does. BACKING_HOME names the "
        "workspace; `backing serve` may be running on it.",
    )
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE", help="registers and schedules")
    verb.add_argument(
        "--mapping", type=Path, metavar="M", help="a mapping.toml: which column means what"
    )
    verb.add_argument(
        "--dry-run", action="store_true", help="say what was understood, and keep nothing"
    )
    verb.set_defaults(run=_import)


def _add_document(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "document",
        help="issue a document from the workspace, and write its files",
        description="Issues a document as its draft and the evidence stand, keeps the issue in the "
        "workspace, and writes its files to a folder. BACKING_HOME names the workspace.",
    )
    verb.add_argument("code", metavar="D1", help="which document: D1 is the case for the PMO")
    verb.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="where to write its files"
    )
    verb.add_argument(
        "--format",
        metavar="pdf,pptx",
        help="only these: pdf, pptx, docx, html, xlsx (default: all)",
    )
    verb.set_defaults(run=_document)


def _add_serve(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "serve",
        help="the office in the browser",
        description="Opens the workspace in the browser, and does its long work. BACKING_HOME names the "
        "workspace folder; by default it is the platform's data folder for you.",
    )
    verb.add_argument(
        "--demo",
        action="store_true",
        help="open the invented Aldmoor Group, in a workspace of its own",
    )
    verb.add_argument(
        "--host", default="127.0.0.1", help="the address to open (default: %(default)s)"
    )
    verb.add_argument("--port", type=int, default=8000, help="the port (default: %(default)s)")
    verb.add_argument(
        "--recover-key",
        action="store_true",
        help="first write the key anew from its recovery phrase",
    )
    verb.set_defaults(run=_serve)


def _add_unlock(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "unlock",
        help="ask somebody for no code who lost the app and the recovery codes",
        description="Takes a lost authenticator app out of use. Others ask the head of the office, who does "
        "it under Settings, People; this is for the head. The password stays, and the access log says so. "
        "BACKING_HOME names the workspace; `backing serve` may be running on it.",
    )
    verb.add_argument("email", metavar="E-MAIL", help="the address they sign in with")
    verb.set_defaults(run=_unlock)


def _add_workbook(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "workbook",
        help="all that was typed, in one Excel workbook; and back from it",
        description="Writes everything typed into the workspace to one workbook, a sheet for each kind. With "
        "--bring-in, takes in what was changed in one: all of it or nothing. BACKING_HOME names the "
        "workspace; `backing serve` may be running on it.",
    )
    verb.add_argument("file", type=Path, metavar="FILE.xlsx", help="the workbook")
    verb.add_argument(
        "--bring-in", action="store_true", help="take in what was changed in this workbook"
    )
    verb.add_argument(
        "--dry-run", action="store_true", help="say what it would change, and keep nothing"
    )
    verb.set_defaults(run=_workbook)


def _add_backup(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser(
        "backup",
        help="the workspace in one file",
        description="Writes the database and the files it names to FILE; never the job store or the key.",
    )
    verb.add_argument("file", type=Path, metavar="FILE", help="the backup to write")
    verb.set_defaults(run=_back_up)
    verb = verbs.add_parser(
        "restore",
        help="a workspace from a backup",
        description="Makes an empty workspace what FILE holds. BACKING_HOME names the folder.",
    )
    verb.add_argument("file", type=Path, metavar="FILE", help="a backup that Backing made")
    verb.set_defaults(run=_restore)


def _case(options: argparse.Namespace) -> int:
    from backing.site.verbs.case import run

    return run(options)


def _figures(options: argparse.Namespace) -> int:
    from backing.site.verbs.figures import run

    return run(options)


def _import(options: argparse.Namespace) -> int:
    from backing.site.verbs.bring_in import run

    return run(options)


def _document(options: argparse.Namespace) -> int:
    from backing.site.verbs.document import run

    return run(options)


def _serve(options: argparse.Namespace) -> int:
    from backing.site.verbs.serve import run

    return run(options)


def _unlock(options: argparse.Namespace) -> int:
    from backing.site.verbs.unlock import run

    return run(options)


def _workbook(options: argparse.Namespace) -> int:
    from backing.site.verbs.workbook import run

    return run(options)


def _back_up(options: argparse.Namespace) -> int:
    from backing.site.verbs.backup import back_up

    return back_up(options)


def _restore(options: argparse.Namespace) -> int:
    from backing.site.verbs.backup import restore

    return restore(options)


def _verdict(options: argparse.Namespace) -> int:
    from backing.site.verbs.verdict import run

    return run(options)


def _worth(options: argparse.Namespace) -> int:
    from backing.site.verbs.worth import run

    return run(options)


def _of_the_machine(error: OSError) -> tuple[str, int]:
    """What an operating-system error means for the user, and whose it is."""
    name = error.filename if isinstance(error.filename, str) else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full; nothing was changed. Make room and run it again.", FAULT
    if isinstance(error, FileNotFoundError):
        return f"{name} was not found. Check the name and the folder.", BAD_INPUT
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder. Give the files in it by name.", BAD_INPUT
    if isinstance(error, PermissionError):
        return (
            f"{name} may not be opened or written by you. Check who owns it, or close it elsewhere.",
            BAD_INPUT,
        )
    return f"{error.strerror or error}{f' ({name})' if name else ''}; nothing was changed.", FAULT


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"backing: {sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
