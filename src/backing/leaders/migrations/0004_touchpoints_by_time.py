from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_printed"),
        ("leaders", "0003_touchpoints_by_kind"),
        ("mandate", "0002_expected"),
        ("people", "0005_second_step"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="touchpoint",
            name="leaders_tou_at_3936dc_idx",
        ),
        migrations.AddIndex(
            model_name="touchpoint",
            index=models.Index(fields=["-at", "two_way"], name="leaders_tou_at_473c14_idx"),
        ),
    ]
