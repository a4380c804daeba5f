"""What others call the causes we code: published lists, and where each entry belongs in ours.

Each published list maps whole onto the twelve causes of `taxonomy`, so that a register coded by
one of them needs no re-coding.  Where a source's cause is wider than ours, it goes where a project
manager would look for the remedy; the remark says so.

Sources: requirements.md 3.6 [NAO8]; Mott MacDonald 2002 (Green Book contributory factors); NAO
2013, Over-optimism in government projects; Flyvbjerg's explanations of overrun; Jones / NASA;
CHAOS, for its vocabulary only, never as a benchmark.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BUSINESS_CASE: Final = "weak business case or scope"
ESTIMATE: Final = "optimistic estimate"
DECISION: Final = "late or missing sponsor decision"
SCOPE_CHANGE: Final = "uncontrolled scope change"
REQUIREMENTS: Final = "requirement instability"
EXTERNAL: Final = "external or legislation"
RESOURCES: Final = "resource shortage"
SKILLS: Final = "skills"
SUPPLIER: Final = "supplier performance"
DEPENDENCY: Final = "dependency or interface"
RISK: Final = "poor risk and issue handling"
COMPLEXITY: Final = "technology or integration complexity"

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "Commitment": (BUSINESS_CASE, ESTIMATE, DECISION),
    "Change": (SCOPE_CHANGE, REQUIREMENTS, EXTERNAL),
    "Capacity": (RESOURCES, SKILLS, SUPPLIER),
    "Control": (DEPENDENCY, RISK, COMPLEXITY),
}

PUBLISHED: Final[Mapping[str, Mapping[str, str]]] = {
    "NAO/OGC common causes": {
        "link to strategy": BUSINESS_CASE,
        "lack of clear links between the project and the organisation's key strategic priorities": (
            BUSINESS_CASE
        ),
        "senior ownership": DECISION,
        "lack of clear senior management and ministerial ownership and leadership": DECISION,
        # Its symptom in a register is a requirement nobody agreed on.
        "stakeholder engagement": REQUIREMENTS,
        "lack of effective engagement with stakeholders": REQUIREMENTS,
        "skills and method": SKILLS,
        "lack of skills and proven approach to project management and risk management": SKILLS,
        # The step was too large to be managed: a matter of complexity, not of method.
        "manageable steps": COMPLEXITY,
        "too little attention to breaking development and implementation into manageable steps": (
            COMPLEXITY
        ),
        # Bought at the lowest price; what follows is the supplier's performance.
        "value over price": SUPPLIER,
        "evaluation of proposals driven by initial price rather than long-term value for money": (
            SUPPLIER
        ),
        "supplier understanding": SUPPLIER,
        "lack of understanding of and contact with the supply industry at senior levels": SUPPLIER,
        "team integration": DEPENDENCY,
        "lack of effective project team integration": DEPENDENCY,
    },
    "requirements.md, user-added": {
        "estimate": ESTIMATE,
        "requirements": REQUIREMENTS,
        "resource availability": RESOURCES,
        "governance/decision delay": DECISION,
        "governance": DECISION,
        "decision delay": DECISION,
        "external": EXTERNAL,
    },
    "Green Book contributory factors": {
        "complexity of contract structure": SUPPLIER,
        "contract complexity": SUPPLIER,
        "late contractor involvement in design": SUPPLIER,
        "late contractor": SUPPLIER,
        "poor contractor capabilities": SUPPLIER,
        "poor contractor": SUPPLIER,
        "government guidelines": EXTERNAL,
        "disputes and claims occurred": SUPPLIER,
        "disputes and claims": SUPPLIER,
        "disputes": SUPPLIER,
        "information management": RISK,
        "design complexity": COMPLEXITY,
        "degree of innovation": COMPLEXITY,
        "innovation": COMPLEXITY,
        "environmental impact": EXTERNAL,
        "environment": EXTERNAL,
        "inadequacy of the business case": BUSINESS_CASE,
        "business case": BUSINESS_CASE,
        "large number of stakeholders": REQUIREMENTS,
        "funding availability": DECISION,
        "project management team": SKILLS,
        "project team": SKILLS,
        "poor project intelligence": RISK,
        "poor intelligence": RISK,
        "public relations": EXTERNAL,
        "site characteristics": EXTERNAL,
        "permits, consents and approvals": EXTERNAL,
        "political": EXTERNAL,
        "economic": EXTERNAL,
        "legislation": EXTERNAL,
        "legislation and regulations": EXTERNAL,
        "technology": COMPLEXITY,
    },
    "NAO over-optimism themes": {
        "complexity": COMPLEXITY,
        "evidence base": ESTIMATE,
        "stakeholders": REQUIREMENTS,
        "behaviour and incentives": ESTIMATE,
        # Nobody asked the question in time: late truth in reporting.
        "challenge and accountability": RISK,
    },
    "Flyvbjerg explanations": {
        "technical": COMPLEXITY,
        "optimism bias": ESTIMATE,
        "strategic misrepresentation": ESTIMATE,
        "extreme events": EXTERNAL,
    },
    "Jones / NASA": {
        "bad luck": EXTERNAL,
        "over-optimism": ESTIMATE,
        "deliberate underestimation": ESTIMATE,
    },
    "CHAOS": {
        "lack of user input": REQUIREMENTS,
        "incomplete requirements": REQUIREMENTS,
        "changing requirements and specifications": REQUIREMENTS,
        "lack of executive support": DECISION,
        "technology incompetence": SKILLS,
        "technology illiteracy": SKILLS,
        "lack of resources": RESOURCES,
        "unrealistic expectations": ESTIMATE,
        "unrealistic time frames": ESTIMATE,
        "unclear objectives": BUSINESS_CASE,
        "new technology": COMPLEXITY,
        "lack of planning": ESTIMATE,
        "did not need it any longer": BUSINESS_CASE,
    },
}

# How registers word the same things; not from a published list.
IN_USE: Final[Mapping[str, tuple[str, ...]]] = {
    BUSINESS_CASE: (
        "weak business case",
        "weak scope",
        "unclear scope",
        "poorly defined scope",
        "poor scope definition",
        "unclear benefits",
    ),
    ESTIMATE: (
        "estimation",
        "estimating",
        "estimating error",
        "poor estimate",
        "poor estimation",
        "wrong estimate",
        "underestimate",
        "underestimated",
        "underestimation",
        "under-estimated effort",
        "unrealistic estimate",
        "unrealistic plan",
        "unrealistic schedule",
        "optimism",
    ),
    DECISION: (
        "late decision",
        "late sponsor decision",
        "missing sponsor decision",
        "missing decision",
        "no sponsor decision",
        "slow decision",
        "delayed decision",
        "sponsor",
        "sponsor absent",
        "no sponsor",
        "lack of sponsorship",
        "weak sponsorship",
        "funding delay",
    ),
    SCOPE_CHANGE: (
        "scope change",
        "scope creep",
        "scope growth",
        "added scope",
        "scope",
        "change of scope",
        "uncontrolled change",
    ),
    REQUIREMENTS: (
        "unstable requirements",
        "changing requirements",
        "requirements change",
        "unclear requirements",
        "requirement changes",
        "requirements volatility",
    ),
    EXTERNAL: (
        "external event",
        "external factors",
        "regulation",
        "regulatory change",
        "change in legislation",
        "law",
        "weather",
        "market",
        "inflation",
        "pandemic",
        "covid",
        "covid-19",
        "force majeure",
    ),
    RESOURCES: (
        "resources",
        "resourcing",
        "staff shortage",
        "staffing",
        "understaffed",
        "capacity",
        "lack of staff",
        "no resources",
        "staff turnover",
        "key person left",
    ),
    SKILLS: (
        "skill gap",
        "skills gap",
        "skills shortage",
        "lack of skills",
        "missing skills",
        "lack of experience",
        "inexperience",
        "lack of training",
    ),
    SUPPLIER: (
        "supplier",
        "vendor",
        "contractor",
        "supplier delay",
        "vendor delay",
        "vendor performance",
        "contractor performance",
        "late supplier",
        "procurement",
        "procurement delay",
        "contract",
    ),
    DEPENDENCY: (
        "dependency",
        "interface",
        "dependencies",
        "dependency on another project",
        "late dependency",
        "external dependency",
        "interface problem",
    ),
    RISK: (
        "poor risk handling",
        "risk handling",
        "issue handling",
        "risk management",
        "poor risk management",
        "issue management",
        "unmanaged risk",
        "late reporting",
        "late truth in reporting",
        "reporting",
        "poor control",
    ),
    COMPLEXITY: (
        "technical complexity",
        "integration complexity",
        "technology complexity",
        "integration",
        "system integration",
        "integration problems",
        "technical problems",
        "technical issues",
        "immature technology",
        "legacy system",
    ),
}
