"""Files of a turn: attach one, take it away again while the turn is open."""

from contextlib import ExitStack
from datetime import datetime
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from kinerja.services.bukti import inspect_berkas
from kinerja.services.kuota import require_kuota_orang
from laporan.models import Lampiran
from laporan.services.giliran import take_giliran
from organisasi.models import Pengguna


def attach_lampiran(
    *, tugas_id: int, untuk: str, berkas: File[bytes], aktor: Pengguna, now: datetime
) -> Lampiran:
    """Keep a file with the turn. The same file sent twice is kept once.

    Raises:
        IsianTidakSah: empty, too large, beyond the quota of the person, or not an allowed kind, by
            name and by content (422).
        TransisiDitolak, AksesDitolak: as `take_giliran`.
        OSError: the disk is full; no row and no file remain.
    """
    nama, jenis, sidik = inspect_berkas(berkas)
    with transaction.atomic():
        giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
        sudah = Lampiran.objects.filter(tugas=tugas_id, untuk=untuk, sha256=sidik).first()
        if sudah is not None:
            return sudah
        require_kuota_orang(Lampiran.objects.filter(diunggah_oleh=aktor), berkas.size)
        lampiran = Lampiran(
            tugas=giliran.tugas,
            untuk=untuk,
            nama_asli=nama,
            ukuran=berkas.size,
            sha256=sidik,
            jenis=jenis,
            diunggah_oleh=aktor,
            diunggah_pada=now,
        )
        with ExitStack() as batal:
            lampiran.berkas.save(nama, berkas, save=False)
            batal.callback(default_storage.delete, str(lampiran.berkas.name))
            lampiran.save()
            giliran.record("laporan.lampiran.unggah", now, nama=nama, sha256=sidik, untuk=untuk)
            batal.pop_all()
    return lampiran


@transaction.atomic
def remove_lampiran(*, lampiran_id: int, aktor: Pengguna, now: datetime) -> None:
    """Take a file away while its turn is open; the trail keeps its name and fingerprint.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
    """
    lampiran = Lampiran.objects.get(pk=lampiran_id)
    giliran = take_giliran(tugas_id=lampiran.tugas_id, aktor=aktor, now=now)
    giliran.record("laporan.lampiran.hapus", now, nama=lampiran.nama_asli, sha256=lampiran.sha256)
    lampiran.delete()
    transaction.on_commit(partial(default_storage.delete, str(lampiran.berkas.name)))
