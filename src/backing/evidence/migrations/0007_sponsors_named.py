from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0006_likenesses"),
    ]

    operations = [
        migrations.AddField(
            model_name="mirroredproject",
            name="sponsor",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
