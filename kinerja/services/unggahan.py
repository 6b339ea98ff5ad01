"""Uploading a workbook: keep it, check it in the background, then keep all of its rows or some."""

from datetime import datetime
from functools import partial
from typing import Any, TypedDict

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import UnggahanCapaian
from kinerja.rules.bukti import clean_nama
from kinerja.rules.isian import URAIAN, IsianBaris
from kinerja.services.antrean import open_buku, publish, require_berkas, settle
from kinerja.services.isian import save_semua_baris
from kinerja.services.kunci import lock_formulir, require_draf, require_pengisi
from kinerja.services.lembar_baca import read_lembar
from kinerja.services.tulis_unggahan import write_dinilai
from organisasi.models import Pengguna, Penugasan
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.jeda import jeda_pembersih


class _Oleh(TypedDict):
    """Who does it, and when."""

    aktor: Pengguna
    sebagai: Penugasan
    now: datetime


@transaction.atomic
def receive_unggahan(
    *,
    formulir_id: int,
    berkas: File[bytes],
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> UnggahanCapaian:
    """Keep an uploaded workbook and have it checked.

    Raises:
        IsianTidakSah: empty or too large (422).
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: the form was handed in (409).
    """
    require_berkas(berkas)
    formulir = lock_formulir(formulir_id)
    require_pengisi(formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_draf(formulir)
    unggahan = UnggahanCapaian(
        formulir=formulir, nama_asli=clean_nama(berkas.name or ""), oleh=aktor, pada=now
    )
    unggahan.berkas.save("", berkas, save=False)
    unggahan.save()
    transaction.on_commit(partial(publish, UnggahanCapaian, unggahan.pk, now=now))
    return unggahan


@jeda_pembersih()
def check_unggahan(*, unggahan_id: int) -> None:
    """Read the workbook and note what each row would do. Asked twice it is done once."""
    unggahan = UnggahanCapaian.objects.select_related("formulir__unit__instansi").get(
        pk=unggahan_id
    )
    if unggahan.status != UnggahanCapaian.Status.ANTRE:
        return
    try:
        baris = [b.to_json() for b in read_lembar(open_buku(unggahan), unggahan.formulir)]
        if not baris:
            raise IsianTidakSah(_("Lembar Capaian tidak berisi baris."))
    except IsianTidakSah as galat:
        settle(UnggahanCapaian, unggahan_id, pesan=str(galat.pesan))
        return
    settle(UnggahanCapaian, unggahan_id, baris=baris)


@jeda_pembersih()
@transaction.atomic
def apply_unggahan(
    *, unggahan_id: int, hanya_sah: bool, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> int:
    """Keep the rows of a checked workbook; how many changed. All of it, or nothing.

    hanya_sah: the person chose to keep the valid rows although others have faults.

    Raises:
        IsianTidakSah: it has faults and `hanya_sah` was not chosen (422).
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: it was applied before, or rows changed meanwhile (409).
    """
    unggahan = UnggahanCapaian.objects.select_for_update().get(pk=unggahan_id)
    if unggahan.status != UnggahanCapaian.Status.SIAP:
        raise TransisiDitolak(_("Berkas ini sudah disimpan. Unggah kembali bila ada perubahan."))
    salah = sum(b["hasil"] == "galat" for b in unggahan.baris)
    if salah and not hanya_sah:
        raise IsianTidakSah(
            _("%(n)d baris bergalat. Perbaiki berkasnya, atau simpan hanya baris yang sah.")
            % {"n": salah}
        )
    banyak = _keep(unggahan, aktor=aktor, sebagai=sebagai, now=now)
    unggahan.apply(pesan=_("%(n)d baris disimpan.") % {"n": banyak})
    unggahan.save(update_fields=["status", "pesan"])
    return banyak


def _keep(unggahan: UnggahanCapaian, *, aktor: Pengguna, sebagai: Penugasan, now: datetime) -> int:
    """Write the rows as they were judged; where that is not possible, judge them again.

    Raises:
        AksesDitolak, TransisiDitolak: as `apply_unggahan`.
    """
    oleh: _Oleh = {"aktor": aktor, "sebagai": sebagai, "now": now}
    ubah = [b for b in unggahan.baris if b["hasil"] == "ubah"]
    banyak = write_dinilai(formulir_id=unggahan.formulir_id, baris=ubah, **oleh)
    if banyak is not None:
        return banyak
    isian = {b["capaian_id"]: _read_isian(b) for b in ubah}
    hasil = save_semua_baris(formulir_id=unggahan.formulir_id, isian=isian, **oleh)
    if hasil.galat:
        raise TransisiDitolak(
            _("Formulir berubah sejak berkas diperiksa, jadi tidak ada yang disimpan. %(isi)s")
            % {"isi": " ".join(hasil.masalah)}
        )
    return hasil.tersimpan


def _read_isian(b: dict[str, Any]) -> IsianBaris:
    """A row as it was typed. Uploads checked by an earlier version lack uraian and komponen; in
    uraian empty texts are left out.
    """
    kosong = dict.fromkeys(URAIAN, "") if "uraian" in b else {}
    return IsianBaris(
        realisasi_teks=b["realisasi"],
        penjelasan=b["penjelasan"],
        versi=b["versi"],
        rtl=b.get("rtl", ""),
        uraian=kosong | b.get("uraian", {}),
        komponen={int(n): teks for n, teks in b.get("komponen", {}).items()},
    )
