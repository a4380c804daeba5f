"""The demo: the project registers of the Aldmoor Group, a company that does not exist.

Three yearly workbooks of one history of sixty projects, as untidy as registers are.  They go through
the same readers as everyone's files; nothing else in Backing knows of them.
"""

from pathlib import Path
from typing import Final

from backing.demo import company, register_2023, register_2024, register_2025, sheet, world

# One of a few hundred tried: its median overrun, late share, tail and leading causes all lie near
# what `world` sets out to show, which a seed taken blindly does for most of them but not for all.
SEED: Final = 293
ORGANISATION: Final = company.GROUP
__all__ = ["ORGANISATION", "SEED", "write"]


def write(folder: Path, seed: int = SEED) -> list[Path]:
    """Write the three workbooks into the folder, made where there is none; return them by year.

    The same seed gives the same bytes.  Every workbook says that the company is invented, in its
    first cell, in its notes and in its properties.
    """
    folder.mkdir(parents=True, exist_ok=True)
    projects = world.projects(seed)
    years = {"2023": register_2023, "2024": register_2024, "2025": register_2025}
    return [
        sheet.write(made.register(projects, seed), folder / f"aldmoor-project-register-{year}.xlsx")
        for year, made in years.items()
    ]
