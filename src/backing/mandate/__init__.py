"""Why: the origin of the office, the changes it proposes and their impact, decisions, blocks."""
