"""When nobody knows whether a service signed: look it up, bring it home, or state that it did not.

The job waits in a state of its own, and the turn with it. Nothing here signs again.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, Efek, Tugas
from laporan.perms import require_pelaksana
from laporan.services.efek import publish_efek
from laporan.services.hasil_tanda import name_bawaan
from laporan.services.kunci import lock_draf
from laporan.services.tanda_tangan import give_back_tugas
from organisasi.models import Pengguna, Penugasan
from organisasi.perms import can_manage
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.berkas import sha256_hex, store_berkas
from sakip.common.errors import IsianTidakSah, TransisiDitolak


@transaction.atomic
def recheck_tanda(
    *, efek_id: int, aktor: Pengguna, now: datetime, berkas: bytes | None = None
) -> Efek:
    """Look the outcome up again, or take the signed document that somebody got from the service.

    berkas: that document; it counts only when it is the frozen one with one good signature more.
    Any other is thrown away, and the outcome stays unknown.

    Raises:
        TransisiDitolak: the outcome is known by now, or it is no signature (409).
        AksesDitolak: neither the signer nor somebody who manages the office (403).
        IsianTidakSah: the file is no PDF (422).
    """
    draf, efek, sebagai = _begin(efek_id, aktor, now)
    if berkas is not None:
        if not berkas.startswith(b"%PDF-"):
            raise IsianTidakSah(_("Pilih berkas PDF yang sudah ditandatangani layanan."))
        store_berkas(name_bawaan(efek), berkas)
    efek.recheck()
    efek.save()
    sidik = sha256_hex(berkas) if berkas else ""
    _record(draf, sebagai, "laporan.efek.periksa_hasil", now, sha256=sidik)
    transaction.on_commit(partial(publish_efek, [efek.pk]))
    return efek


@transaction.atomic
def deny_tanda(*, efek_id: int, aktor: Pengguna, alasan: str, now: datetime) -> Efek:
    """State that the service did not sign; the turn is the signer's again.

    Raises:
        TransisiDitolak: the outcome is known by now (409).
        AksesDitolak: neither the signer nor somebody who manages the office (403).
        IsianTidakSah: no word on how that was found out (422).
    """
    draf, efek, sebagai = _begin(efek_id, aktor, now)
    alasan = alasan.strip()
    if not alasan:
        raise IsianTidakSah(_("Tuliskan bagaimana Anda memastikannya."))
    efek.fail(
        galat=_("Dinyatakan tidak jadi ditandatangani oleh %(nama)s: %(alasan)s")
        % {"nama": aktor.nama, "alasan": alasan},
        now=now,
    )
    efek.save()
    _record(draf, sebagai, "laporan.efek.nyatakan_gagal", now, alasan=alasan)
    give_back_tugas(efek, draf, now)
    return efek


def find_penentu(efek: Efek, mandat: list[Penugasan]) -> Penugasan | None:
    """The mandate under which this person may settle the outcome; None without one."""
    kelola = next((p for p in mandat if can_manage(efek.draf.instansi_id, [p])), None)
    return kelola or next((p for p in mandat if p.pk == efek.sebagai_id), None)


def _begin(efek_id: int, aktor: Pengguna, now: datetime) -> tuple[Draf, Efek, Penugasan]:
    draf = lock_draf(efek__pk=efek_id)
    efek = Efek.objects.select_for_update(of=("self",)).select_related("draf").get(pk=efek_id)
    if efek.jenis != Efek.Jenis.TANDA_TANGAN:
        raise TransisiDitolak(_("Pekerjaan ini bukan tanda tangan. Muat ulang halaman."))
    mandat = list(list_penugasan_for(aktor, pada=now))
    sebagai = find_penentu(efek, mandat)
    if sebagai is None:
        tugas = Tugas.objects.select_related("jabatan", "unit").get(efek=efek)
        sebagai = require_pelaksana(tugas, mandat)
    if efek.status != Efek.Status.RAGU:
        raise TransisiDitolak(_("Hasilnya sudah diketahui. Muat ulang halaman."))
    return draf, efek, sebagai


def _record(draf: Draf, sebagai: Penugasan, aksi: str, now: datetime, **rincian: str) -> None:
    record_jejak(
        draf,
        aksi=aksi,
        aktor=sebagai.pengguna,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        **rincian,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
