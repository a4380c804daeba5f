"""The records of the app, one subject a module."""

from backing.scope.models.activities import Activity, ActivityList, OurUnit, Service
from backing.scope.models.asks import DataRequest
from backing.scope.models.charters import Acknowledgement, Charter, CharterLink
from backing.scope.models.codes import Code, Group
from backing.scope.models.handovers import HandOver, HandOverItem, HandOverLink, Side
from backing.scope.models.items import CauseCoverage, CauseLeft, ScopeItem
from backing.scope.models.overlaps import OverlapTalk
from backing.scope.models.raci import RaciAssignment

__all__ = [
    "Acknowledgement",
    "Activity",
    "ActivityList",
    "CauseCoverage",
    "CauseLeft",
    "Charter",
    "CharterLink",
    "Code",
    "DataRequest",
    "Group",
    "HandOver",
    "HandOverItem",
    "HandOverLink",
    "OurUnit",
    "OverlapTalk",
    "RaciAssignment",
    "ScopeItem",
    "Service",
    "Side",
]
