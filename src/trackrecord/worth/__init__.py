"""What an office costs, what it would have to save, and how likely that is.

    model = read("worth.toml")
    estimate(model).break_even_share

It ships no benefit but a house assumption that says so; a measured effect takes its place.
"""

from trackrecord.worth.estimate import Spread, Swing, Worth, estimate
from trackrecord.worth.model import (
    HOUSE_PRIOR,
    Adoption,
    Cost,
    Effect,
    Kind,
    Loss,
    Model,
    flows,
    payback,
    present_value,
)
from trackrecord.worth.model_file import read
from trackrecord.worth.quantity import Certain, Lognormal, PastLosses, Pert, Quantity

__all__ = [
    "HOUSE_PRIOR",
    "Adoption",
    "Certain",
    "Cost",
    "Effect",
    "Kind",
    "Lognormal",
    "Loss",
    "Model",
    "PastLosses",
    "Pert",
    "Quantity",
    "Spread",
    "Swing",
    "Worth",
    "estimate",
    "flows",
    "payback",
    "present_value",
    "read",
]
