"""The same product on Django's default SQLite settings: what the benchmark of writers must see fail."""

from benchmarks.settings import *  # noqa: F403
from chibo.config.settings import SQLITE

DATABASES = {"default": {"ENGINE": SQLITE["ENGINE"], "NAME": SQLITE["NAME"]}}
