"""What says that a promise came true says which and when; apart from the rows, which PostgreSQL keeps apart, too."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0014_promises_of_parts")]

    operations = [
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=Q(fulfils=None, kept_on=None) | Q(fulfils__isnull=False, kept_on__isnull=False),
                name="suggestions_reply_fulfilment_dated",
                violation_error_message="兑现承诺要写明兑现的是哪份答复、哪一天兑现。",
            ),
        ),
    ]
