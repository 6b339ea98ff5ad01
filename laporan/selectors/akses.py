"""Which drafts a person may read: one predicate for lists and for single drafts."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from laporan.models import Draf, IzinBaca
from organisasi.models import Pengguna, Penugasan


def visible_draf(pengguna: Pengguna, penugasan: Sequence[Penugasan]) -> QuerySet[Draf]:
    """Drafts the person may read: of an office where a post is held now, or granted by name.

    A grant holds from its first moment to its last by the clock of the database, whether or not
    anybody cleaned up, and only for somebody who holds a post anywhere. Being an account
    administrator opens no draft.
    """
    kantor = {p.jabatan.instansi_id for p in penugasan}
    if not kantor:
        return Draf.objects.none()
    diberi = IzinBaca.objects.berlaku(Now()).filter(pembaca=pengguna)
    return Draf.objects.filter(Q(instansi__in=kantor) | Q(pk__in=diberi.values("draf")))
