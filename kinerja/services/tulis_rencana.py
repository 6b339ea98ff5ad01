"""Writing the checked rows of a plan's workbook, table by table."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext as _

from kinerja.models import (
    Indikator,
    Program,
    RencanaAksi,
    Sasaran,
    Target,
    TargetAksi,
    TargetRenstra,
    Tujuan,
)
from kinerja.rules.acuan import Jalur
from kinerja.rules.capaian import Rumus
from kinerja.rules.komposit import Susunan, read_komponen
from kinerja.rules.lembar_aksi import KOLOM_TARGET
from kinerja.rules.lembar_rencana import split_label
from kinerja.rules.nomenklatur import parse_kode
from kinerja.rules.target import split_target
from kinerja.selectors.tabel_rencana import (
    AKSI,
    INDIKATOR,
    PROGRAM,
    SASARAN,
    TARGET,
    TARGET_RENSTRA,
    TUJUAN,
    get_jalur,
    list_aksi,
    list_tujuan,
)
from kinerja.services.kamus import write_komponen, write_label
from organisasi.models import Instansi, UnitKerja
from sakip.common.errors import TransisiDitolak

BarisTulis = Mapping[str, Any]
_BULAT = frozenset({"tahun_awal", "tahun_akhir", "desimal"})
_ANGKA = frozenset({"anggaran", "batas", "lantai", "nilai_maks", "pagu", "pengali", "toleransi"})
_RINCIAN = frozenset({"komponen", "label"})
_LOGIKA = frozenset({"is_dapat_negatif", "is_aktif"})
_SEKALI = 500


def to_python(nama: str, nilai: str) -> object:
    """A value of a row as its field holds it."""
    if nama in _ANGKA:
        return Decimal(nilai) if nilai else None
    if nama in _BULAT:
        return int(nilai)
    return nilai == "ya" if nama in _LOGIKA else nilai


class _Ada(dict[Any, Any]):
    """Rows that others refer to, by their codes. A row may go between the check and the saving."""

    def __missing__(self, kunci: Jalur | str) -> NoReturn:
        kode = kunci if isinstance(kunci, str) else "/".join(kunci)
        pesan = _(
            "%(kode)s dihapus sejak berkas diperiksa, jadi tidak ada yang disimpan. Unggah berkas "
            "itu sekali lagi."
        )
        raise TransisiDitolak(pesan % {"kode": kode})


class Penulis:
    """Writes the rows of one plan; the caller holds the office locked.

    Raises:
        TransisiDitolak: what a row is part of is no longer there (HTTP 409).
    """

    def __init__(self, instansi: Instansi, tahun: int) -> None:
        self.instansi, self.tahun = instansi, tahun
        tujuan = list_tujuan(instansi, tahun)
        self.tujuan: dict[Jalur, Tujuan] = _Ada({(t.kode,): t for t in tujuan})
        self.sasaran: dict[Jalur, Sasaran] = _Ada(
            ((s.tujuan.kode, s.kode), s)
            for s in Sasaran.objects.filter(tujuan__in=tujuan).select_related("tujuan")
        )
        self.indikator: dict[Jalur, Indikator] = _Ada(
            (get_jalur(i), i)
            for i in Indikator.objects.filter(sasaran__tujuan__in=tujuan).select_related(
                "sasaran__tujuan"
            )
        )
        self.program: dict[Jalur, Program] = _Ada(
            ((p.kode,), p) for p in Program.objects.filter(instansi=instansi, tahun=tahun)
        )
        unit = UnitKerja.objects.filter(instansi=instansi)
        self.unit: dict[str, UnitKerja] = _Ada((u.kode, u) for u in unit)

    def write(self, baris: Sequence[BarisTulis]) -> None:
        """Rows in the order of their sheets: parents first."""
        tulis: Mapping[str, Callable[[list[BarisTulis]], None]] = {
            TUJUAN: self._write_tujuan,
            SASARAN: self._write_sasaran,
            INDIKATOR: self._write_indikator,
            TARGET: self._write_target,
            TARGET_RENSTRA: self._write_target_renstra,
            PROGRAM: self._write_program,
            AKSI: self._write_aksi,
        }
        for nama, kelompok in groupby(baris, key=lambda b: str(b["lembar"])):
            tulis[nama](list(kelompok))

    def _write_tujuan(self, baris: list[BarisTulis]) -> None:
        self._save(Tujuan, self.tujuan, baris, lambda _j: Tujuan(instansi=self.instansi))

    def _write_sasaran(self, baris: list[BarisTulis]) -> None:
        urut = _Urutan(self.sasaran)
        self._save(
            Sasaran,
            self.sasaran,
            baris,
            lambda j: Sasaran(tujuan=self.tujuan[j[:1]], urutan=urut.next(j[:1])),
        )

    def _write_indikator(self, baris: list[BarisTulis]) -> None:
        urut = _Urutan(self.indikator)
        self._save(
            Indikator,
            self.indikator,
            baris,
            lambda j: Indikator(sasaran=self.sasaran[j[:2]], urutan=urut.next(j[:2])),
        )
        for b in baris:
            self._write_rincian(self.indikator[tuple(b["jalur"])], b["nilai"])

    def _write_rincian(self, indikator: Indikator, nilai: Mapping[str, str]) -> None:
        """Parts and labels, where they change."""
        if nilai.get("komponen") or ("komponen" in nilai and indikator.komponen.exists()):
            susunan = Susunan(indikator.susunan)
            write_komponen(indikator, read_komponen(nilai["komponen"], susunan))
        if nilai.get("label") or ("label" in nilai and indikator.label.exists()):
            write_label(indikator, split_label(nilai["label"]))

    def _write_program(self, baris: list[BarisTulis]) -> None:
        """Level by level, so that each row finds the one above it."""
        urut = sorted(baris, key=lambda b: b["jalur"][0].count("."))
        for _tingkat, kelompok in groupby(urut, key=lambda b: b["jalur"][0].count(".")):
            self._save(Program, self.program, list(kelompok), self._make_program)

    def _make_program(self, jalur: Jalur) -> Program:
        kode = parse_kode(jalur[0])
        induk = self.program[(kode.induk,)] if kode.induk else None
        return Program(instansi=self.instansi, tahun=self.tahun, jenis=kode.jenis, induk=induk)

    def _save(
        self,
        model: type[models.Model],
        ada: dict[Jalur, Any],
        baris: list[BarisTulis],
        buat: Callable[[Jalur], models.Model],
    ) -> None:
        baru: list[Any] = []
        ubah: list[Any] = []
        ruas: set[str] = set()
        for b in baris:
            jalur = tuple(b["jalur"])
            objek = ada.get(jalur)
            (baru if objek is None else ubah).append(ada.setdefault(jalur, objek or buat(jalur)))
            ruas |= self._fill(ada[jalur], b["nilai"])
        model._default_manager.bulk_create(baru, batch_size=_SEKALI)
        if ubah:
            model._default_manager.bulk_update(ubah, sorted(ruas), batch_size=_SEKALI)

    def _fill(self, objek: Any, nilai: Mapping[str, str]) -> set[str]:  # noqa: ANN401 - a row of any table
        """Put the values on the row; the fields that were set."""
        ruas = set()
        for nama, teks in nilai.items():
            if nama in _RINCIAN:
                continue
            if nama == "unit":
                objek.unit = self.unit[teks] if teks else None
            elif nama == "sasaran":
                objek.sasaran = self.sasaran[tuple(teks.split("/"))] if teks else None
            elif nama == "program":
                objek.program = self.program[(teks,)] if teks else None
            else:
                setattr(objek, nama, to_python(nama, teks))
            ruas.add(nama)
        if "rumus" in nilai:
            objek.polaritas = Rumus(nilai["rumus"]).polaritas
            ruas.add("polaritas")
        return ruas

    def _write_target(self, baris: list[BarisTulis]) -> None:
        simpan, buang = [], models.Q(pk=None)
        for b in baris:
            indikator = self.indikator[tuple(b["jalur"])]
            for nama, teks in b["nilai"].items():
                kunci = {"indikator": indikator, "tahun": self.tahun, "triwulan": int(nama[2:])}
                if isi := split_target(teks):
                    simpan.append(Target(**kunci, **isi.to_ruas()))
                else:
                    buang |= models.Q(**kunci)
        Target.objects.filter(buang).delete()
        Target.objects.bulk_create(
            simpan,
            batch_size=_SEKALI,
            update_conflicts=True,
            unique_fields=["indikator", "tahun", "triwulan"],
            update_fields=["nilai", "nilai_atas", "uraian"],
        )

    def _write_target_renstra(self, baris: list[BarisTulis]) -> None:
        simpan, buang = [], models.Q(pk=None)
        for b in baris:
            indikator = self.indikator[tuple(b["jalur"])]
            for nama, teks in b["nilai"].items():
                kunci = {"indikator": indikator, "tahun": int(nama[2:])}
                if isi := split_target(teks):
                    simpan.append(TargetRenstra(**kunci, nilai=isi.nilai, uraian=isi.uraian))
                else:
                    buang |= models.Q(**kunci)
        TargetRenstra.objects.filter(buang).delete()
        TargetRenstra.objects.bulk_create(
            simpan,
            batch_size=_SEKALI,
            update_conflicts=True,
            unique_fields=["indikator", "tahun"],
            update_fields=["nilai", "uraian"],
        )

    def _write_aksi(self, baris: list[BarisTulis]) -> None:
        """Actions, then their targets; what was noted of a target stays with it."""
        aksi: dict[Jalur, RencanaAksi] = {**list_aksi(self.indikator.values(), self.tahun)}
        urut = _Urutan(aksi)
        pisah = [_split_target_aksi(b["nilai"]) for b in baris]
        self._save(
            RencanaAksi,
            aksi,
            [{**b, "nilai": sendiri} for b, (sendiri, _t) in zip(baris, pisah, strict=True)],
            lambda j: RencanaAksi(
                indikator=self.indikator[j[:-1]], tahun=self.tahun, urutan=urut.next(j[:-1])
            ),
        )
        simpan, buang = [], models.Q(pk=None)
        for b, (_sendiri, target) in zip(baris, pisah, strict=True):
            for tw, teks in target.items():
                kunci = {"aksi": aksi[tuple(b["jalur"])], "triwulan": tw}
                if isi := split_target(teks):
                    simpan.append(TargetAksi(**kunci, **isi.to_ruas()))
                else:
                    buang |= models.Q(**kunci)
        hapus = TargetAksi.objects.filter(buang)
        if hapus.exclude(keadaan="").exists():
            pesan = _(
                "Pelaksanaan aksi dicatat sejak berkas diperiksa, jadi targetnya tetap dan tidak "
                "ada yang disimpan. Unggah berkas itu sekali lagi."
            )
            raise TransisiDitolak(pesan)
        hapus.delete()
        TargetAksi.objects.bulk_create(
            simpan,
            batch_size=_SEKALI,
            update_conflicts=True,
            unique_fields=["aksi", "triwulan"],
            update_fields=["nilai", "nilai_atas", "uraian"],
        )


def _split_target_aksi(nilai: Mapping[str, str]) -> tuple[dict[str, str], dict[int, str]]:
    """The fields of an action, and its targets by triwulan."""
    target = {int(n[2:]): v for n, v in nilai.items() if n in KOLOM_TARGET}
    return {n: v for n, v in nilai.items() if n not in KOLOM_TARGET}, target


class _Urutan:
    """Places for new rows: behind what their parent has."""

    def __init__(self, ada: Mapping[Jalur, Any]) -> None:
        self._akhir: dict[Jalur, int] = {}
        for jalur, objek in ada.items():
            self._akhir[jalur[:-1]] = max(self._akhir.get(jalur[:-1], 0), objek.urutan)

    def next(self, induk: Jalur) -> int:
        """The next place below `induk`."""
        self._akhir[induk] = self._akhir.get(induk, 0) + 1
        return self._akhir[induk]
