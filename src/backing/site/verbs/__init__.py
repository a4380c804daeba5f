"""The verbs of the `backing` command, one module each, imported only when asked for."""
