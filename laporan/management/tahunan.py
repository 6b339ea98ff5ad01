"""A whole year of one demo office, so that an annual report can be made: plan, agreement, actions,
figures of four triwulan with the words and evidence of the units.

Everything goes through the services, as the people of the office would do it; what exists already
is left alone. No report is begun and no signature is made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.db import transaction

from kinerja.models import Capaian, FormulirCapaian, Indikator, Program, RencanaAksi
from kinerja.rules.isian import IsianBaris
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.rules.perjanjian import Pihak
from kinerja.rules.target import IsiTarget
from kinerja.selectors.perjanjian import build_isi, find_pihak
from kinerja.services.aksi import save_aksi
from kinerja.services.formulir import open_banyak, submit_formulir
from kinerja.services.isian import Kiriman, save_formulir
from kinerja.services.muat import load_rencana
from kinerja.services.pemeriksaan import ratify_banyak
from kinerja.services.perjanjian import PerjanjianBaru, open_perjanjian, seal_perjanjian
from kinerja.services.tanda import Pemeriksa
from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan, UnitKerja
from organisasi.selectors import list_penugasan_for
from sakip.common.angka import parse_angka
from sakip.common.lembar_tulis import add_lembar, new_buku, to_bytes, tulis, tulis_judul
from sakip.env import BASE_DIR

KANTOR, TAHUN = "dinkes-mojokerto", 2024
# Moments of 2024 at which the agreement was signed and each triwulan was handed in.
_DITETAPKAN = datetime(TAHUN, 1, 22, 3, 0, tzinfo=UTC)
_DIKIRIM = (
    datetime(TAHUN, 4, 5, 2, 0, tzinfo=UTC),
    datetime(TAHUN, 7, 4, 2, 0, tzinfo=UTC),
    datetime(TAHUN, 10, 4, 2, 0, tzinfo=UTC),
    datetime(TAHUN + 1, 1, 8, 2, 0, tzinfo=UTC),
)
_SEBELUM_AKHIR = "Angka sementara menurut laporan bulanan sampai akhir triwulan."
_BERLANJUT = "Dilaksanakan bertahap sampai akhir tahun."
_URAIAN = ("kendala", "solusi", "rencana")


@dataclass(frozen=True)
class _Kantor:
    """The office and the words of its units."""

    instansi: Instansi
    isi: dict[str, Any]

    def orang(self, jabatan: str, unit: UnitKerja | None, pada: datetime) -> Penugasan:
        """Who holds the post then, for the unit where it is one of several."""
        dipegang = Penugasan.objects.berlaku(pada).filter(
            jabatan__instansi=self.instansi, jabatan__kode=jabatan, unit=unit
        )
        return dipegang.select_related("pengguna", "jabatan", "unit").order_by("pk")[0]


def read_isi() -> dict[str, Any]:
    """What the units and the writer of the demo wrote."""
    berkas = BASE_DIR / "laporan/data/contoh-tahunan.yaml"
    isi: dict[str, Any] = yaml.safe_load(berkas.read_text(encoding="utf-8"))
    return isi


@transaction.atomic
def load_tahunan() -> int:
    """How many forms were handed in; none where the year is there already."""
    instansi = Instansi.objects.select_for_update().get(kode=KANTOR)
    if FormulirCapaian.objects.filter(unit__instansi=instansi, tahun=TAHUN).exists():
        return 0
    teks = (BASE_DIR / "kinerja/data/contoh-tahunan.yaml").read_text(encoding="utf-8")
    load_rencana(teks=teks, instansi=instansi, aktor=None, now=_DITETAPKAN)
    kantor = _Kantor(instansi, read_isi()["indikator"])
    _agree(kantor)
    for aksi, target in _list_aksi(kantor):
        pelaku = kantor.orang("perencana", None, _DITETAPKAN)
        save_aksi(aksi=aksi, target=target, aktor=pelaku.pengguna, now=_DITETAPKAN)
    return sum(_hand_in(kantor, Periode(TAHUN, t)) for t in TRIWULAN)


def _agree(kantor: _Kantor) -> None:
    """The agreement of the year, as it was signed on paper before the office used this."""
    kepala = Jabatan.objects.get(instansi=kantor.instansi, kode="kepala_dinas")
    baru = PerjanjianBaru(tahun=TAHUN, pertama_jabatan_id=kepala.pk)
    perjanjian = open_perjanjian(instansi=kantor.instansi, baru=baru, now=_DITETAPKAN)
    seal_perjanjian(
        perjanjian_id=perjanjian.pk,
        isi=build_isi(kantor.instansi, TAHUN),
        pihak=(find_pihak(kepala.pk, None, pada=_DITETAPKAN), Pihak("Bupati contoh", "Bupati")),
        pada=_DITETAPKAN,
    )


def _list_aksi(
    kantor: _Kantor,
) -> Iterator[tuple[RencanaAksi, dict[int, IsiTarget]]]:
    program = list(Program.objects.filter(instansi=kantor.instansi, tahun=TAHUN, jenis="kegiatan"))
    for i in _list_indikator(kantor):
        isi = kantor.isi[i.kode]["aksi"]
        sendiri = [p for p in program if p.unit_id == i.unit_id]
        aksi = RencanaAksi(
            indikator=i,
            tahun=TAHUN,
            unit=i.unit,
            program=sendiri[0] if sendiri else None,
            uraian=isi["uraian"],
            keluaran=isi["keluaran"],
            satuan=isi["satuan"],
            jadwal="Januari sampai Desember",
        )
        nilai = zip(TRIWULAN, isi["target"], strict=True)
        yield aksi, {t: IsiTarget(Decimal(n)) for t, n in nilai}


def _list_indikator(kantor: _Kantor) -> list[Indikator]:
    daftar = Indikator.objects.filter(
        sasaran__tujuan__instansi=kantor.instansi, sasaran__tujuan__tahun_akhir=TAHUN
    )
    return list(daftar.select_related("unit", "sasaran__tujuan").order_by("pk"))


def _hand_in(kantor: _Kantor, periode: Periode) -> int:
    """Every unit fills in, hands in, and the figures are ratified with the report of the time."""
    now = _DIKIRIM[periode.triwulan - 1]
    unit = list(UnitKerja.objects.filter(indikator__in=_list_indikator(kantor)).distinct())
    formulir = open_banyak(unit_ids=[u.pk for u in unit], periode=periode, now=now)
    for u in unit:
        mandat = kantor.orang("staf", u, now)
        _fill(kantor, formulir[u.pk], mandat, now)
        submit_formulir(
            formulir_id=formulir[u.pk].pk, aktor=mandat.pengguna, sebagai=mandat, now=now
        )
    pemeriksa = Pemeriksa(*_examiner(kantor, now), now)
    ratify_banyak(formulir_ids=[f.pk for f in formulir.values()], pemeriksa=pemeriksa)
    return len(formulir)


def _examiner(kantor: _Kantor, now: datetime) -> tuple[Pengguna, Penugasan]:
    mandat = kantor.orang("kepala_dinas", None, now)
    return mandat.pengguna, next(
        p for p in list_penugasan_for(mandat.pengguna, pada=now) if p.pk == mandat.pk
    )


def _fill(kantor: _Kantor, formulir: FormulirCapaian, mandat: Penugasan, now: datetime) -> None:
    baris, berkas = {}, {}
    akhir = formulir.triwulan == TRIWULAN[-1]
    for c in Capaian.objects.filter(formulir=formulir).select_related("indikator", "formulir"):
        isi = kantor.isi[c.indikator.kode]
        baris[c.pk] = _write(c, isi)
        if akhir:
            berkas[c.pk] = [_make_rekap(c, isi["realisasi"])]
    hasil = save_formulir(
        formulir_id=formulir.pk,
        kiriman=Kiriman(baris, berkas=berkas),
        aktor=mandat.pengguna,
        sebagai=mandat,
        now=now,
    )
    if hasil.galat:
        raise ValueError(f"the demo year is at odds with the rules: {hasil.galat}")


def _make_rekap(c: Capaian, realisasi: list[str]) -> ContentFile[bytes]:
    """The evidence of one figure: a workbook with the value of each triwulan."""
    buku = new_buku(judul=c.nama)
    lembar = add_lembar(buku, "Rekap", lebar=[12, 16])
    tulis_judul(lembar, 1, ["Triwulan", f"Realisasi ({c.satuan})"])
    for t, nilai in enumerate(realisasi, 1):
        tulis(lembar, t + 1, 1, Periode(TAHUN, t).singkat)
        tulis(lembar, t + 1, 2, parse_angka(nilai))
    return ContentFile(to_bytes(buku), name=f"rekap-{c.indikator.kode}-{TAHUN}.xlsx")


def _write(c: Capaian, isi: dict[str, Any]) -> IsianBaris:
    """The cause is known at the end of the year; before that a figure is provisional."""
    triwulan = c.formulir.triwulan
    lanjut = {"rtl_lalu_status": "berlanjut", "rtl_lalu_keterangan": _BERLANJUT}
    return IsianBaris(
        realisasi_teks=isi["realisasi"][triwulan - 1],
        penjelasan=isi["penjelasan"] if triwulan == TRIWULAN[-1] else _SEBELUM_AKHIR,
        versi=c.versi,
        uraian={n: isi[n] for n in _URAIAN} | (lanjut if c.rtl_lalu else {}),
    )
