"""Forms of the app."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.http import HttpRequest, QueryDict

from backing.people import throttle
from backing.people.access import Role
from backing.people.models import Account, Person


class SignInForm(forms.Form):
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(
        strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, data: QueryDict | None = None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        email = data["email"].lower()
        tried = (email, str(self.request.META.get("REMOTE_ADDR")))
        if throttle.is_resting(*tried):
            raise forms.ValidationError(
                "Too many tries. Wait a quarter of an hour, then try again."
            )
        found = authenticate(self.request, email=email, password=data["password"])
        if not isinstance(found, Account):
            throttle.count_failure(*tried)
            raise forms.ValidationError("No account has this e-mail and password. Try again.")
        throttle.forget(*tried)
        self.account = found
        return data


class PasswordForm(forms.Form):
    """Who one is and how one signs in; an account that has an address keeps it."""

    full_name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(
        label="New password",
        strip=False,
        help_text=" ".join(password_validators_help_texts()),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, data: QueryDict | None = None, *, account: Account) -> None:
        super().__init__(
            data, initial={"email": account.email, "full_name": account.person.full_name}
        )
        self.account = account
        if account.email:
            self.fields["email"].disabled = True

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        others = Person.objects.exclude(pk=self.account.person_id).filter(email=email)
        if (
            others.exists()
            or Account.objects.exclude(pk=self.account.pk).filter(email=email).exists()
        ):
            raise forms.ValidationError("Someone else has this address here. Give your own.")
        return email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password


class InvitationForm(forms.Form):
    full_name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail")
    role = forms.ChoiceField(choices=Role.choices, initial=Role.PMO_MEMBER)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Account.objects.filter(email=email).exists() or (
            Person.objects.filter(email=email, account__email__isnull=False).exists()
        ):
            raise forms.ValidationError(
                "This address has an account. Make a new link for it below."
            )
        return email
