"""Commands of Django that the site does in its own way."""
