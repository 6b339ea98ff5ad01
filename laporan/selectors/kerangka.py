"""The template of an office: its own rows, or the one that comes with the product."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml
from django.utils.translation import gettext as _

from kinerja.models import Indikator, Sasaran
from laporan.models import BagianKerangka, Draf
from laporan.rules.kerangka import JENIS, Bagian, Butir, Susun, arrange_bagian, select_bagian
from sakip.env import BASE_DIR

_BERKAS = BASE_DIR / "laporan/data/kerangka.yaml"
_DAFTAR = frozenset({"blok", "untuk", "wajib"})


@lru_cache(maxsize=1)
def _read_baku() -> Mapping[str, tuple[Bagian, ...]]:
    isi = yaml.safe_load(_BERKAS.read_text(encoding="utf-8"))
    return {dokumen: tuple(_read_bagian(b) for b in bagian) for dokumen, bagian in isi.items()}


def _read_bagian(isi: dict[str, Any]) -> Bagian:
    nilai: dict[str, Any] = {n: tuple(v) if n in _DAFTAR else v for n, v in isi.items()}
    return Bagian(**nilai)


def list_baku(dokumen: str) -> tuple[Bagian, ...]:
    """The template that comes with the product."""
    return _read_baku()[dokumen]


def list_bagian(instansi_id: int, dokumen: str) -> tuple[Bagian, ...]:
    """The template in force. One query."""
    baris = BagianKerangka.objects.filter(instansi=instansi_id, dokumen=dokumen)
    return tuple(b.bagian for b in baris.order_by("urutan")) or list_baku(dokumen)


def arrange_draf(draf: Draf) -> list[Susun]:
    """The parts of a new document of that office, kind and year. One query, three if it repeats."""
    bagian = select_bagian(list_bagian(draf.instansi_id, draf.menghasilkan), draf.jenis)
    return arrange_bagian(bagian, list_butir(draf) if any(b.ulang for b in bagian) else ())


def list_butir(draf: Draf) -> list[Butir]:
    """Sasaran with their indikator as the plan of the year has them. Two queries."""
    berlaku = {"tujuan__tahun_awal__lte": draf.tahun, "tujuan__tahun_akhir__gte": draf.tahun}
    sasaran = Sasaran.objects.filter(tujuan__instansi=draf.instansi_id, **berlaku)
    dalam: dict[int, list[Butir]] = {}
    indikator = Indikator.objects.filter(sasaran__in=sasaran, is_aktif=True)
    for i in indikator.order_by("urutan", "pk"):
        dalam.setdefault(i.sasaran_id, []).append(Butir(i.pk, i.kode, i.nama))
    return [
        Butir(s.pk, s.kode, s.uraian, tuple(dalam[s.pk]))
        for s in sasaran.order_by("tujuan__kode", "urutan", "pk")
        if s.pk in dalam
    ]


def name_jenis(jenis: str) -> str:
    """The kind of report as people call it."""
    return str(dict(Draf.Jenis.choices)[jenis]) if jenis in JENIS else _("Semua")
