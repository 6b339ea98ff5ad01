"""Who may see and do what with a draft.

Authority to act is asked of penugasan, at the moment of the act.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from guardian.shortcuts import get_objects_for_user

from laporan.models import Draf, Tugas
from laporan.models.draf import LIHAT_DRAF
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import find_penugasan_covering
from sakip.common.errors import AksesDitolak


def visible_draf(pengguna: Pengguna, penugasan: Sequence[Penugasan]) -> QuerySet[Draf]:
    """Drafts the person may read: those of an office where a post is held now, and those granted by
    name.

    Being an account administrator opens no draft.
    """
    kantor = {p.jabatan.instansi_id for p in penugasan}
    diberi: QuerySet[Draf] = get_objects_for_user(
        pengguna, LIHAT_DRAF, with_superuser=False, accept_global_perms=False
    )
    return Draf.objects.filter(Q(instansi__in=kantor) | Q(pk__in=diberi.values("pk")))


def require_pelaksana(
    tugas: Tugas, penugasan: Sequence[Penugasan], utama: Penugasan | None = None
) -> Penugasan:
    """The mandate under which this turn may be done.

    Raises:
        AksesDitolak: no mandate covers the post and unit of the turn.
    """
    sebagai = find_penugasan_covering(
        penugasan, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id, utama=utama
    )
    if sebagai is None:
        unit = f" ({tugas.unit})" if tugas.unit else ""
        raise AksesDitolak(
            _(
                "Langkah ini dikerjakan oleh %(jabatan)s. "
                "Anda dapat membaca, tetapi tidak dapat menyelesaikannya."
            )
            % {"jabatan": f"{tugas.jabatan}{unit}"}
        )
    return sebagai
