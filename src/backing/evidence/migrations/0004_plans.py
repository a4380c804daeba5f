"""An edition knows how its registers call their plans."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0003_taken_in_at_once")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="edition",
            name="plans",
            field=models.JSONField(default=dict),
        ),
    ]
