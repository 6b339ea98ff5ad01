"""How long somebody who stopped answering still counts as writing."""

from datetime import datetime, timedelta

# The page says every minute that it is open; a tablet asleep or a lost line is forgiven.
MASA_PEGANG = timedelta(minutes=10)
JEDA_CATAT = timedelta(seconds=45)


def is_masih_menulis(terakhir: datetime, now: datetime) -> bool:
    """Whether a writer last seen at `terakhir` still has the text."""
    return now - terakhir < MASA_PEGANG


def is_perlu_dicatat(terakhir: datetime, now: datetime) -> bool:
    """Whether it is worth a write that he was seen again."""
    return now - terakhir >= JEDA_CATAT
