"""Forms of the app, one subject a module."""
