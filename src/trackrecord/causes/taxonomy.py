"""Which causes there are, and which of them a register means by the word it uses.

Twelve causes in four families (methods.md 3.1), and `unknown` beside them: a project whose cause
nobody coded has an unknown cause, which is a finding, not a gap to be spread over the others.

A taxonomy is a value.  Users add their own causes, and their own words for ours, with `with_cause`
or in a file:

    [[cause]]
    name = "archaeology"
    family = "Change"
    words = ["finds on site", "heritage"]
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from trackrecord.causes.vocabularies import FAMILIES, IN_USE, PUBLISHED
from trackrecord.errors import EvidenceError, UnknownName

UNKNOWN: Final = "unknown"
OWN_FAMILY: Final = "Own"

# Two spellings closer than this are one word with a typing error ("suplier performance").
_SAME_SPELLING: Final = 0.9
_SHORTEST_FOR_SPELLING: Final = 7

_CODE: Final = re.compile(r"^(?:[^\W\d_]{0,4}-?\d+(?:[.\-]\d+)*[a-z]?)[\s.):\-–—]+", re.IGNORECASE)
_EMPTY_WORDS: Final = frozenset(
    ("a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
# A cause is a lack of something already: "poor estimate", "bad estimate" and "estimate" are one.
_BLAMING_WORDS: Final = frozenset(
    ("bad", "inadequate", "insufficient", "lack", "missing", "no", "poor", "problem", "weak")
)
_WORDS_FOR_UNKNOWN: Final = frozenset(
    ("unknown", "not known", "unclear", "no cause", "none coded", "not coded", "uncoded", "tbc")
)


class TaxonomyError(EvidenceError):
    """A taxonomy that cannot be used: a cause without a name, or one word for two causes."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: its name as figures print it, its family, and other words for it."""

    name: str
    family: str
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (self.name, self.family, *self.words):
            if not text.strip() or any(unicodedata.category(letter) == "Cc" for letter in text):
                raise TaxonomyError(
                    f"A cause needs a name and a family of plain text; found {text!r}. "
                    "Give it words on one line."
                )
        if _folded(self.name) == UNKNOWN:
            raise TaxonomyError(
                f"{UNKNOWN!r} already stands for projects without a coded cause. "
                "Choose another name."
            )


@dataclass(frozen=True)
class Taxonomy:
    """The causes in use, in the order their families are shown.

    Raises TaxonomyError when two causes share a name, or one word means two of them.
    """

    causes: tuple[Cause, ...]

    def __post_init__(self) -> None:
        _ = self._names_by_words

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the causes, in order; `unknown` is not among them."""
        return tuple(cause.name for cause in self.causes)

    @property
    def families(self) -> tuple[str, ...]:
        """Families in the order of their first cause."""
        return tuple(dict.fromkeys(cause.family for cause in self.causes))

    def family_of(self, name: str) -> str:
        """The family of a cause by its exact name; `unknown` is a family of its own.

        Raises UnknownName for a cause that is not in this taxonomy.
        """
        if name == UNKNOWN:
            return UNKNOWN
        for cause in self.causes:
            if cause.name == name:
                return cause.family
        raise UnknownName(kind="cause", name=name, known=[*self.names, UNKNOWN])

    def normalise(self, text: str) -> str | None:
        """The cause that a register's word means, or None where we do not know.

        text: one cause as someone wrote it: our name, a published list's, a usual wording, with a
        leading code ("C4 - Supplier"), in any case, or with a typing error.
        None means: keep the user's own word.  Words that say nobody knows give "unknown".
        """
        without_code = _CODE.sub("", text.strip())
        for wording in (text, without_code):
            words = _folded(wording)
            if words in _WORDS_FOR_UNKNOWN:
                return UNKNOWN
            found = self._names_by_words.get(words) or self._names_by_content.get(_content(words))
            if found:
                return found
        return self._spelt_like(_folded(without_code))

    def with_cause(
        self, name: str, *, family: str = OWN_FAMILY, words: Iterable[str] = ()
    ) -> Taxonomy:
        """This taxonomy and one cause more; or, for a cause it has, more words for that one."""
        for position, cause in enumerate(self.causes):
            if _folded(cause.name) == _folded(name):
                richer = replace(cause, words=(*cause.words, *words))
                before, after = self.causes[:position], self.causes[position + 1 :]
                return Taxonomy((*before, richer, *after))
        return Taxonomy((*self.causes, Cause(name, family, tuple(words))))

    def to_toml(self) -> str:
        """The taxonomy as a file's text; `from_toml` gives it back."""
        return "\n".join(_as_toml(cause) for cause in self.causes)

    @classmethod
    def from_toml(cls, text: str) -> Taxonomy:
        """A taxonomy from a file's text.  Raises TaxonomyError with the entry that is wrong."""
        try:
            entries = tomllib.loads(text).get("cause", [])
        except tomllib.TOMLDecodeError as wrong:
            raise TaxonomyError(
                f"The list of causes is not TOML: {wrong}. Correct it there."
            ) from wrong
        if not isinstance(entries, list) or not entries:
            raise TaxonomyError("The list of causes is empty. Add a [[cause]] with a name.")
        return cls(
            tuple(_from_entry(number, entry) for number, entry in enumerate(entries, start=1))
        )

    @cached_property
    def _names_by_words(self) -> MappingProxyType[str, str]:
        names: dict[str, str] = {}
        for cause in self.causes:
            for text in (cause.name, *cause.words):
                owner = names.setdefault(_folded(text), cause.name)
                if owner != cause.name:
                    raise TaxonomyError(
                        f"{text!r} means both {owner!r} and {cause.name!r}. Keep it for one of them."
                    )
        if len(set(self.names)) < len(self.names):
            raise TaxonomyError("Two causes have the same name. Give each its own.")
        return MappingProxyType(names)

    @cached_property
    def _names_by_content(self) -> MappingProxyType[frozenset[str], str | None]:
        names: dict[frozenset[str], str | None] = {}
        for words, name in self._names_by_words.items():
            content = _content(words)
            names[content] = name if names.get(content, name) == name else None
        return MappingProxyType(names)

    def _spelt_like(self, words: str) -> str | None:
        if len(words) < _SHORTEST_FOR_SPELLING:
            return None
        alike = {
            name
            for known, name in self._names_by_words.items()
            if abs(len(known) - len(words)) <= 2
            and SequenceMatcher(None, known, words, autojunk=False).ratio() >= _SAME_SPELLING
        }
        return alike.pop() if len(alike) == 1 else None


@lru_cache(maxsize=10_000)
def normalise(text: str) -> str | None:
    """The house cause that a register's word means, or None: then keep the user's own word."""
    return HOUSE.normalise(text)


def _folded(text: str) -> str:
    """Case, accents, punctuation and spacing taken out: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.replace("'", "").replace("_", " ")))


def _content(words: str) -> frozenset[str]:
    """The words that carry meaning, in the singular and in any order."""
    singular = (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words.split()
    )
    return frozenset(word for word in singular if word not in _EMPTY_WORDS | _BLAMING_WORDS)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _as_toml(cause: Cause) -> str:
    words = "".join(f"\n  {_quoted(word)}," for word in cause.words)
    listed = f"[{words}\n]" if words else "[]"
    return f"[[cause]]\nname = {_quoted(cause.name)}\nfamily = {_quoted(cause.family)}\nwords = {listed}\n"


def _from_entry(number: int, entry: object) -> Cause:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise TaxonomyError(f'Cause {number} has no name. Add name = "..." to it.')
    family, words = entry.get("family", OWN_FAMILY), entry.get("words", [])
    strange = sorted(set(entry) - {"name", "family", "words"})
    if strange:
        raise TaxonomyError(
            f"Cause {entry['name']!r} has {strange[0]!r}, which means nothing here. "
            "It may have name, family and words."
        )
    if not isinstance(family, str) or not (
        isinstance(words, list) and all(isinstance(word, str) for word in words)
    ):
        raise TaxonomyError(
            f"Cause {entry['name']!r}: family is one text and words a list of texts. Correct it."
        )
    return Cause(entry["name"], family, tuple(words))


def _house() -> Taxonomy:
    words = {name: list(usual) for name, usual in IN_USE.items()}
    for vocabulary in PUBLISHED.values():
        for published, name in vocabulary.items():
            if published not in words[name]:
                words[name].append(published)
    return Taxonomy(
        tuple(
            Cause(name, family, tuple(words[name]))
            for family, names in FAMILIES.items()
            for name in names
        )
    )


HOUSE: Final[Taxonomy] = _house()
