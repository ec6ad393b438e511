"""A response is stored once, however often its form is sent."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0004_attendance_log")]

    operations = [
        migrations.AddField(
            model_name="response",
            name="submission_key",
            field=models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="防重复键"),
            preserve_default=False,
        ),
    ]
