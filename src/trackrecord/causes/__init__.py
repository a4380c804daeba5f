"""Why projects went wrong: coded causes, their money, suggestions from text, and models."""
