"""The documents of requirements.md 5, by their codes."""

from __future__ import annotations

from django.db import models


class Code(models.TextChoices):
    CASE = "D1", "The case for the PMO"
    CHARTER = "D2", "The charter"
    LINE_OF_SIGHT = "D3", "The line of sight"
    LEADER_BRIEF = "D4", "The brief before a conversation"
    SPONSOR_UPDATE = "D5", "The sponsor’s update"
    WIN = "D6", "The win to share"
    REPORT = "D7", "The improvement report"
    REVIEW = "D8", "The mandate review"
    NEW_LEADER = "D9", "The pack for a new leader"
    ESCALATION = "D10", "The escalation note"
    SPONSOR_REQUEST = "D11", "The request to a sponsor"
    WHY_NEEDED = "D12", "Why it was needed"
    SUBJECT_ACCESS = "D13", "The subject-access pack"
    HAND_OVER = "D14", "The hand-over certificate"
