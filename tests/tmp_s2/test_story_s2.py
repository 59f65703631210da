from importlib import import_module
def test_story(db, settings, tmp_path):
    from tests.world import plant_centre; plant_centre()
    settings.MEDIA_ROOT = tmp_path
    for c in import_module("chibo.desk.management.scenarios.s2").build():
        f = c.computed()
        print(c.id, "=" if f == c.expected else "≠", c.expected, "|", f)
