"""Times 20,000 draws of a worth model with a few hundred past projects.

    .venv/bin/python benchmarks/worth.py

The limit is one second (issue "proof and worth"), without the time to import numpy and scipy.
"""

from __future__ import annotations

import time

import numpy as np
import scipy.optimize  # imported before it is timed
import scipy.special  # noqa: F401  # likewise

from trackrecord.worth import Certain, Cost, Effect, Loss, Model, PastLosses, estimate

SEED = 6


def model(projects: int) -> Model:
    """Three causes, two effects each, and what so many past projects lost to each."""
    random = np.random.default_rng(SEED)
    losses = tuple(
        Loss(
            cause=cause,
            a_year=PastLosses(tuple(random.lognormal(10, 1.5, projects).tolist()), 5),
            effects=(Effect(name="gates"), Effect(name="reviews")),
        )
        for cause in ("late decisions", "rework", "suppliers")
    )
    return Model(currency="EUR", cost=Cost(run=Certain(420_000)), losses=losses, seed=SEED)


def main() -> None:
    """Print the seconds for a few sizes of history."""
    for projects in (60, 200, 10_000):
        asked = model(projects)
        began, busy = time.perf_counter(), time.process_time()
        found = estimate(asked)
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
        print(
            f"{projects:6,} past projects  {asked.draws:,} draws  {seconds:5.2f} s ({busy:.2f} of the "
            f"processor)  {found.seed}"
        )


if __name__ == "__main__":
    main()
