"""Changes across the records of the app, one subject a module."""
