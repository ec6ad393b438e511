"""Every promise with the reply that says it came true, also where several units made one each."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

ANSWERED = ("REPLY_REVIEW", "AWAIT_EVALUATION", "CLOSED")


def name_what_was_kept(apps, _schema_editor):
    """The further reply of a case that was fulfilled says which promise it kept; one of several units, of each."""
    reply_model = apps.get_model("suggestions", "Reply")
    relayed = reply_model.objects.filter(status="FORWARDED", round=F("suggestion__round"))
    fulfilled = relayed.filter(suggestion__fulfilled_on__isnull=False).order_by("pk")
    for case in fulfilled.values_list("suggestion", flat=True).order_by("suggestion").distinct():
        rows = list(fulfilled.filter(suggestion=case).select_related("suggestion"))
        promises, last = [row for row in rows if row.result_class == "B"], rows[-1]
        for number, promise in enumerate(promises):
            if number:
                last.pk = None
                last._state.adding = True
            last.fulfils, last.assignment_id = promise, promise.assignment_id
            last.kept_on = last.suggestion.fulfilled_on
            last.save()


def watch_the_nearest(apps, _schema_editor):
    """A shared case is watched by the nearest promise of its units, whatever its class as a whole."""
    reply_model, case_model = apps.get_model("suggestions", "Reply"), apps.get_model("suggestions", "Suggestion")
    parts = reply_model.objects.filter(
        assignment__isnull=False,
        round=F("suggestion__round"),
        result_class="B",
        suggestion__fulfilled_on=None,
        suggestion__state__in=ANSWERED,
    ).exclude(status="RETURNED")
    nearest = parts.order_by().values("suggestion").annotate(day=models.Min("promise_on"))
    for row in nearest:
        case_model.objects.filter(pk=row["suggestion"]).update(promise_on=row["day"])


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0013_triage_by_index")]

    operations = [
        migrations.RemoveIndex(model_name="suggestion", name="suggestions_promised"),
        migrations.AddField(
            model_name="reply",
            name="fulfils",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fulfilment",
                to="suggestions.reply",
                verbose_name="兑现的答复",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="kept_on",
            field=models.DateField(blank=True, null=True, verbose_name="兑现日期"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=Q(fulfilled_on=None, promise_on__isnull=False, state="CLOSED"),
                fields=["county", "promise_on"],
                name="suggestions_promised",
            ),
        ),
        migrations.RunPython(name_what_was_kept, migrations.RunPython.noop),
        migrations.RunPython(watch_the_nearest, migrations.RunPython.noop),
    ]
