"""The product's settings, and Django's admin beside them as the peer to measure against."""

import copy

from chibo.config.settings import *  # noqa: F403
from chibo.config.settings import INSTALLED_APPS as _APPS
from chibo.config.settings import TEMPLATES as _TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = ["django.contrib.admin", *_APPS]
TEMPLATES = copy.deepcopy(_TEMPLATES)
TEMPLATES[0]["OPTIONS"]["context_processors"].append("django.contrib.auth.context_processors.auth")
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["*"]
