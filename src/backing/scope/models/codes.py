"""The shipped list of what project offices do, in five groups of functions.

The groups are those that Hobbs and Aubry found in 500 offices; the codes are ours, short enough to choose
from and broad enough that two departments who do the same come to the same code.
"""

from __future__ import annotations

from django.db import models


class Group(models.TextChoices):
    MONITORING = "monitoring", "Monitoring and control"
    COMPETENCE = "competence", "Competencies and methods"
    MULTI_PROJECT = "multi_project", "Multi-project management"
    STRATEGIC = "strategic", "Strategic management"
    LEARNING = "learning", "Organisational learning"


class Code(models.TextChoices):
    STATUS_REPORTING = "monitoring.status", "Reporting of project status to management"
    PERFORMANCE_CONTROL = "monitoring.control", "Watching cost, time and progress of projects"
    PROJECT_SYSTEM = "monitoring.system", "Running the project information system"
    SCOREBOARD = "monitoring.scoreboard", "Overview of all projects on one page"
    SUPPLIER_STATUS = "monitoring.suppliers", "Status of suppliers and contracts"
    RISK_AND_ISSUES = "monitoring.risks", "Risks and issues across projects"

    METHOD = "competence.method", "A standard method and its templates"
    TRAINING = "competence.training", "Training of project managers"
    MENTORING = "competence.mentoring", "Mentoring and coaching of project managers"
    TOOLS = "competence.tools", "Choosing tools for planning"
    ESTIMATING = "competence.estimating", "Help with estimates and plans"

    INTAKE = "multi_project.intake", "Intake and selection of projects"
    COORDINATION = "multi_project.coordination", "Coordination between projects"
    PORTFOLIO = "multi_project.portfolio", "Managing the portfolio and its programmes"
    RESOURCES = "multi_project.resources", "Allocating people among projects"
    GATES = "multi_project.gates", "Reviews and gates between stages"
    CHANGE_CONTROL = "multi_project.changes", "Control of changes to approved plans"

    ADVICE = "strategic.advice", "Advice to management on projects"
    PLANNING = "strategic.planning", "Part in strategic planning"
    BENEFITS = "strategic.benefits", "Following up the benefits of projects"
    NETWORK = "strategic.network", "News of practice from other organisations"

    REVIEWS = "learning.reviews", "Reviews after projects end"
    LESSONS = "learning.lessons", "Lessons from projects, kept and used"
    ARCHIVE = "learning.archive", "Keeping the records of projects"
    AUDIT = "learning.audit", "Audit of projects and of how they are run"

    @property
    def group(self) -> Group:
        return Group(self.value.split(".")[0])


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """The list as a form offers it."""
    return [
        (str(group.label), [(code.value, str(code.label)) for code in Code if code.group == group])
        for group in Group
    ]
