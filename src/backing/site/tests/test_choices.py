"""What an empty choice of a form says (X7): a row of dashes is read aloud as nothing."""

from __future__ import annotations

import pytest
from django import forms

from backing.people.models import OrgUnit

PLACES = [("", "---------"), ("north", "North")]


class Where(forms.Form):
    must = forms.ChoiceField(choices=PLACES)
    may = forms.ChoiceField(choices=PLACES, required=False)
    said = forms.ChoiceField(choices=[("", "Everywhere"), *PLACES[1:]], required=False)
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), required=False, empty_label="")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "says"),
    [("must", "Choose one"), ("may", "None"), ("said", "Everywhere"), ("unit", "None")],
)
def test_x7_an_empty_choice_says_what_it_means(field: str, says: str) -> None:
    drawn = str(Where()[field])

    assert f'<option value="" selected>{says}</option>' in drawn
    assert "---" not in drawn
    assert ('value="north">North<' in drawn) == (field != "unit")
