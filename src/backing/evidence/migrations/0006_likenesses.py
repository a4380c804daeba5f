from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_measures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pair", models.CharField(max_length=32, unique=True)),
                ("register_a", models.CharField(max_length=200)),
                ("key_a", models.CharField(max_length=200)),
                ("register_b", models.CharField(max_length=200)),
                ("key_b", models.CharField(max_length=200)),
                ("project_a", models.CharField(max_length=400)),
                ("project_b", models.CharField(max_length=400)),
                ("alike", models.FloatField()),
                ("because", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["-alike", "pair"],
                "indexes": [
                    models.Index(
                        fields=["because", "-alike", "pair"], name="evidence_li_because_450c9b_idx"
                    )
                ],
            },
        ),
    ]
