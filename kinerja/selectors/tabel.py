"""The table of a report: every indikator of the office, sasaran by sasaran, with nothing retyped.

Each value is carried both as printed and as reckoned, and survives the way through JSON, because a
report freezes its table inside a version that never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from itertools import groupby
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from kinerja.models import Capaian, FormulirCapaian, Indikator, Target
from kinerja.rules.capaian import RUMUS_KATA, Hasil, Rumus, mean_capaian, persen_capaian
from kinerja.rules.kategori import Pengaturan
from kinerja.rules.nilai import ANGKA
from kinerja.rules.periode import Periode
from kinerja.rules.target import IsiTarget
from kinerja.selectors.kisi import judul_sasaran
from kinerja.selectors.pengaturan import get_pengaturan, get_pengaturan_formulir
from kinerja.selectors.teks import (
    describe_kategori,
    describe_uraian,
    format_realisasi,
    format_target,
)
from organisasi.models import Instansi
from sakip.common.angka import format_persen

_URUT = (
    "sasaran__tujuan__kode",
    "sasaran__urutan",
    "sasaran__pk",
    "urutan",
    "pk",
)


@dataclass(frozen=True)
class BarisTabel:
    """One indikator as printed. rumus: the reckoning in words, for the line under the table.

    belum_diisi: the unit has not handed it in, or gave an explanation instead of a figure.
    uraian: kendala, solusi and RTL as sentences, "" in reports frozen before they were kept.
    persen: full precision; None is printed as a dash, never as 0. indikator_id: 0 in reports frozen
    before it was kept. terverifikasi: the figure was found right; before that its category has no
    colour. is_angka: the values are figures, not levels, dates or words.
    """

    nomor: int
    kode: str
    indikator: str
    satuan: str
    unit: str
    target: Decimal | None
    target_teks: str
    realisasi: Decimal | None
    realisasi_teks: str
    persen: Decimal | None
    capaian_teks: str
    kategori: str
    kategori_warna: str
    belum_diisi: bool
    penjelasan: str
    rumus: str
    alasan: str
    indikator_id: int = 0
    uraian: str = ""
    terverifikasi: bool = False
    target_atas: Decimal | None = None
    is_angka: bool = True

    def to_json(self) -> dict[str, Any]:
        """JSON values; figures as strings, which keep every digit."""
        return {n: str(v) if isinstance(v, Decimal) else v for n, v in asdict(self).items()}

    @classmethod
    def from_json(cls, isi: dict[str, Any]) -> Self:
        """The row that `to_json` wrote."""
        nama = ("target", "realisasi", "persen", "target_atas")
        angka = {n: Decimal(isi[n]) if isi.get(n) else None for n in nama}
        return cls(**{f.name: isi[f.name] for f in fields(cls) if f.name in isi} | angka)


@dataclass(frozen=True)
class TabelCapaian:
    """One sasaran: its rows and their mean, with over how many it is and how many gave none.

    sasaran_id: 0 in reports frozen before it was kept.
    """

    judul: str
    baris: tuple[BarisTabel, ...]
    rerata: Decimal | None
    rerata_teks: str
    banyak: int
    tak_terhitung: int
    sasaran_id: int = 0

    def to_json(self) -> dict[str, Any]:
        """JSON values; figures as strings."""
        rerata = None if self.rerata is None else str(self.rerata)
        return {
            "judul": self.judul,
            "baris": [b.to_json() for b in self.baris],
            "rerata": rerata,
            "rerata_teks": self.rerata_teks,
            "banyak": self.banyak,
            "tak_terhitung": self.tak_terhitung,
            "sasaran_id": self.sasaran_id,
        }

    @classmethod
    def from_json(cls, isi: dict[str, Any]) -> Self:
        """The table that `to_json` wrote."""
        return cls(
            judul=isi["judul"],
            baris=tuple(BarisTabel.from_json(b) for b in isi["baris"]),
            rerata=isi["rerata"] and Decimal(isi["rerata"]),
            rerata_teks=isi["rerata_teks"],
            banyak=isi["banyak"],
            tak_terhitung=isi["tak_terhitung"],
            sasaran_id=isi.get("sasaran_id", 0),
        )


def list_tabel_capaian(
    instansi: Instansi,
    tahun: int,
    triwulan: int,
    *,
    pengaturan: Pengaturan | None = None,
    label: str = "",
) -> list[TabelCapaian]:
    """Tables of one office and triwulan, one per sasaran. Five queries, whatever the size.

    pengaturan: how the office judges, where the caller has read it; two queries less. A row handed
    in is judged as the office did when its form was opened. label: only indikator that carry it.

    Figures are those of the latest round of each unit that was handed in or verified; an indikator
    whose unit has handed in nothing stands there as "Belum diisi" beside its target.
    """
    return read_tabel(instansi, Periode(tahun, triwulan), pengaturan=pengaturan, label=label)[0]


def read_tabel(
    instansi: Instansi, periode: Periode, *, pengaturan: Pengaturan | None = None, label: str = ""
) -> tuple[list[TabelCapaian], list[Indikator]]:
    """The same tables, and the indikator in them, in their order."""
    tahun, triwulan = periode.tahun, periode.triwulan
    capaian = _list_capaian(instansi, tahun, triwulan)
    indikator = _list_indikator(instansi, tahun, capaian, label)
    target = Target.objects.filter(indikator__in=indikator, tahun=tahun, triwulan=triwulan)
    rencana = {t.indikator_id: t.isi for t in target}
    baku = pengaturan or get_pengaturan(instansi.pk)
    hasil = {i.pk: _find_hasil(i, capaian.get(i.pk), rencana) for i in indikator}
    baris = {
        i.pk: _judge(
            _build_baris(n, i, capaian.get(i.pk), *hasil[i.pk]),
            hasil[i.pk][1],
            _find_pengaturan(capaian.get(i.pk), baku),
        )
        for n, i in enumerate(indikator, 1)
    }
    tabel = []
    for sasaran, kelompok in groupby(indikator, key=lambda i: i.sasaran):
        isi = list(kelompok)
        satu = _build_tabel(
            judul_sasaran(sasaran), [baris[i.pk] for i in isi], [hasil[i.pk][1] for i in isi]
        )
        tabel.append(replace(satu, sasaran_id=sasaran.pk))
    return tabel, indikator


def _list_indikator(
    instansi: Instansi, tahun: int, capaian: Iterable[int], label: str
) -> list[Indikator]:
    """Those of the plan of that year in use, and those with figures."""
    return list(
        Indikator.objects.filter(
            Q(is_aktif=True) | Q(pk__in=capaian),
            sasaran__tujuan__instansi=instansi,
            sasaran__tujuan__tahun_awal__lte=tahun,
            sasaran__tujuan__tahun_akhir__gte=tahun,
            **({"label__nama": label} if label else {}),
        )
        .select_related("sasaran", "unit")
        .order_by(*_URUT)
    )


def _list_capaian(instansi: Instansi, tahun: int, triwulan: int) -> dict[int, Capaian]:
    """Rows by indikator id, of the latest round handed in by each unit."""
    terkirim = FormulirCapaian.objects.filter(
        tahun=tahun, triwulan=triwulan, status__in=FormulirCapaian.TERKIRIM
    )
    lebih_baru = terkirim.filter(
        unit=OuterRef("formulir__unit"), putaran__gt=OuterRef("formulir__putaran")
    )
    baris = Capaian.objects.filter(
        ~Exists(lebih_baru), formulir__in=terkirim.filter(unit__instansi=instansi)
    )
    return {
        c.indikator_id: c for c in baris.select_related("formulir").order_by("formulir__unit", "pk")
    }


def _find_hasil(
    indikator: Indikator, capaian: Capaian | None, rencana: dict[int, IsiTarget]
) -> tuple[IsiTarget, Hasil]:
    """The target that counts, and the result: of the round, else of the plan with nothing in."""
    if capaian is not None:
        return capaian.target, capaian.hasil
    target = rencana.get(indikator.pk, IsiTarget())
    rumus = Rumus(indikator.rumus)
    return target, persen_capaian(target.nilai, None, rumus, batas=indikator.batas)


def _find_pengaturan(c: Capaian | None, baku: Pengaturan) -> Pengaturan:
    return baku if c is None else get_pengaturan_formulir(c.formulir, baku)


def _judge(baris: BarisTabel, hasil: Hasil, pengaturan: Pengaturan) -> BarisTabel:
    kategori, warna = describe_kategori(hasil, pengaturan, terverifikasi=baris.terverifikasi)
    return replace(baris, kategori=kategori, kategori_warna=warna)


def _build_baris(
    nomor: int, i: Indikator, c: Capaian | None, target: IsiTarget, hasil: Hasil
) -> BarisTabel:
    return BarisTabel(
        nomor=nomor,
        kode=i.kode,
        indikator=c.nama if c else i.nama,
        satuan=c.satuan if c else i.satuan,
        unit=i.unit.nama,
        target=target.nilai,
        target_teks=format_target(target, c or i),
        realisasi=c.realisasi if c else None,
        realisasi_teks=format_realisasi(c) if c else "–",
        persen=hasil.persen,
        capaian_teks=hasil.teks,
        kategori="",
        kategori_warna="",
        belum_diisi=c is None or not c.is_terisi,
        penjelasan=c.penjelasan if c else "",
        uraian=describe_uraian(c) if c else "",
        rumus=RUMUS_KATA[hasil.rumus],
        alasan=hasil.alasan,
        indikator_id=i.pk,
        terverifikasi=bool(c and c.formulir.is_terverifikasi),
        target_atas=target.atas,
        is_angka=(c or i).jenis_nilai in ANGKA,
    )


def _build_tabel(judul: str, baris: list[BarisTabel], hasil: Iterable[Hasil]) -> TabelCapaian:
    rerata = mean_capaian(hasil)
    return TabelCapaian(
        judul=judul,
        baris=tuple(baris),
        rerata=rerata.persen,
        rerata_teks="–" if rerata.persen is None else format_persen(rerata.persen),
        banyak=rerata.banyak,
        tak_terhitung=rerata.tak_terhitung,
    )
