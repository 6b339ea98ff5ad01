"""The grid in which a unit fills in its figures, exactly as the template shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from kinerja.models import Bukti, Capaian, FormulirCapaian, Sasaran
from kinerja.rules.capaian import ARAH_KATA, RUMUS_KATA, Hasil, Polaritas, Rumus, mean_capaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.kategori import Pengaturan
from kinerja.rules.kelengkapan import warn_baris
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.selectors.setahun import Setahun, list_setahun
from kinerja.selectors.teks import (
    describe_kategori,
    format_isian,
    format_target,
    list_pilihan,
)
from organisasi.models import Penugasan
from sakip.common.angka import format_persen

# Formulas that the page can show while a figure is typed; the server reckons every one.
_PERAMBAN = (Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN)
Galat = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class TautanBukti:
    """One file of evidence as a link."""

    nama: str
    url: str
    hapus_url: str


@dataclass(frozen=True)
class BarisKisi:
    """One row. Field names on the page are realisasi-<pk>, penjelasan-<pk>, versi-<pk>, bukti-<pk>.

    rumus: key of the formula. target: plain decimal, "" where there is none. kembali: an examiner
    left a note on it (`catatan`), which the unit answers in rtl-<pk>. terkunci: found right.
    """

    pk: int
    nomor: int
    indikator: str
    satuan: str
    definisi: str
    arah: str
    arah_kata: str
    rumus: str
    rumus_kata: str
    target: str
    target_teks: str
    pilihan: list[str]
    is_dihitung_peramban: bool
    realisasi_teks: str
    capaian_teks: str
    kategori: str
    kategori_warna: str
    alasan: str
    bukti: list[TautanBukti]
    penjelasan: str
    galat: dict[str, str]
    ingat: str
    kembali: bool
    catatan: str
    rtl: str
    terkunci: bool
    versi: int
    simpan_url: str
    unggah_url: str
    setahun: Setahun | None = None


@dataclass(frozen=True)
class KelompokKisi:
    """Rows under the heading of their sasaran."""

    judul: str
    baris: list[BarisKisi]


@dataclass(frozen=True)
class Kisi:
    """The whole grid with its totals."""

    formulir: FormulirCapaian
    kelompok: list[KelompokKisi]
    bisa_isi: bool
    banyak: int
    terisi: int
    berbukti: int
    rerata_teks: str
    kembali: int
    dikembalikan: list[BarisKisi]


def visible_formulir(penugasan: Sequence[Penugasan]) -> QuerySet[FormulirCapaian]:
    """Forms of the offices in which one of these mandates is held."""
    kantor = {p.jabatan.instansi_id for p in penugasan}
    return FormulirCapaian.objects.filter(unit__instansi__in=kantor).select_related(
        "unit__instansi"
    )


def get_kisi(
    formulir: FormulirCapaian,
    *,
    bisa_isi: bool,
    galat: Galat | None = None,
    isian: Mapping[int, IsianBaris] | None = None,
) -> Kisi:
    """The grid of one form. Six queries, however many rows.

    bisa_isi: whether this person may type; a form that is not draf can never be typed into.
    galat: faults by capaian id and field. isian: what was typed in rows with faults, shown again.
    """
    galat, isian = galat or {}, isian or {}
    capaian = list(
        Capaian.objects.filter(formulir=formulir)
        .select_related("indikator__sasaran")
        .prefetch_related("bukti")
        .order_by(
            "indikator__sasaran__tujuan__kode",
            "indikator__sasaran__urutan",
            "indikator__sasaran__pk",
            "indikator__urutan",
            "indikator__pk",
        )
    )
    hasil = {c.pk: c.hasil for c in capaian}
    pengaturan = get_pengaturan(formulir.unit.instansi_id)
    setahun = list_setahun(formulir, capaian)
    baris = {
        c.pk: replace(
            _build_baris(c, n, pengaturan, galat.get(c.pk, {}), isian.get(c.pk)),
            setahun=setahun[c.pk],
        )
        for n, c in enumerate(capaian, 1)
    }
    rerata = mean_capaian(hasil.values())
    return Kisi(
        formulir=formulir,
        kelompok=[
            KelompokKisi(judul_sasaran(sasaran), [baris[c.pk] for c in isi])
            for sasaran, isi in groupby(capaian, key=lambda c: c.indikator.sasaran)
        ],
        bisa_isi=bisa_isi and formulir.is_draf,
        banyak=len(capaian),
        terisi=sum(c.realisasi is not None for c in capaian),
        berbukti=sum(bool(b.bukti) for b in baris.values()),
        rerata_teks="–" if rerata.persen is None else format_persen(rerata.persen),
        kembali=sum(b.kembali for b in baris.values()),
        dikembalikan=[b for b in baris.values() if b.kembali],
    )


def describe_baris(capaian: Capaian) -> dict[str, Any]:
    """What a script puts beside a row after saving it; the server's word, not the browser's."""
    hasil = capaian.hasil
    pengaturan = get_pengaturan(capaian.formulir.unit.instansi_id)
    kategori, warna = describe_kategori(hasil, pengaturan)
    return {
        "versi": capaian.versi,
        "realisasi_teks": format_isian(capaian.realisasi, capaian.indikator),
        "capaian_teks": hasil.teks,
        "kategori": kategori,
        "kategori_warna": warna,
        "alasan": hasil.alasan,
        "ingat": _build_ingat(capaian, hasil, pengaturan),
    }


def sum_kisi(formulir_id: int) -> dict[str, Any]:
    """Totals of a grid as JSON values, for the figures above it. Two queries."""
    baris = list(Capaian.objects.filter(formulir=formulir_id).prefetch_related("bukti"))
    rerata = mean_capaian(c.hasil for c in baris)
    return {
        "terisi": sum(c.realisasi is not None for c in baris),
        "rerata_teks": "–" if rerata.persen is None else format_persen(rerata.persen),
        "berbukti": sum(bool(c.bukti.all()) for c in baris),
    }


def build_tautan(capaian: Capaian) -> list[dict[str, str]]:
    """Evidence of one row as JSON values. One query."""
    return [asdict(build_bukti(b)) for b in Bukti.objects.filter(capaian=capaian)]


def judul_sasaran(sasaran: Sasaran) -> str:
    """ "Sasaran 2. Menurunnya angka kesakitan"."""
    return f"Sasaran {sasaran.kode}. {sasaran.uraian}"


def _build_baris(
    c: Capaian,
    nomor: int,
    pengaturan: Pengaturan,
    galat: Mapping[str, str],
    isian: IsianBaris | None,
) -> BarisKisi:
    i, rumus, diketik, hasil = c.indikator, Rumus(c.rumus), isian if galat else None, c.hasil
    kategori, warna = describe_kategori(hasil, pengaturan)
    tersimpan = format_isian(c.realisasi, i)
    return BarisKisi(
        pk=c.pk,
        nomor=nomor,
        indikator=i.nama,
        satuan=i.satuan,
        definisi=i.definisi_operasional,
        arah=rumus.polaritas.value,
        arah_kata=ARAH_KATA[Polaritas(rumus.polaritas)],
        rumus=rumus.value,
        rumus_kata=RUMUS_KATA[rumus],
        target="" if c.target_nilai is None else f"{c.target_nilai.normalize():f}",
        target_teks=format_target(c.target_nilai, i, c.target_atas),
        pilihan=list_pilihan(i),
        is_dihitung_peramban=c.target_atas is None and rumus.value in _PERAMBAN,
        realisasi_teks=diketik.realisasi_teks if diketik else tersimpan,
        capaian_teks=hasil.teks,
        kategori=kategori,
        kategori_warna=warna,
        alasan=hasil.alasan,
        bukti=[build_bukti(b) for b in c.bukti.all()],
        penjelasan=diketik.penjelasan if diketik else c.penjelasan,
        galat=dict(galat),
        ingat=_build_ingat(c, hasil, pengaturan),
        kembali=bool(c.catatan_pemeriksa),
        catatan=c.catatan_pemeriksa,
        rtl=c.rtl if diketik is None or diketik.rtl is None else diketik.rtl,
        terkunci=c.is_terkunci,
        versi=c.versi,
        simpan_url=reverse("kinerja:save-baris", args=[c.pk]),
        unggah_url=reverse("kinerja:attach-bukti", args=[c.pk]),
    )


def _build_ingat(c: Capaian, hasil: Hasil, pengaturan: Pengaturan) -> str:
    return "" if c.is_terkunci else warn_baris(hasil, c.penjelasan, pengaturan)


def build_bukti(bukti: Bukti) -> TautanBukti:
    """One file of evidence as a link."""
    return TautanBukti(
        bukti.nama_asli,
        reverse("kinerja:download-bukti", args=[bukti.pk]),
        reverse("kinerja:remove-bukti", args=[bukti.pk]),
    )
