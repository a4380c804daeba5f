"""One file of any known format, read into a `Source`.

Which reader a file gets is settled by its content; its suffix must not say something else, because
a wrong suffix is the usual sign of an export that went wrong.
"""

from trackrecord.readers.dispatch import READERS, read

__all__ = ["READERS", "read"]
