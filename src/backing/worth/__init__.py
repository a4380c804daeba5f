"""What the office costs and what it returns: full cost, valuations, break-even, and the ROI gate (S09, S10)."""
