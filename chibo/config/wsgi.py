"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.config.settings")
application = get_wsgi_application()

from chibo.core.serving import hold  # noqa: E402 - settings first

hold()
