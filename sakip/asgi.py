"""ASGI entry point; production runs WSGI, see docs/operasi.md."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.production")

application = get_asgi_application()
