"""The product's own settings, with what only tests need: a cheap password hash and jobs run at once."""

import os
import tempfile

os.environ.setdefault("CHIBO_DATA", tempfile.mkdtemp(prefix="chibo-test-"))

from chibo.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["*"]
