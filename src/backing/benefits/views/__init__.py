"""Pages of the app, one subject a module."""
