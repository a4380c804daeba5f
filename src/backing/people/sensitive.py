"""A warning about words that do not belong in a note about somebody, before they are saved (3.12).

The list is here, and nothing leaves the machine.  It knows words, not meanings: it asks, and never refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from django import forms

WORDS: Final = {
    "health": "ill illness sick sickness disease cancer depressed depression burnout burn-out anxiety "
    "alcoholic alcohol drinking disabled disability pregnant pregnancy maternity paternity therapy "
    "therapist diagnosis diagnosed medication hospital surgery mental adhd autistic dyslexic stroke "
    "diabetes menopause addict addiction",
    "family": "wife husband divorce divorced marriage married girlfriend boyfriend affair children child "
    "daughter son baby childcare mistress custody widow widowed single-mother in-laws",
    "trade union": "union unions unionised unionist shop-steward steward striker strikers works-council",
    "faith": "muslim islam islamic christian catholic protestant jewish jew hindu sikh buddhist atheist "
    "religious religion church mosque synagogue temple ramadan evangelical",
    "politics": "tory tories labour-party conservative-party liberal-democrat republican democrat "
    "leftist left-wing right-wing socialist communist brexiteer remainer far-right populist votes-for voted-for",
    "origin or orientation": "race racial ethnic ethnicity immigrant foreigner gay lesbian homosexual "
    "bisexual transgender queer",
    "insult": "idiot idiotic stupid moron fool foolish lazy incompetent useless arrogant liar lying "
    "crazy mad hysterical difficult-woman bully toxic dinosaur coward clueless pompous ego egomaniac "
    "snake two-faced bitch bastard jerk clown",
}

MEANT: Final = "meant"
KEEP: Final = "I have looked again: keep it as it is"


@dataclass(frozen=True, slots=True)
class Found:
    topic: str
    word: str


def _pattern(words: str) -> re.Pattern[str]:
    spelt = (r"[\s-]+".join(map(re.escape, word.split("-"))) for word in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)", re.IGNORECASE)


_PATTERNS: Final = {topic: _pattern(words) for topic, words in WORDS.items()}


_SPELT: Final = {
    frozenset(word.casefold().split("-")) for words in WORDS.values() for word in words.split()
}
_SINGLE: Final = frozenset(word for parts in _SPELT if len(parts) == 1 for word in parts)
_OF_SEVERAL: Final = tuple(parts for parts in _SPELT if len(parts) > 1)


def found_in(text: str) -> list[Found]:
    """The words of the list in a text, each topic once, in the order of the list.

    Most texts hold none, and are done with after a look at their words: home asks of hundreds.
    """
    written = set(re.findall(r"\w+", text.casefold()))
    if _SINGLE.isdisjoint(written) and not any(parts <= written for parts in _OF_SEVERAL):
        return []
    hits = ((topic, pattern.search(text)) for topic, pattern in _PATTERNS.items())
    return [Found(topic, hit.group()) for topic, hit in hits if hit]


def warning(text: str) -> str:
    """A sentence for whoever wrote the text; empty where there is nothing to say."""
    found = found_in(text)
    if not found:
        return ""
    words = ", ".join(f"“{each.word}” ({each.topic})" for each in found)
    return (
        f"Look again at {words}. Write what was said or done, not what somebody is. Health, family, union, "
        "faith and politics stay out, and insults too. The person may read this."
    )


class Careful(forms.Form):
    """A form whose free text is looked over once; sent again with the box ticked, it is saved as it is."""

    careful_of: ClassVar[tuple[str, ...]] = ()  # names of fields with free text about people

    @property
    def asks_again(self) -> bool:
        """Whether the box stands on the page."""
        return MEANT in self.fields

    def _post_clean(self) -> None:
        """Django's hook after all other cleaning: what is wrong otherwise is said by who knows it."""
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        if self.data.get(MEANT):
            return
        for name in self.careful_of:
            words = warning(str(self.cleaned_data.get(name) or ""))
            if words:
                self.add_error(name, words)
                self.fields[MEANT] = forms.BooleanField(label=KEEP, required=False)
