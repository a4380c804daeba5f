"""Documents: composed from claims, checked, written out."""
