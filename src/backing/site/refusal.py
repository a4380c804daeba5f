"""When the command cannot do what it was asked."""


class Refused(Exception):
    """One sentence that says what to do; the command prints it as it stands and ends with code 2."""
