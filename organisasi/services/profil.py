"""What a person decides about himself."""

from django.db import transaction

from organisasi.models import Pengguna, Saluran


@transaction.atomic
def save_saluran(*, pengguna: Pengguna, isian: Saluran) -> Saluran:
    """Store the channels the person wants. No trail: it is personal, and no act of the office."""
    saluran, _baru = Saluran.objects.update_or_create(
        pengguna=pengguna,
        defaults={
            "lewat_surel": isian.lewat_surel,
            "ponsel": isian.ponsel,
            "lewat_pesan": isian.lewat_pesan,
        },
    )
    return saluran
