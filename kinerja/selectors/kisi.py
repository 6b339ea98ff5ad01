"""The grid in which a unit fills in its figures, exactly as the template shows it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse

from kinerja.models import Bukti, Capaian, FormulirCapaian, Sasaran
from kinerja.rules.capaian import Hasil, mean_capaian
from kinerja.rules.isian import URAIAN, IsianBaris
from kinerja.rules.kategori import Pengaturan
from kinerja.rules.kelengkapan import list_kekurangan, warn_baris
from kinerja.selectors.baris import URUT, build_uraian, is_tersusun
from kinerja.selectors.definisi import build_definisi, polos
from kinerja.selectors.pengaturan import get_pengaturan_formulir
from kinerja.selectors.setahun import Setahun, list_setahun
from kinerja.selectors.teks import (
    Pilihan,
    describe_kategori,
    find_iso,
    format_isian,
    list_pilihan,
)
from organisasi.models import Penugasan
from sakip.common.angka import format_angka, format_persen

Galat = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class TautanBukti:
    """One piece of evidence as a link. host: where an address leads, "" of a file."""

    nama: str
    url: str
    hapus_url: str
    host: str = ""


@dataclass(frozen=True)
class KomponenKisi:
    """One part of a composed realisasi, a row of its own: komponen<urutan>-<pk of the row>."""

    urutan: int
    nama: str
    peran: str
    peran_kata: str
    bobot: str
    teks: str
    galat: str


@dataclass(frozen=True)
class RtlLalu:
    """What the last period promised, and how the unit says it fares."""

    teks: str
    dari: str
    status: str
    status_kata: str
    keterangan: str
    bukti: list[TautanBukti]


@dataclass(frozen=True)
class BarisKisi:
    """One row. Field names on the page are realisasi-<pk>, penjelasan-<pk>, versi-<pk>, bukti-<pk>.

    komponen: the parts where the realisasi is made of them; susunan, pengali: how. uraian: texts
    kendala, solusi and rencana; is_uraian_terbuka: they hold something or are asked for.
    rumus: key of the formula. target, atas, batas, lantai, toleransi: its settings as plain
    decimals, "" where there is none. is_kata: judged in words, so no realisasi is asked for.
    tanggal: the day as a browser's own field holds it, None where another field asks. kembali: an
    examiner left a note on it (`catatan`), which the unit answers in rtl-<pk>. terkunci: found
    right.
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
    atas: str
    batas: str
    lantai: str
    toleransi: str
    is_kata: bool
    tanggal: str | None
    pilihan: list[Pilihan]
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
    susunan: str
    susunan_kata: str
    pengali: str
    komponen: list[KomponenKisi]
    maks: str
    maks_bukti: int
    dapat_negatif: bool
    uraian: dict[str, str]
    is_uraian_terbuka: bool
    rtl_lalu: RtlLalu | None = None
    setahun: Setahun | None = None


@dataclass(frozen=True)
class KelompokKisi:
    """Rows under the heading of their sasaran."""

    judul: str
    baris: list[BarisKisi]


@dataclass(frozen=True)
class Kisi:
    """The whole grid with its totals. pengaturan: how the office judged when it was opened.

    penilaian: the same as JSON, so that the browser shows the office's own categories.
    """

    formulir: FormulirCapaian
    kelompok: list[KelompokKisi]
    bisa_isi: bool
    banyak: int
    terisi: int
    berbukti: int
    rerata_teks: str
    kembali: int
    dikembalikan: list[BarisKisi]
    lengkap: int
    penilaian: str


def visible_formulir(penugasan: Sequence[Penugasan]) -> QuerySet[FormulirCapaian]:
    """Forms of the offices in which one of these mandates is held."""
    kantor = {p.jabatan.instansi_id for p in penugasan}
    return FormulirCapaian.objects.filter(unit__instansi__in=kantor).select_related(
        "unit__instansi"
    )


def list_putaran(formulir: FormulirCapaian) -> list[FormulirCapaian]:
    """Every round of the same unit and period, oldest first. One query."""
    satu = FormulirCapaian.objects.filter(
        unit=formulir.unit_id, tahun=formulir.tahun, triwulan=formulir.triwulan
    )
    return [*satu.order_by("putaran")]


def get_kisi(
    formulir: FormulirCapaian,
    *,
    bisa_isi: bool,
    galat: Galat | None = None,
    isian: Mapping[int, IsianBaris] | None = None,
) -> Kisi:
    """The grid of one form. Three queries, however many rows; one more for rows made of parts.

    bisa_isi: whether this person may type; a form that is not draf can never be typed into.
    galat: faults by capaian id and field. isian: what was typed in rows with faults, shown again.
    """
    galat, isian = galat or {}, isian or {}
    daftar = Capaian.objects.filter(formulir=formulir).select_related("indikator__sasaran")
    capaian = list(daftar.prefetch_related("bukti").order_by(*URUT))
    for c in capaian:
        c.formulir = formulir
    prefetch_related_objects([c for c in capaian if is_tersusun(c)], "komponen")
    pengaturan = get_pengaturan_formulir(formulir)
    setahun = list_setahun(formulir, capaian)
    baris = {
        c.pk: replace(
            _build_baris(c, n, pengaturan, galat.get(c.pk, {}), isian.get(c.pk)),
            setahun=setahun[c.pk],
        )
        for n, c in enumerate(capaian, 1)
    }
    rerata = mean_capaian(c.hasil for c in capaian)
    return Kisi(
        formulir=formulir,
        kelompok=[
            KelompokKisi(judul_sasaran(sasaran), [baris[c.pk] for c in isi])
            for sasaran, isi in groupby(capaian, key=lambda c: c.indikator.sasaran)
        ],
        bisa_isi=bisa_isi and formulir.is_draf,
        banyak=len(capaian),
        terisi=sum(c.is_terisi for c in capaian),
        berbukti=sum(bool(b.bukti) for b in baris.values()),
        rerata_teks="–" if rerata.persen is None else format_persen(rerata.persen),
        kembali=sum(b.kembali for b in baris.values()),
        dikembalikan=[b for b in baris.values() if b.kembali],
        lengkap=_count_lengkap(capaian, pengaturan),
        penilaian=json.dumps(pengaturan.to_json()),
    )


def describe_baris(capaian: Capaian) -> dict[str, Any]:
    """What a script puts beside a row after saving it; the server's word, not the browser's."""
    hasil = capaian.hasil
    pengaturan = get_pengaturan_formulir(capaian.formulir)
    kategori, _warna = describe_kategori(hasil, pengaturan, terverifikasi=False)
    return {
        "versi": capaian.versi,
        "realisasi_teks": format_isian(capaian.realisasi, capaian),
        "capaian_teks": hasil.teks,
        "kategori": kategori,
        "alasan": hasil.alasan,
        "ingat": _build_ingat(capaian, hasil, pengaturan),
    }


def sum_kisi(formulir: FormulirCapaian) -> dict[str, Any]:
    """Totals of a grid as JSON values, for the figures above it. Two queries."""
    baris = list(Capaian.objects.filter(formulir=formulir).prefetch_related("bukti"))
    rerata = mean_capaian(c.hasil for c in baris)
    return {
        "terisi": sum(c.is_terisi for c in baris),
        "rerata_teks": "–" if rerata.persen is None else format_persen(rerata.persen),
        "berbukti": sum(bool(list_bukti(c)) for c in baris),
        "lengkap": _count_lengkap(baris, get_pengaturan_formulir(formulir)),
    }


def _count_lengkap(capaian: Sequence[Capaian], pengaturan: Pengaturan) -> int:
    """How many rows can be handed in as they are."""
    return sum(
        c.is_terkunci or not list_kekurangan(c.hasil, build_uraian(c), pengaturan) for c in capaian
    )


def list_bukti(c: Capaian, untuk: str = Bukti.Untuk.REALISASI) -> list[TautanBukti]:
    """Evidence of one kind beside a row. One query where it was not prefetched."""
    return [build_bukti(b) for b in c.bukti.all() if b.untuk == untuk]


def build_tautan(capaian: Capaian, untuk: str = Bukti.Untuk.REALISASI) -> list[dict[str, str]]:
    """Evidence of one row as JSON values. One query."""
    return [asdict(build_bukti(b)) for b in Bukti.objects.filter(capaian=capaian, untuk=untuk)]


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
    diketik, hasil = isian if galat else None, c.hasil
    kategori, warna = describe_kategori(
        hasil, pengaturan, terverifikasi=c.formulir.is_terverifikasi
    )
    tersimpan = format_isian(c.realisasi, c)
    uraian = {n: getattr(c, n) for n in URAIAN} | dict(diketik.uraian if diketik else {})
    tersusun = is_tersusun(c)
    ketikan = diketik.realisasi_teks if diketik and not tersusun else tersimpan
    return BarisKisi(
        **build_definisi(c),
        pk=c.pk,
        nomor=nomor,
        pilihan=[] if tersusun else list_pilihan(c),
        realisasi_teks=ketikan,
        tanggal=find_iso(ketikan, c),
        capaian_teks=hasil.teks,
        kategori=kategori,
        kategori_warna=warna,
        alasan=hasil.alasan,
        bukti=list_bukti(c),
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
        komponen=_list_komponen(c, galat, diketik) if tersusun else [],
        uraian={n: uraian[n] for n in ("kendala", "solusi", "rencana")},
        is_uraian_terbuka=_is_uraian_terbuka(c, uraian, galat, pengaturan),
        rtl_lalu=build_rtl_lalu(c, uraian),
    )


def _list_komponen(
    c: Capaian, galat: Mapping[str, str], diketik: IsianBaris | None
) -> list[KomponenKisi]:
    ketik = diketik.komponen if diketik else {}
    return [
        KomponenKisi(
            urutan=k.urutan,
            nama=k.nama,
            peran=k.peran,
            peran_kata=str(k.get_peran_display()),
            bobot=polos(k.bobot),
            teks=ketik.get(k.urutan, "" if k.nilai is None else format_angka(k.nilai)),
            galat=galat.get(f"komponen{k.urutan}", ""),
        )
        for k in c.komponen.all()
    ]


def build_rtl_lalu(c: Capaian, uraian: Mapping[str, str] | None = None) -> RtlLalu | None:
    """The RTL of the last period beside a row, None where there was none. For every page that
    shows the row; without prefetched evidence one query.
    """
    if not c.rtl_lalu:
        return None
    status = (uraian or {}).get("rtl_lalu_status", c.rtl_lalu_status)
    return RtlLalu(
        teks=c.rtl_lalu,
        dari=c.rtl_lalu_dari,
        status=status,
        status_kata=str(dict(Capaian.StatusRtl.choices).get(status, status)),
        keterangan=(uraian or {}).get("rtl_lalu_keterangan", c.rtl_lalu_keterangan),
        bukti=list_bukti(c, Bukti.Untuk.RTL),
    )


def _is_uraian_terbuka(
    c: Capaian, uraian: Mapping[str, str], galat: Mapping[str, str], pengaturan: Pengaturan
) -> bool:
    ruas = ("kendala", "solusi", "rencana")
    kurang = list_kekurangan(c.hasil, build_uraian(c), pengaturan)
    return any(uraian[n] or n in galat or n in kurang for n in ruas)


def _build_ingat(c: Capaian, hasil: Hasil, pengaturan: Pengaturan) -> str:
    return "" if c.is_terkunci else warn_baris(hasil, build_uraian(c), pengaturan)


def build_bukti(bukti: Bukti) -> TautanBukti:
    """One piece of evidence as a link; both kinds open through us, which is how it is logged."""
    return TautanBukti(
        bukti.nama_asli,
        reverse("kinerja:download-bukti", args=[bukti.pk]),
        reverse("kinerja:remove-bukti", args=[bukti.pk]),
        bukti.host,
    )
