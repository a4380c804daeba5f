"""What a column can mean, in the words of the trade, in the order in which people look for it."""

from __future__ import annotations

from typing import Final

_PLANS: Final = (
    ("start", "start"),
    ("finish", "finish"),
    ("cost", "cost"),
    ("benefit", "benefit"),
    ("effort", "work"),
)

GROUPS: Final[dict[str, dict[str, str]]] = {
    "The project": {
        "key": "Project number",
        "name": "Name of the project",
        "org_unit": "Unit",
        "kind": "Kind of project",
        "manager": "Project manager",
        "sponsor": "Sponsor",
        "state": "State: open, finished, cancelled",
        "description": "Description",
        "narrative": "What happened, in words",
        "as_at": "Day the row speaks of",
        "currency": "Currency",
    },
    "What came true": {
        "started": "Started",
        "finished": "Finished",
        "duration_days": "How long it took",
        "cost_actual": "Final cost",
        "effort_actual": "Work it took",
        "benefit_actual": "Benefit it brought",
    },
    "First approved plan": {f"original_{part}": f"First planned {word}" for part, word in _PLANS},
    "Current approved plan": {
        **{f"current_{part}": f"Current planned {word}" for part, word in _PLANS},
        "current_approved_on": "Day the current plan was approved",
        "current_reason": "Why the plan was changed",
    },
    "A plan, not said which": {
        **{f"planned_{part}": f"Planned {word}" for part, word in _PLANS},
        "baseline_seq": "Number of the plan, 0 for the first",
    },
    "Status and forecast": {
        "rag": "Rating: red, amber, green",
        "percent_complete": "Per cent complete",
        "percent_complete_type": "What per cent complete means",
        "forecast_finish": "Forecast finish",
        "forecast_cost": "Forecast cost",
        "pv": "Planned value",
        "ev": "Earned value",
        "ac": "Cost to date",
    },
    "Changes the register states itself": {
        "finish_change_days": "Change of the finish, in all",
        "latest_finish_change_days": "Change of the finish, the latest",
        "finish_variance_days": "Finish against plan",
        "cost_change": "Change of the cost, in all",
        "latest_cost_change": "Change of the cost, the latest",
        "cost_variance": "Cost against plan",
    },
    "Causes": {"cause": "Cause", "cause_share": "Share of the cause"},
    "Tasks of a project": {
        "item_id": "Task number",
        "item_name": "Name of the task",
        "due": "Day the task is due",
        "estimate": "Estimated hours",
        "actual": "Hours it took",
    },
}
"""Heading -> field of trackrecord.layout.FIELDS -> what a user calls it."""

NOT_USED: Final = "Not used"

WORDS: Final = {field: words for group in GROUPS.values() for field, words in group.items()}
