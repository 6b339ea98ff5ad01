"""Which drafts a person may read: one predicate for lists and for single drafts."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from guardian.shortcuts import get_objects_for_user

from laporan.models import Draf
from laporan.models.draf import LIHAT_DRAF
from organisasi.models import Pengguna, Penugasan


def visible_draf(pengguna: Pengguna, penugasan: Sequence[Penugasan]) -> QuerySet[Draf]:
    """Drafts the person may read: of an office where a post is held now, or granted by name.

    Being an account administrator opens no draft.
    """
    kantor = {p.jabatan.instansi_id for p in penugasan}
    diberi: QuerySet[Draf] = get_objects_for_user(
        pengguna, LIHAT_DRAF, with_superuser=False, accept_global_perms=False
    )
    return Draf.objects.filter(Q(instansi__in=kantor) | Q(pk__in=diberi.values("pk")))
