"""The records of the app."""

from backing.rhythm.models.week import PutOff, SetThreshold

__all__ = ["PutOff", "SetThreshold"]
