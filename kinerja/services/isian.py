"""Keeping what a unit types: one row while it is typed, or the whole form at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from kinerja.models import Bukti, Capaian, FormulirCapaian
from kinerja.rules.isian import (
    URAIAN,
    IsianBaris,
    IsianTidakTerbaca,
    NilaiBaris,
    check_realisasi,
    read_isian,
)
from kinerja.rules.komposit import Komponen, Peran, Susunan, compose
from kinerja.selectors.baris import (
    Baris,
    build_bentuk,
    build_nilai,
    is_tersusun,
    list_bagian,
)
from kinerja.selectors.teks import find_iso, format_isian
from kinerja.services.bukti import attach_bukti, attach_tautan
from kinerja.services.kunci import lock_formulir, require_draf, require_pengisi
from organisasi.models import Pengguna, Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.angka import MAKS_DESIMAL, bulatkan, format_angka
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.massal import update_massal

_KOLOM = (
    "realisasi",
    "cara_realisasi",
    "penjelasan",
    *URAIAN,
    "rtl",
    "versi",
    "diisi_oleh",
)


# What is read of a row before it is written; the rest stays where it is.
_DIBACA = (
    *_KOLOM,
    "formulir_id",
    "jenis_nilai",
    "tingkatan",
    "is_dapat_negatif",
    "nilai_maks",
    "susunan",
    "pengali",
    "desimal",
    "rumus",
    "rtl_lalu",
    "periksa",
    "indikator__kode",
    "indikator__nama",
)


class BarisTidakSah(IsianTidakSah):
    """A row that cannot be understood; `galat` has a sentence per field name."""

    def __init__(self, capaian: Capaian, galat: dict[str, str]) -> None:
        super().__init__(f"{capaian.indikator.nama}: {' '.join(galat.values())}")
        self.galat = galat


class BarisBerubah(TransisiDitolak):
    """Somebody else changed the row meanwhile. `versi` is the present one: sent with the next
    attempt it says that the person has seen this and means to replace it. `kini`: what stands in
    the row, texts by field name, and who put it there.
    """

    def __init__(self, capaian: Capaian) -> None:
        siapa = capaian.diisi_oleh.nama if capaian.diisi_oleh else _("orang lain")
        realisasi = format_isian(capaian.realisasi, capaian)
        super().__init__(
            _(
                "%(indikator)s sudah diubah oleh %(siapa)s; realisasinya kini %(nilai)s. "
                "Isian Anda belum disimpan. Simpan sekali lagi bila isian Anda yang benar."
            )
            % {
                "indikator": capaian.indikator.nama,
                "siapa": siapa,
                "nilai": realisasi or _("kosong"),
            }
        )
        self.versi = capaian.versi
        bagian = capaian.komponen.all() if is_tersusun(capaian) else ()
        nilai = {f"komponen{k.urutan}": k.nilai for k in bagian}
        self.kini = {"oleh": siapa, "penjelasan": capaian.penjelasan}
        # As the field of the page holds it, so that it can be taken over there.
        self.kini["realisasi"] = find_iso(realisasi, capaian) or realisasi
        self.kini |= {nama: getattr(capaian, nama) for nama in (*URAIAN, "rtl")}
        self.kini |= {n: "" if v is None else format_angka(v) for n, v in nilai.items()}


@dataclass(frozen=True)
class Kiriman:
    """A whole posted form: rows and evidence by capaian id."""

    baris: Mapping[int, IsianBaris] = field(default_factory=dict)
    berkas: Mapping[int, Sequence[File[bytes]]] = field(default_factory=dict)
    berkas_rtl: Mapping[int, Sequence[File[bytes]]] = field(default_factory=dict)
    tautan: Mapping[int, str] = field(default_factory=dict)
    tautan_rtl: Mapping[int, str] = field(default_factory=dict)


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
        if is_tersusun(capaian):
            update_massal(list(capaian.komponen.all()), ["nilai"])
        record_isian(formulir, [perubahan], aktor=aktor, sebagai=sebagai, now=now)
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
    for pk, ruas, tempelkan in _list_bukti(kiriman, aktor=aktor, sebagai=sebagai, now=now):
        if pk in hasil.nama:
            _try_bukti(tempelkan, hasil.galat.setdefault(pk, {}), ruas)
    return HasilSimpan(hasil.tersimpan, {pk: g for pk, g in hasil.galat.items() if g}, hasil.nama)


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
        update_massal([baris[pk] for pk in berubah], _KOLOM)
        tersusun = [baris[pk] for pk in berubah if is_tersusun(baris[pk])]
        update_massal([k for c in tersusun for k in c.komponen.all()], ["nilai"])
        record_isian(formulir, list(berubah.values()), aktor=aktor, sebagai=sebagai, now=now)
    urut_galat = {pk: galat[pk] for pk in baris if pk in galat}
    return HasilSimpan(len(berubah), urut_galat, {pk: c.indikator.nama for pk, c in baris.items()})


def _list_baris(formulir: FormulirCapaian, pk: Sequence[int] | None = None) -> dict[int, Capaian]:
    """Rows with what saving looks at; whose they are is read once a person, parts where there are
    any.
    """
    baris = Capaian.objects.filter(formulir=formulir).select_related("indikator")
    baris = baris.only(*_DIBACA).prefetch_related("diisi_oleh")
    if pk is not None:
        baris = baris.filter(pk__in=pk)
    urut = baris.order_by("indikator__sasaran__urutan", "indikator__urutan", "indikator__pk")
    hasil = {c.pk: c for c in urut}
    if tersusun := [c for c in hasil.values() if is_tersusun(c)]:
        prefetch_related_objects(tersusun, "komponen")
    return hasil


def _apply(capaian: Capaian, isian: IsianBaris, aktor: Pengguna) -> dict[str, Any]:
    """Put the typed values on the row; what changed, as JSON values, empty when nothing did."""
    lama = build_nilai(capaian)
    try:
        baru = understand(capaian, isian, lama)
    except IsianTidakTerbaca as sebab:
        raise BarisTidakSah(capaian, sebab.galat) from sebab
    if baru == lama:
        return {}
    if capaian.is_terkunci:
        pesan = _("Sudah diverifikasi, sehingga tidak dapat diubah lagi.")
        raise BarisTidakSah(capaian, {"realisasi": pesan})
    if isian.versi != capaian.versi:
        raise BarisBerubah(capaian)
    _write(capaian, baru)
    capaian.versi += 1
    capaian.diisi_oleh = aktor
    return {
        "capaian": capaian.pk,
        "indikator": capaian.indikator_id,
        "kode": capaian.indikator.kode,
        "dari": write_jejak(lama),
        "ke": write_jejak(baru),
    }


def understand(capaian: Baris, isian: IsianBaris, lama: NilaiBaris) -> NilaiBaris:
    """The whole row as it would be with what was typed; nothing is changed. lama: what it holds.

    Raises:
        IsianTidakTerbaca: with every fault of the row.
    """
    return _complete(capaian, read_isian(_pick(capaian, isian), build_bentuk(capaian)), lama)


def _pick(capaian: Baris, isian: IsianBaris) -> IsianBaris:
    """What was typed into fields that this row has; a composed realisasi is reckoned, not typed."""
    uraian = isian.uraian
    if not capaian.rtl_lalu:
        uraian = {n: teks for n, teks in uraian.items() if n not in _LALU}
    if not is_tersusun(capaian):
        return IsianBaris(isian.realisasi_teks, isian.penjelasan, isian.versi, isian.rtl, uraian)
    ada = {k.urutan for k in list_bagian(capaian)}
    komponen = {n: teks for n, teks in isian.komponen.items() if n in ada}
    return isian._replace(uraian=uraian, komponen=komponen, realisasi_teks="")


_LALU = ("rtl_lalu_status", "rtl_lalu_keterangan")


def _complete(capaian: Baris, baru: NilaiBaris, lama: NilaiBaris) -> NilaiBaris:
    """With the stored values of what was not sent, and the realisasi that the parts make.

    Raises:
        IsianTidakTerbaca: the parts make an impossible figure.
    """
    baru = NilaiBaris(
        baru.realisasi,
        baru.penjelasan,
        lama.rtl if baru.rtl is None else baru.rtl,
        {**lama.uraian, **baru.uraian},
        {**lama.komponen, **baru.komponen},
    )
    if not is_tersusun(capaian):
        return baru
    nilai, _cara = _compose(capaian, baru)
    if nilai is not None and (salah := check_realisasi(nilai, build_bentuk(capaian))):
        raise IsianTidakTerbaca({"realisasi": salah})
    return baru._replace(realisasi=nilai)


def _compose(capaian: Baris, baru: NilaiBaris) -> tuple[Decimal | None, str]:
    """Realisasi of the parts, rounded to what is stored, and how it came about."""
    bagian = [
        Komponen(Peran(k.peran), k.bobot, baru.komponen[k.urutan]) for k in list_bagian(capaian)
    ]
    hasil = compose(Susunan(capaian.susunan), bagian, kali=capaian.pengali)
    if hasil.nilai is None:
        return None, hasil.alasan if any(k.nilai is not None for k in bagian) else ""
    nilai = bulatkan(hasil.nilai, MAKS_DESIMAL)
    return nilai, f"Realisasi {hasil.alasan} = {format_angka(nilai)}."


def _write(capaian: Capaian, baru: NilaiBaris) -> None:
    capaian.realisasi, capaian.penjelasan = baru.realisasi, baru.penjelasan
    capaian.rtl = baru.rtl or ""
    for nama, teks in baru.uraian.items():
        setattr(capaian, nama, teks)
    if is_tersusun(capaian):
        _nilai, capaian.cara_realisasi = _compose(capaian, baru)
        for k in capaian.komponen.all():
            k.nilai = baru.komponen.get(k.urutan)


def _list_bukti(
    kiriman: Kiriman, *, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> list[tuple[int, str, Callable[[], Bukti]]]:
    """What there is to attach: capaian id, name of the field, and the act."""
    tempel = partial(attach_bukti, aktor=aktor, sebagai=sebagai, now=now)
    kaitkan = partial(attach_tautan, aktor=aktor, sebagai=sebagai, now=now)
    hasil: list[tuple[int, str, Callable[[], Bukti]]] = []
    for untuk, ruas, berkas, tautan in (
        (Bukti.Untuk.REALISASI, "bukti", kiriman.berkas, kiriman.tautan),
        (Bukti.Untuk.RTL, "bukti_rtl", kiriman.berkas_rtl, kiriman.tautan_rtl),
    ):
        for pk, daftar in berkas.items():
            hasil += [
                (pk, ruas, partial(tempel, capaian_id=pk, berkas=b, untuk=untuk)) for b in daftar
            ]
        for pk, alamat in tautan.items():
            if alamat.strip():
                kerja = partial(kaitkan, capaian_id=pk, tautan=alamat, untuk=untuk)
                hasil.append((pk, ruas, kerja))
    return hasil


def _try_bukti(tempelkan: Callable[[], Bukti], galat: dict[str, str], ruas: str) -> None:
    try:
        tempelkan()
    except IsianTidakSah as ditolak:
        galat[ruas] = f"{galat[ruas]} {ditolak.pesan}" if ruas in galat else ditolak.pesan


def write_jejak(nilai: NilaiBaris) -> dict[str, str | None]:
    """A row's values as its trail keeps them; texts that are empty are left out."""
    realisasi = None if nilai.realisasi is None else format_angka(nilai.realisasi)
    isi = {"realisasi": realisasi, "penjelasan": nilai.penjelasan}
    for n, teks in nilai.uraian.items():
        if teks:
            isi[n] = teks
    for nomor, v in nilai.komponen.items():
        isi[f"komponen{nomor}"] = None if v is None else format_angka(v)
    if nilai.rtl:
        isi["rtl"] = nilai.rtl
    return isi


def record_isian(
    formulir: FormulirCapaian,
    perubahan: list[dict[str, Any]],
    *,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> None:
    """Note rows that a person wrote, as `_apply` describes them, as one act on the form."""
    record_jejak(
        formulir,
        aksi="kinerja.capaian.fill",
        aktor=aktor,
        now=now,
        sebagai=sebagai,
        baris=perubahan,
    )
    formulir.save(update_fields=["jejak_urut", "jejak_sidik"])
