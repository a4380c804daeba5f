"""Step 1: who matters, where they stand and on what evidence, what was said and promised, who next."""
