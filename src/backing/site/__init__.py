"""The site: the command, the pages' frame, settings, and long work."""
