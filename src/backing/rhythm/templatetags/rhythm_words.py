"""Counts in words."""

from __future__ import annotations

from django import template

from backing.rhythm import standing
from boardpaper.wording import in_words

register = template.Library()

register.filter("in_words", in_words)
register.filter("few", standing.few_in_words)
