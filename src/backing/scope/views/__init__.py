"""The pages of the app, one subject a module."""
