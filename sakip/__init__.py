"""The SAKIP project: settings, URLs and the Celery application."""

from sakip.celery import app as celery_app

__all__ = ["celery_app"]
