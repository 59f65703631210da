"""The top of the tree, below which everything stands."""

from datetime import date

from django.db import migrations


def plant(apps, schema_editor):
    unit, placement = apps.get_model("units", "Unit"), apps.get_model("units", "Placement")
    since = date(1930, 2, 3)
    centre = unit.objects.create(
        level="centre", key="tw", name="Trung ương", sort_key="", path="1/", valid_from=since
    )
    unit.objects.filter(pk=centre.pk).update(path=f"{centre.pk}/")
    placement.objects.create(unit=centre, name=centre.name, path=f"{centre.pk}/", valid_from=since)


class Migration(migrations.Migration):
    dependencies = [("units", "0001_first")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
