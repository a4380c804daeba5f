"""Links of the line of sight: from one step to a later one, never round in a ring.

Between layers a link can only run onwards, and the database holds that.  Only benefits may lead to benefits,
so only there could a ring close: whoever adds a link holds `Sight`, the one row there is, and looks first.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from backing.benefits.firmness import ORDER, SOURCES, TARGETS, Layer
from backing.people.access import Confidentiality, GatedQuerySet
from backing.people.models import Account
from backing.people.models.audited import Audited, AuditedQuerySet
from backing.people.one_look import once_a_look
from boardpaper.wording import en

_MODELS: Final = {
    Layer.ACTIVITY: "scope.Activity",
    Layer.OUTPUT: "benefits.Output",
    Layer.CAPABILITY: "benefits.Capability",
    Layer.CHANGE: "benefits.BusinessChange",
    Layer.OUTCOME: "benefits.Outcome",
    Layer.BENEFIT: "benefits.BenefitProfile",
    Layer.GOAL: "benefits.StrategyGoal",
}
ENDS: Final = (
    *((f"source_{layer.value}", layer) for layer in SOURCES),
    *((f"target_{layer.value}", layer) for layer in TARGETS),
)


class Sight(models.Model):
    """One row: since when there is a line of sight.  Held by whoever adds a link."""

    confidentiality: ClassVar = Confidentiality.MGMT

    begun_on = models.DateField()

    objects = GatedQuerySet["Sight"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_line_of_sight"),
        ]

    def __str__(self) -> str:
        return f"Since {en.day(self.begun_on)}"

    @staticmethod
    def hold(*, on: date) -> Sight:
        """The row, locked until the transaction ends; on SQLite one writes at a time anyway."""
        Sight.objects.get_or_create(pk=1, defaults={"begun_on": on})
        return Sight.objects.select_for_update().get(pk=1)

    @staticmethod
    @once_a_look
    def begun() -> date | None:
        """The day on which the first goal or link was written down."""
        return Sight.objects.values_list("begun_on", flat=True).first()


class ContributionLinkQuerySet(AuditedQuerySet["ContributionLink"]):
    def own_to(self, viewer: Account) -> ContributionLinkQuerySet:
        """Those between two steps that the viewer sees."""
        both = {
            side: Q(
                *(self._seen(name, viewer) for name, _ in ENDS if name.startswith(side)),
                _connector=Q.OR,
            )
            for side in ("source", "target")
        }
        return self.filter(both["source"], both["target"])

    def editable_as_own_by(self, viewer: Account) -> ContributionLinkQuerySet:
        del viewer
        return self.none()

    def _seen(self, end: str, viewer: Account) -> Q:
        field: Any = self.model._meta.get_field(end)
        return Q(**{f"{end}__in": field.related_model.objects.visible_to(viewer).values("pk")})


def _end(layer: Layer, side: str) -> Any:
    return models.ForeignKey(
        _MODELS[layer],
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="leads_to" if side == "source" else "comes_from",
    )


def _one_of(side: str) -> Q:
    """Exactly one end on this side."""
    names = [name for name, _ in ENDS if name.startswith(side)]
    return Q(
        *(Q(**{f"{other}__isnull": other != name for other in names}) for name in names),
        _connector=Q.OR,
    )


def _onwards() -> Q:
    """No source stands at or behind its target, but for benefit to benefit."""
    found = Q()
    for place, layer in enumerate(ORDER[:-1]):
        behind = [
            other
            for other in ORDER[1 : place + 1]
            if not (other is layer and layer is Layer.BENEFIT)
        ]
        if behind:
            found &= Q(**{f"source_{layer.value}__isnull": True}) | Q(
                **{f"target_{other.value}__isnull": True for other in behind}
            )
    return found


class ContributionLink(Audited):
    """One step leads to another: why, and how firmly that is known."""

    class Confidence(models.TextChoices):
        ASSUMED = "assumed", "Assumed"
        PLAUSIBLE = "plausible", "Plausible"
        EVIDENCED = "evidenced", "Evidenced"

    confidentiality: ClassVar = Confidentiality.MGMT

    source_activity = _end(Layer.ACTIVITY, "source")
    source_output = _end(Layer.OUTPUT, "source")
    source_capability = _end(Layer.CAPABILITY, "source")
    source_change = _end(Layer.CHANGE, "source")
    source_outcome = _end(Layer.OUTCOME, "source")
    source_benefit = _end(Layer.BENEFIT, "source")
    target_output = _end(Layer.OUTPUT, "target")
    target_capability = _end(Layer.CAPABILITY, "target")
    target_change = _end(Layer.CHANGE, "target")
    target_outcome = _end(Layer.OUTCOME, "target")
    target_benefit = _end(Layer.BENEFIT, "target")
    target_goal = _end(Layer.GOAL, "target")
    rationale = models.CharField("why the one leads to the other", max_length=200, blank=True)
    confidence = models.CharField(
        "how firmly that is known", max_length=9, choices=Confidence, default=Confidence.ASSUMED
    )
    evidence = models.CharField("what shows it", max_length=300, blank=True)

    objects = ContributionLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("source"), name="a_link_comes_from_one_step"),
            models.CheckConstraint(condition=_one_of("target"), name="a_link_leads_to_one_step"),
            models.CheckConstraint(condition=_onwards(), name="a_link_leads_onwards"),
            models.CheckConstraint(
                condition=Q(source_benefit=None)
                | Q(target_benefit=None)
                | ~Q(source_benefit=F("target_benefit")),
                name="nothing_leads_to_itself",
            ),
            models.CheckConstraint(
                condition=~Q(confidence="evidenced") | ~Q(evidence=""),
                name="what_is_evidenced_says_by_what",
            ),
            models.UniqueConstraint(
                *(Coalesce(name, 0) for name, _ in ENDS), name="two_steps_are_linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def source(self) -> Any:
        """The record it comes from."""
        return self._at("source", SOURCES)[1]

    @property
    def target(self) -> Any:
        """The record it leads to."""
        return self._at("target", TARGETS)[1]

    def _at(self, side: str, layers: tuple[Layer, ...]) -> tuple[Layer, Any]:
        for layer in layers:
            if getattr(self, f"{side}_{layer.value}_id") is not None:
                return layer, getattr(self, f"{side}_{layer.value}")
        raise LookupError(f"Link {self.pk} has no {side}.")
