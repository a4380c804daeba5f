"""What the columns of a sheet mean, by their headers and values together."""

from trackrecord.guessing.guess import as_field, guess
from trackrecord.guessing.signs import with_signs

__all__ = ["as_field", "guess", "with_signs"]
