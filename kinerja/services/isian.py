"""Keeping what a unit types: one row while it is typed, or the whole form at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.isian import IsianBaris, IsianTidakTerbaca, NilaiBaris, read_isian
from kinerja.rules.nilai import JenisNilai, read_tingkat
from kinerja.services.bukti import attach_bukti
from kinerja.services.kunci import lock_formulir, require_draf, require_pengisi
from organisasi.models import Pengguna, Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.angka import format_angka
from sakip.common.errors import IsianTidakSah, TransisiDitolak

_KOLOM = ("realisasi", "penjelasan", "rtl", "versi", "diisi_oleh")


class BarisTidakSah(IsianTidakSah):
    """A row that cannot be understood; `galat` has a sentence per field name."""

    def __init__(self, capaian: Capaian, galat: dict[str, str]) -> None:
        super().__init__(f"{capaian.indikator.nama}: {' '.join(galat.values())}")
        self.galat = galat


class BarisBerubah(TransisiDitolak):
    """Somebody else changed the row meanwhile. `versi` is the present one: sent with the next
    attempt it says that the person has seen this and means to replace it.
    """

    def __init__(self, capaian: Capaian) -> None:
        siapa = capaian.diisi_oleh.nama if capaian.diisi_oleh else _("orang lain")
        nilai = capaian.realisasi
        super().__init__(
            _(
                "%(indikator)s sudah diubah oleh %(siapa)s; realisasinya kini %(nilai)s. "
                "Isian Anda belum disimpan. Simpan sekali lagi bila isian Anda yang benar."
            )
            % {
                "indikator": capaian.indikator.nama,
                "siapa": siapa,
                "nilai": _("kosong") if nilai is None else format_angka(nilai),
            }
        )
        self.versi = capaian.versi


@dataclass(frozen=True)
class Kiriman:
    """A whole posted form: rows and files by capaian id."""

    baris: Mapping[int, IsianBaris] = field(default_factory=dict)
    berkas: Mapping[int, Sequence[File[bytes]]] = field(default_factory=dict)


@dataclass(frozen=True)
class HasilSimpan:
    """What saving a whole form did: rows written, and faults by capaian id and field name."""

    tersimpan: int
    galat: dict[int, dict[str, str]]
    nama: dict[int, str]

    @property
    def masalah(self) -> list[str]:
        """The faults as sentences that name their indikator."""
        return [
            f"{self.nama[pk]}: {kalimat}"
            for pk, galat in self.galat.items()
            for kalimat in galat.values()
        ]


@transaction.atomic
def save_baris(
    *, capaian_id: int, isian: IsianBaris, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> Capaian:
    """Keep one row. The same content sent twice is kept once.

    Raises:
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: the form was handed in, or the row changed meanwhile (BarisBerubah) (409).
        BarisTidakSah: an IsianTidakSah that says which field and why; nothing is changed (422).
    """
    formulir_id = Capaian.objects.values_list("formulir", flat=True).get(pk=capaian_id)
    formulir = lock_formulir(formulir_id)
    require_pengisi(formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_draf(formulir)
    capaian = _list_baris(formulir, [capaian_id])[capaian_id]
    perubahan = _apply(capaian, isian, aktor)
    if perubahan:
        capaian.save(update_fields=_KOLOM)
        _record(formulir, [perubahan], aktor=aktor, sebagai=sebagai, now=now)
    return capaian


def save_formulir(
    *, formulir_id: int, kiriman: Kiriman, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> HasilSimpan:
    """Keep every row and file that can be kept, and say what is wrong with the others.

    Rows that are not of this form are ignored.

    Raises:
        AksesDitolak, TransisiDitolak: as `save_baris`; then nothing is kept.
    """
    hasil = save_semua_baris(
        formulir_id=formulir_id, isian=kiriman.baris, aktor=aktor, sebagai=sebagai, now=now
    )
    for pk, daftar in kiriman.berkas.items():
        for berkas in daftar if pk in hasil.nama else ():
            try:
                attach_bukti(capaian_id=pk, berkas=berkas, aktor=aktor, sebagai=sebagai, now=now)
            except IsianTidakSah as ditolak:
                hasil.galat.setdefault(pk, {})["bukti"] = ditolak.pesan
    return hasil


@transaction.atomic
def save_semua_baris(
    *,
    formulir_id: int,
    isian: Mapping[int, IsianBaris],
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> HasilSimpan:
    """Rows of a form, those that can be kept; the others stand in `galat` of the outcome.

    Raises:
        AksesDitolak, TransisiDitolak: as `save_baris`; then nothing is kept.
    """
    formulir = lock_formulir(formulir_id)
    require_pengisi(formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_draf(formulir)
    baris = _list_baris(formulir)
    galat: dict[int, dict[str, str]] = {}
    berubah: dict[int, dict[str, Any]] = {}
    for pk in isian.keys() & baris.keys():
        try:
            perubahan = _apply(baris[pk], isian[pk], aktor)
        except BarisTidakSah as ditolak:
            galat[pk] = ditolak.galat
        except BarisBerubah as ditolak:
            galat[pk] = {"realisasi": ditolak.pesan}
        else:
            berubah |= {pk: perubahan} if perubahan else {}
    if berubah:
        Capaian.objects.bulk_update([baris[pk] for pk in berubah], _KOLOM)
        _record(formulir, list(berubah.values()), aktor=aktor, sebagai=sebagai, now=now)
    urut_galat = {pk: galat[pk] for pk in baris if pk in galat}
    return HasilSimpan(len(berubah), urut_galat, {pk: c.indikator.nama for pk, c in baris.items()})


def _list_baris(formulir: FormulirCapaian, pk: Sequence[int] | None = None) -> dict[int, Capaian]:
    baris = Capaian.objects.filter(formulir=formulir).select_related("indikator", "diisi_oleh")
    if pk is not None:
        baris = baris.filter(pk__in=pk)
    urut = baris.order_by("indikator__sasaran__urutan", "indikator__urutan", "indikator__pk")
    return {c.pk: c for c in urut}


def _apply(capaian: Capaian, isian: IsianBaris, aktor: Pengguna) -> dict[str, Any]:
    """Put the typed values on the row; what changed, as JSON values, empty when nothing did."""
    try:
        baru = read_isian(
            isian,
            dapat_negatif=capaian.indikator.is_dapat_negatif,
            jenis=JenisNilai(capaian.jenis_nilai),
            tingkat=read_tingkat(capaian.tingkatan),
        )
    except IsianTidakTerbaca as sebab:
        raise BarisTidakSah(capaian, sebab.galat) from sebab
    lama = NilaiBaris(capaian.realisasi, capaian.penjelasan, capaian.rtl)
    baru = replace(baru, rtl=lama.rtl if baru.rtl is None else baru.rtl)
    if baru == lama:
        return {}
    if capaian.is_terkunci:
        pesan = _("Sudah diverifikasi, sehingga tidak dapat diubah lagi.")
        raise BarisTidakSah(capaian, {"realisasi": pesan})
    if isian.versi != capaian.versi:
        raise BarisBerubah(capaian)
    capaian.realisasi, capaian.penjelasan = baru.realisasi, baru.penjelasan
    capaian.rtl = baru.rtl or ""
    capaian.versi += 1
    capaian.diisi_oleh = aktor
    return {"indikator": capaian.indikator.kode, "dari": _json(lama), "ke": _json(baru)}


def _json(nilai: NilaiBaris) -> dict[str, str | None]:
    realisasi = None if nilai.realisasi is None else format_angka(nilai.realisasi)
    isi = {"realisasi": realisasi, "penjelasan": nilai.penjelasan}
    return isi | ({"rtl": nilai.rtl} if nilai.rtl else {})


def _record(
    formulir: FormulirCapaian,
    perubahan: list[dict[str, Any]],
    *,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> None:
    record_jejak(
        formulir,
        aksi="kinerja.capaian.fill",
        aktor=aktor,
        now=now,
        sebagai=sebagai,
        baris=perubahan,
    )
    formulir.save(update_fields=["jejak_urut", "jejak_sidik"])
