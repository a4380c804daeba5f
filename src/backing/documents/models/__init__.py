"""The records of the app, one subject a module."""

from backing.documents.models.drafts import Draft
from backing.documents.models.issues import Issue, IssuedFile
from backing.documents.models.printed import Printed
from backing.documents.models.templates import Template

__all__ = ["Draft", "Issue", "IssuedFile", "Printed", "Template"]
