"""Sessions in the database, for an installation without a shared cache."""

from django.contrib.sessions.backends import db

from organisasi.sesi.catatan import Bercatatan


class SessionStore(Bercatatan, db.SessionStore):
    """Django's own, with a row that says whose it is."""
