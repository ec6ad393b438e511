"""Uploads are kept as rows now, not as workbooks: previews of before, a day old at most, are to be uploaded again."""

from django.db import migrations


def forget(apps, schema_editor):
    for run in apps.get_model("accounts", "ImportRun").objects.exclude(file=""):
        run.file.delete(save=False)
        if run.state == "PREVIEWED":
            run.state = "EXPIRED"
        run.save(update_fields=["file", "state"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_kept_views_and_layouts")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
