"""Sessions in the database, read through the cache that all processes share."""

from django.contrib.sessions.backends import cached_db

from organisasi.sesi.catatan import Bercatatan


class SessionStore(Bercatatan, cached_db.SessionStore):
    """Django's own, with a row that says whose it is."""
