"""The Record in a folder or a bucket: takes as Parquet, words beside them, editions as short lists.

    takes/<take>/<table>.parquet, take.json      facts; never changed once take.json stands
    words/<take>/words.parquet, problems.jsonl   what people wrote; may be rewritten
    sources/<digest>/<file name>                 the file as it was given, where it is kept
    decisions/<digest>.jsonl                     what people decided
    editions/<edition>.json                      names of takes, digest of decisions, links
    current.json                                 the edition that counts

Whatever a list names is written, synced and renamed before the list is, so a kill between any two
steps leaves the old edition current and at most some files that nobody claims; `sweep` takes those
away once they are old enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa

from trackrecord import decisions as decided
from trackrecord.record import SCHEMA, Record
from trackrecord.storing.shelf import TEMPORARY, Shelf, StoredFile
from trackrecord.storing.taken import (
    put_problems,
    put_take,
    read_problems,
    read_take,
    read_words,
    words_path,
)
from trackrecord.take import Take

ERASED: Final = "[erased]"

_CURRENT: Final = "current.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What erasing a person changed: takes whose words were rewritten, sources that were deleted."""

    takes: tuple[str, ...]
    sources: tuple[str, ...]


class Store:
    """Keeps editions of one Record.  One process writes at a time; any may read."""

    def __init__(self, where: str | Path) -> None:
        """where: a folder, or a URI that pyarrow.fs knows."""
        self._shelf = Shelf(where)

    def keep(self, take: Take) -> None:
        """Writes a take that no edition claims yet, so that it need not be made again."""
        put_take(self._shelf, take)

    def take(self, name: str) -> Take:
        """A take that is kept.  Raises EvidenceError where it is not."""
        return read_take(self._shelf, name)

    def save(self, record: Record) -> str:
        """Writes what the Record's edition needs and is not there yet; gives its name.

        The edition does not count before `make_current`.
        """
        for take in record.takes:
            put_take(self._shelf, take)
        digest = decided.digest(record.decisions)
        self._shelf.put_text(_decisions_path(digest), decided.to_lines(record.decisions))
        edition = {
            "takes": [take.name for take in record.takes],
            "decisions": digest,
            "links": sorted([*key, project] for key, project in record.links.projects.items()),
            "schema": SCHEMA,
        }
        self._shelf.put_json(_edition_path(record.edition), edition)
        return record.edition

    def make_current(self, edition: str) -> None:
        """Makes an edition count, in one step.  Raises EvidenceError where it is not saved."""
        self._shelf.json(_edition_path(edition))
        self._shelf.put_json(_CURRENT, {"edition": edition})

    @property
    def current(self) -> str | None:
        """The name of the edition that counts; None in a new store."""
        if not self._shelf.has(_CURRENT):
            return None
        return str(self._shelf.json(_CURRENT)["edition"])

    @property
    def editions(self) -> tuple[str, ...]:
        """Every edition that is saved."""
        return tuple(
            file.path.removeprefix("editions/").removesuffix(".json")
            for file in self._shelf.files("editions")
            if file.path.endswith(".json")
        )

    def load(self, edition: str | None = None) -> Record:
        """A saved edition, by default the current one; an empty Record where there is none yet.

        Raises EvidenceError where the store lacks something the edition lists.
        """
        edition = edition or self.current
        if edition is None:
            return Record()
        listed = self._shelf.json(_edition_path(edition))
        return Record(
            takes=tuple(read_take(self._shelf, name) for name in listed["takes"]),
            decisions=decided.from_lines(self._shelf.text(_decisions_path(listed["decisions"]))),
        )

    def keep_source(self, digest: str, file: str, content: bytes) -> None:
        """Keeps the bytes a take was made of, so that it can be made anew."""
        self._shelf.put(f"sources/{digest}/{file}", lambda out: out.write(content))

    def has_source(self, digest: str) -> bool:
        """Whether the bytes of a source are kept."""
        return bool(self._shelf.files(f"sources/{digest}"))

    def erase(self, *names: str) -> Erasure:
        """Takes a person's names out of every text, and deletes the kept files that held them.

        names: as they were written ("Ana Lima", "A. Lima"); case and breaks between words do not
        matter.  Facts hold opaque ids, so no edition changes.
        """
        pattern = _pattern(names)
        takes, sources = [], []
        for take in self._takes():
            if not self._erase_from(take, pattern):
                continue
            takes.append(take)
            digest = self._shelf.json(f"takes/{take}/take.json")["source"]
            kept = self._shelf.files(f"sources/{digest}")
            for file in kept:
                self._shelf.remove(file.path)
            sources += [digest] if kept else []
        return Erasure(takes=tuple(takes), sources=tuple(sources))

    def sweep(self, *, before: datetime, claimed: Iterable[str] | None = None) -> tuple[str, ...]:
        """Takes away what no edition claims and nobody wrote since `before` (with a time zone).

        claimed: the editions to keep, by default every one; the current one is always kept.
        Gives the paths that are gone.
        """
        editions = set(self.editions if claimed is None else claimed) | {self.current or ""}
        keep = self._claimed_by(editions & set(self.editions))
        gone = []
        for claim, files in self._by_claim().items():
            young = max(file.written for file in files) >= before
            for file in files:
                unfinished = file.path.endswith(TEMPORARY) and file.written < before
                if unfinished or not (claim in keep or young):
                    self._shelf.remove(file.path)
                    gone.append(file.path)
        return tuple(sorted(gone))

    def _takes(self) -> list[str]:
        files = self._shelf.files("takes")
        return [file.path.split("/")[1] for file in files if file.path.endswith("/take.json")]

    def _erase_from(self, take: str, pattern: re.Pattern[str]) -> bool:
        """Rewrites a take's words and problems where a name stands in them."""
        words = read_words(self._shelf, take)
        texts = words["text"].to_pylist()
        erased = [text and pattern.sub(ERASED, text) for text in texts]
        problems = read_problems(self._shelf, take)
        reworded = tuple(replace(each, found=pattern.sub(ERASED, each.found)) for each in problems)
        if reworded != problems:
            put_problems(self._shelf, take, reworded)
        if erased != texts:
            place = words.schema.get_field_index("text")
            words = words.set_column(place, "text", pa.array(erased, pa.string()))
            self._shelf.put_table(words_path(take), words)
        return erased != texts or reworded != problems

    def _claimed_by(self, editions: set[str]) -> set[str]:
        keep = {_edition_path(edition) for edition in editions}
        for edition in editions:
            listed = self._shelf.json(_edition_path(edition))
            keep.add(_decisions_path(listed["decisions"]))
            for take in listed["takes"]:
                keep |= {f"takes/{take}", f"words/{take}"}
                keep.add(f"sources/{self._shelf.json(f'takes/{take}/take.json')['source']}")
        return keep

    def _by_claim(self) -> dict[str, list[StoredFile]]:
        """Files by what an edition would claim them as: a take's folder, or a file by itself."""
        claims: dict[str, list[StoredFile]] = {}
        for folder in ("takes", "words", "sources"):
            for file in self._shelf.files(folder):
                claims.setdefault("/".join(file.path.split("/")[:2]), []).append(file)
        for folder in ("decisions", "editions"):
            for file in self._shelf.files(folder):
                claims[file.path] = [file]
        return claims


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    spelt = [r"\s+".join(map(re.escape, name.split())) for name in names if name.strip()]
    anyone = "|".join(sorted(spelt, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{anyone})(?!\w)", re.IGNORECASE)


def _edition_path(edition: str) -> str:
    return f"editions/{edition}.json"


def _decisions_path(digest: str) -> str:
    return f"decisions/{digest}.jsonl"
