"""Pushback: what people object to, how they are answered, and whether that dealt with it (S12)."""
