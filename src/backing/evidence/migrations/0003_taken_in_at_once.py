"""A reading may be taken in as soon as it is read."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0002_narratives")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="reading",
            name="at_once",
            field=models.BooleanField(default=False),
        ),
    ]
