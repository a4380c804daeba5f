"""Step 2 of the brief: what the office adds to the business, and the line from its work to the goals."""
