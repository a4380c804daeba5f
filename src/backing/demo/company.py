"""Who and what the Aldmoor Group is.  Every name here is invented."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["IT", "Process", "Construction", "Regulatory"]

GROUP: Final = "Aldmoor Group"


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A project as it is first named: by whom it is wanted, and what sort of work it is."""

    unit: str
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A sponsor's time at the head of a unit, up to and without `ended`."""

    sponsor: str
    ended: date | None = None


# In the order in which the units asked, so that each year holds a mix of all.
_ASKED_FOR: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("Retail", "IT", "Till replacement, northern stores"),
    ("Logistics", "Construction", "Cold store at Harrowby"),
    ("Finance", "Process", "Month-end close in five days"),
    ("Digital", "IT", "One basket across web and app"),
    ("Property", "Construction", "Roof renewal, Eastgate depot"),
    ("Group IT", "IT", "E-mail and calendar move"),
    ("Retail", "Process", "Returns without a receipt"),
    ("Logistics", "IT", "Depot scanners, phase 1"),
    ("Finance", "Regulatory", "Lease accounting standard"),
    ("Digital", "IT", "Product search rebuild"),
    ("Property", "Process", "Lease register clean-up"),
    ("Group IT", "IT", "Data centre exit, wave 1"),
    ("Retail", "Construction", "Store refit, Castle Street"),
    ("Logistics", "Process", "Night-shift loading plan"),
    ("Finance", "IT", "Expenses tool"),
    ("Digital", "Regulatory", "Cookie consent and data rights"),
    ("Property", "Construction", "Head office second floor"),
    ("Group IT", "Regulatory", "Payment card security, level 1"),
    ("Retail", "IT", "Staff rota planning"),
    ("Logistics", "IT", "Route planning for own fleet"),
    ("Finance", "IT", "General ledger upgrade"),
    ("Digital", "IT", "Loyalty app"),
    ("Property", "Construction", "Solar panels, six depots"),
    ("Group IT", "IT", "Single sign-on"),
    ("Retail", "Regulatory", "Allergen labelling"),
    ("Logistics", "Construction", "Cross-dock extension, Marlow Road"),
    ("Finance", "Process", "Supplier onboarding"),
    ("Digital", "Process", "Content publishing workflow"),
    ("Property", "Regulatory", "Fire safety certificates"),
    ("Group IT", "IT", "Network renewal, stores"),
    ("Retail", "IT", "Click and collect lockers"),
    ("Logistics", "Process", "Pallet loss reduction"),
    ("Finance", "Regulatory", "Digital tax reporting"),
    ("Digital", "IT", "Wholesale ordering portal"),
    ("Property", "IT", "Meter readings by telemetry"),
    ("Group IT", "IT", "Data centre exit, wave 2"),
    ("Retail", "Construction", "Store refit, Millbrook"),
    ("Logistics", "IT", "Depot scanners, phase 2"),
    ("Finance", "IT", "Forecasting model"),
    ("Digital", "IT", "Payments provider change"),
    ("Property", "Construction", "Car park resurfacing"),
    ("Group IT", "Process", "Service desk knowledge base"),
    ("Retail", "Process", "Shelf-edge price changes"),
    ("Logistics", "Regulatory", "Driver hours recording"),
    ("Finance", "Process", "Debt collection letters"),
    ("Digital", "IT", "Customer service chat"),
    ("Property", "Construction", "Boiler renewal, head office"),
    ("Group IT", "Regulatory", "Payment card security, level 2"),
    ("Retail", "IT", "Stock count by handheld"),
    ("Logistics", "Construction", "Electric van charging"),
    ("Finance", "IT", "Treasury dashboard"),
    ("Digital", "Regulatory", "Accessibility of the web shop"),
    ("Property", "Process", "Facilities helpdesk merger"),
    ("Group IT", "IT", "Laptop renewal"),
    ("Retail", "Construction", "Store refit, Quayside"),
    ("Logistics", "IT", "Yard management"),
    ("Finance", "Regulatory", "Sustainability report data"),
    ("Digital", "Process", "Test automation for releases"),
    ("Property", "Construction", "Training centre, Harrowby"),
    ("Group IT", "IT", "Backup and recovery"),
)

UNDERTAKINGS: Final = tuple(Undertaking(unit, kind, name) for unit, kind, name in _ASKED_FOR)

SPONSORS: Final[dict[str, tuple[Tenure, ...]]] = {
    "Retail": (Tenure("Marian Oakshott"),),
    "Logistics": (Tenure("Douglas Fenwick", date(2024, 4, 1)), Tenure("Priya Sandhurst")),
    "Finance": (Tenure("Helena Ravensworth"),),
    "Digital": (Tenure("Tom Kestrel", date(2023, 9, 1)), Tenure("Ines Calloway")),
    "Property": (Tenure("Godfrey Thorne"),),
    "Group IT": (Tenure("Ruth Amberley", date(2025, 3, 1)), Tenure("Anton Weir")),
}

MANAGERS: Final = (
    "Alice Penhale",
    "Ben Tarrant",
    "Carys Lowden",
    "Dev Marchbank",
    "Esther Quill",
    "Farid Holme",
    "Greta Winslade",
    "Hugh Pascoe",
    "Imogen Stray",
    "Jonas Beck-Harker",
    "Kemi Rowntree",
    "Liam Oxborrow",
    "Nadia Selwyn",
    "Owen Fairhall",
)

# The twelve causes of the house taxonomy, with how often each troubles a project here.
CAUSES: Final[dict[str, int]] = {
    "late or missing sponsor decision": 24,
    "uncontrolled scope change": 20,
    "optimistic estimate": 18,
    "supplier performance": 8,
    "resource shortage": 7,
    "dependency or interface": 7,
    "requirement instability": 6,
    "technology or integration complexity": 6,
    "poor risk and issue handling": 5,
    "weak business case or scope": 4,
    "skills": 3,
    "external or legislation": 3,
}
