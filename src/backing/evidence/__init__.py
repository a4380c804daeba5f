"""Step 4: what past projects say; imports, rows to confirm, causes, and figures that open."""
