"""What the page says against itself: what a sceptic would find, said first."""

from __future__ import annotations

from collections.abc import Iterator

from backing.worth.amounts import Amount
from backing.worth.standing import Standing
from boardpaper.wording import en, word

_HOUSE_MEAN = 0.067  # of the house assumption: a twentieth most likely, a fifth at most


def against_ourselves(found: Standing) -> Iterator[str]:
    """Sentences, the gravest first; none where there is nothing to be said yet."""
    yield from _spent_and_not_earned(found)
    yield from _much_to_prevent(found)
    yield from _what_the_stake_is(found)
    yield from _shares(found)
    yield from _old_and_narrow(found)


def _spent_and_not_earned(found: Standing) -> Iterator[str]:
    spent = found.so_far
    if spent is None or not spent.lines:
        return
    hard = found.agreed(hard=True)
    since = en.day(spent.first)
    if not hard.minor:
        yield (
            f"Since {since} the office has cost {spent.total}, and no saving of hard money is validated."
        )
    elif hard.minor < spent.total.minor:
        yield (
            f"Since {since} the office has cost {spent.total}; {hard} of hard money is validated, "
            f"{Amount(spent.total.minor - hard.minor, found.currency)} less than it cost."
        )


def _much_to_prevent(found: Standing) -> Iterator[str]:
    share = found.break_even
    if share is None or share.value is None:
        return
    if share.value > 1:
        yield "The office costs more than the whole loss that its work is aimed at."
    elif share.value > _HOUSE_MEAN:
        yield (
            f"To break even it must prevent {word(share)} of that loss each year. No credible effect of "
            "a project office has been measured anywhere; the house assumption is that a fifth is the most."
        )


def _what_the_stake_is(found: Standing) -> Iterator[str]:
    if found.at_stake is not None and found.at_stake.value:
        yield (
            "The value at stake is what past projects lost, not what is saved: some of it would have gone "
            "by itself, and some cannot be prevented by anybody."
        )


def _shares(found: Standing) -> Iterator[str]:
    large = [each for each in found.of("validated") if each.share > 0.5]
    for each in large:
        yield (
            f"More than half of “{each.benefit}” is claimed as ours: {each.share_reason.rstrip('.')}."
        )


def _old_and_narrow(found: Standing) -> Iterator[str]:
    earned = found.earned
    if earned is None:
        return
    if len(earned.lines) == 1:
        yield f"The return rests on one benefit alone, “{earned.lines[0].benefit}”."
    months = (
        (earned.last.year - earned.first.year) * 12 + earned.last.month - earned.first.month + 1
    )
    if months < 12:
        yield (
            f"It covers {months} months. It is not multiplied up to a year, and says nothing of the months "
            "outside."
        )
