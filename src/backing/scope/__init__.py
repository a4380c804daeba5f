"""Step 3 of the brief: what the office does, what it will not do, and who does it instead."""
