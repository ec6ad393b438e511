"""Promises that wait, by their day, for the list 承诺待兑现 and its count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0009_recompute_jobs")]

    operations = [
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("fulfilled_on", None), ("result_class", "B"), ("state", "CLOSED")),
                fields=["county", "promise_on"],
                name="suggestions_promised",
            ),
        ),
    ]
