"""The sponsor: found, agreed with, kept informed, and given wins to share (S23, S24)."""
