"""Forms that ask for a code."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import QueryDict

from backing.people import throttle
from backing.people.key import NoKey
from backing.people.models import Authenticator

WRONG = "This code does not open, or was used already. Wait for the next one and give that."
REST = "Too many tries. Wait a quarter of an hour, then try again."
KEYLESS = (
    "Codes from an app cannot be checked while the key file is missing from the machine of the office. "
    "Give a recovery code."
)


def _field(label: str) -> forms.CharField:
    typed = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(typed))


class CodeForm(forms.Form):
    """A code from the app or a recovery code; one that is right is spent by asking."""

    code = _field("Code")
    code.help_text = "The six digits that the app shows now, or one of your recovery codes."

    def __init__(
        self, data: QueryDict | None = None, *, authenticator: Authenticator, now: datetime
    ) -> None:
        super().__init__(data)
        self.authenticator, self.now = authenticator, now

    def clean_code(self) -> str:
        tried = f"second step of {self.authenticator.account_id}"
        if throttle.is_resting(tried):
            raise forms.ValidationError(REST)
        code = str(self.cleaned_data["code"])
        if self.authenticator.takes_recovery_code(code, now=self.now) or self._is_of_the_app(code):
            throttle.forget(tried)
            return code
        throttle.count_failure(tried)
        raise forms.ValidationError(WRONG)

    def _is_of_the_app(self, code: str) -> bool:
        try:
            return self.authenticator.takes_app_code("".join(code.split()), now=self.now)
        except NoKey as error:
            raise forms.ValidationError(KEYLESS) from error


class FirstCodeForm(forms.Form):
    """The first code takes the app into use; `recovery_codes` are to be shown once."""

    code = _field("The code that the app shows now")

    def __init__(
        self, data: QueryDict | None = None, *, authenticator: Authenticator, now: datetime
    ) -> None:
        super().__init__(data)
        self.authenticator, self.now = authenticator, now
        self.recovery_codes: list[str] = []

    def clean_code(self) -> str:
        code = "".join(str(self.cleaned_data["code"]).split())
        try:
            codes = self.authenticator.take_into_use(code, now=self.now)
        except NoKey as error:
            raise forms.ValidationError(str(error)) from error
        if codes is None:
            raise forms.ValidationError(
                "This is not the code that the app should show now. Wait for the next one; if that is "
                "not taken either, look whether the clock of the phone is right, or start again."
            )
        self.recovery_codes = codes
        return code
