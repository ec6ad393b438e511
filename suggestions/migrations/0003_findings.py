"""A finding of a themed appointment becomes at most one case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appointments", "0005_responses_once"),
        ("suggestions", "0002_count_the_unfinished"),
    ]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="finding",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestion",
                to="appointments.finding",
                verbose_name="调研建议",
            ),
        ),
    ]
