"""What the columns of a sheet mean, by their headers and values together."""

from trackrecord.guessing.guess import guess

__all__ = ["guess"]
