"""Changes across the records of leaders, one subject a module."""
