from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_duties_and_rosters"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslog",
            name="about",
            field=models.JSONField(default=list),
        ),
    ]
