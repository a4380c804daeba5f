"""A year in the life of the invented company: people who use the office day by day, and what must hold each day."""
