"""The few assignments that were given back, for the list 退回待改派 and its count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0010_promises_by_day")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("status", "RETURNED")), fields=["suggestion"], name="suggestions_assignment_back"
            ),
        ),
    ]
