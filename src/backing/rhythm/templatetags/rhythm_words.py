"""Counts in words."""

from __future__ import annotations

from django import template

from backing.rhythm import standing

register = template.Library()

register.filter("in_words", standing.in_words)
register.filter("few", standing.few_in_words)
