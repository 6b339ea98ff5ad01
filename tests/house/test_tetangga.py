"""What is read for an office stays word for word when another one, with one of everything, moves in
next door.

Every selector is asked that can be asked with the papers of one office: a new one is as well.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from importlib import import_module
from io import BytesIO
from itertools import islice, product
from typing import Any, get_args, get_origin
from zipfile import ZipFile

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.test import RequestFactory

from kinerja.models import Bukti, Capaian, FormulirCapaian, Indikator, PerjanjianKinerja
from kinerja.rules.periode import Periode
from laporan.models import Draf, PenilaianSOP, Tugas, VersiNaskah
from laporan.rules.rentang import Rentang, read_rentang
from laporan.selectors.arsip import SaringanArsip
from laporan.selectors.blok.bahan import Bahan
from laporan.selectors.naskah import gather_bahan
from organisasi.middleware import Pelaku
from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan, Register, UnitKerja
from organisasi.selectors import get_kalender
from organisasi.selectors_register import Saringan
from sakip.common.errors import DomainError
from sakip.common.waktu import Kalender
from sakip.env import BASE_DIR
from sop.models import SOP, UnggahanSOP, VersiSOP
from sop.rules.graf import Graf
from sop.selectors import get_graf
from tests.house.isi_negeri import fill_negeri
from tests.house.mutasi import RUANG
from tests.house.negeri import SAAT, Negeri, make_negeri

pytestmark = pytest.mark.django_db

# Values of parameters whose type does not say which.
_KATA: dict[tuple[str, object], list[Any]] = {
    ("tahun", int): [2026],
    ("_tahun", int): [2026],
    ("triwulan", int): [2, 3],
    ("sampai", int): [3],
    ("keadaan", str): ["semua"],
    ("dokumen", str): ["laporan_kinerja"],
    ("menghasilkan", str): ["laporan_kinerja"],
    ("kode", str): ["tulis"],
    ("nip", str | None): [None],
}
# What a selector may say of papers that are not what it is about.
_TIDAK = (
    AssertionError,
    AttributeError,
    DomainError,
    LookupError,
    ObjectDoesNotExist,
    TypeError,
    ValueError,
)


# Those that read for the whole installation: whoever runs it asks them.
_SEMUA = {
    "laporan.selectors.izin.check_izin",
    "organisasi.selectors.list_akun_demo",
    "organisasi.selectors_jejak.list_kepala",
}
# Ways to ask one selector: enough for the states of a draft.
_BANYAK = 6


def list_pemilih() -> Iterator[Callable[..., object]]:
    """Every public selector of the rooms."""
    for ruang in RUANG:
        for berkas in sorted((BASE_DIR / ruang).glob("selectors*/**/*.py")) + sorted(
            (BASE_DIR / ruang).glob("selectors*.py")
        ):
            nama = ".".join(berkas.relative_to(BASE_DIR).with_suffix("").parts)
            modul = import_module(nama.removesuffix(".__init__"))
            for f in vars(modul).values():
                if (
                    inspect.isfunction(f)
                    and f.__module__ == modul.__name__
                    and f.__name__[0] != "_"
                ):
                    yield f


def make_bahan(n: Negeri) -> dict[object, list[Any]]:
    """What one office hands to a selector, by type; read anew."""
    instansi, pengguna = Instansi.objects.get(pk=n.instansi.pk), n.orang["kepala"]
    permintaan = RequestFactory().get("/")
    permintaan.user, permintaan.session = pengguna, SessionStore()
    draf = list(Draf.objects.filter(instansi=instansi).order_by("pk"))
    versi = list(VersiSOP.objects.filter(sop__instansi=instansi).order_by("pk"))
    unit = UnitKerja.objects.get(pk=n.unit.pk)
    formulir = list(FormulirCapaian.objects.filter(unit=unit).order_by("pk"))
    naskah = list(VersiNaskah.objects.filter(draf__in=draf).order_by("pk"))
    return {
        Instansi: [instansi],
        UnitKerja: [unit],
        Draf: draf,
        Bahan: [gather_bahan(d, pada=SAAT) for d in draf if d.is_laporan],
        VersiSOP: versi,
        VersiNaskah: naskah,
        VersiNaskah | None: [None, *naskah],
        SOP: [v.sop for v in versi[:2]],
        Graf: [get_graf(v.pk, v.sidik) for v in versi if not v.is_konsep],
        Tugas: list(Tugas.objects.filter(draf__in=draf).order_by("pk")),
        Pelaku: [Pelaku(permintaan)],
        Pengguna: [pengguna],
        Penugasan: list(Penugasan.objects.filter(pengguna=pengguna)),
        Jabatan: list(Jabatan.objects.filter(instansi=instansi).order_by("pk")),
        FormulirCapaian: formulir,
        Capaian: list(Capaian.objects.filter(formulir__unit=unit).order_by("pk")),
        Bukti: list(Bukti.objects.filter(capaian__formulir__unit=unit).order_by("pk")),
        Indikator: list(Indikator.objects.filter(unit=unit)),
        PerjanjianKinerja: list(PerjanjianKinerja.objects.filter(instansi=instansi)),
        PenilaianSOP: list(PenilaianSOP.objects.filter(versi__in=versi)),
        Register: list(Register.objects.filter(instansi=instansi)),
        UnggahanSOP: list(UnggahanSOP.objects.filter(instansi=instansi)),
        Kalender: [get_kalender(instansi, sekitar=SAAT.date())],
        Rentang: [read_rentang("2026-s2")],
        Periode: [Periode(2026, 2), Periode(2026, 3)],
        Saringan: [Saringan()],
        SaringanArsip: [SaringanArsip()],
        datetime: [SAAT],
        date: [SAAT.date()],
        ("instansi_id", int): [instansi.pk],
        ("unit_id", int | None): [None, unit.pk],
        ("formulir_ids", Sequence[int]): [[f.pk for f in formulir]],
    }


def list_isian(f: Callable[..., object], bahan: Mapping[object, list[Any]]) -> list[dict[str, Any]]:
    """Ways to ask that selector; none where the office does not have what it wants."""
    wajib = [
        p for p in inspect.signature(f, eval_str=True).parameters.values() if p.default is p.empty
    ]
    pilihan = [_list_nilai(p, bahan) for p in wajib]
    cara = islice(product(*pilihan), _BANYAK)
    return [dict(zip((p.name for p in wajib), isi, strict=True)) for isi in cara]


def _list_nilai(p: inspect.Parameter, bahan: Mapping[object, list[Any]]) -> list[Any]:
    jenis = p.annotation
    if jenis in bahan:
        return bahan[jenis]
    banyak = get_origin(jenis)
    if inspect.isclass(banyak) and issubclass(banyak, Iterable) and get_args(jenis)[0] in bahan:
        return [bahan[get_args(jenis)[0]]]
    return bahan.get((p.name, jenis)) or _KATA.get((p.name, jenis), [])


def plain(nilai: object) -> object:
    """Words and numbers of an answer, whatever it is made of."""
    if isinstance(nilai, bytes) and nilai.startswith(b"PK"):
        with ZipFile(BytesIO(nilai)) as buku:
            return [buku.read(n) for n in sorted(buku.namelist()) if n != "docProps/core.xml"]
    if nilai is None or isinstance(nilai, (str, int, float, bytes, Decimal, date)):
        return nilai
    if isinstance(nilai, models.Model):
        isi = {k: v for k, v in vars(nilai).items() if k[0] != "_"}
        return [nilai._meta.label, {k: str(v) for k, v in isi.items()}]
    if isinstance(nilai, Mapping):
        return [[plain(k), plain(v)] for k, v in nilai.items()]
    if isinstance(nilai, (set, frozenset)):
        return sorted(map(repr, map(plain, nilai)))
    if is_dataclass(nilai):
        return [plain(getattr(nilai, r.name)) for r in fields(nilai)]
    if isinstance(nilai, Iterable):
        return [plain(v) for v in nilai]
    return type(nilai).__name__


def list_tanya(n: Negeri) -> dict[str, Callable[[], object]]:
    """Every question that the papers of the office, read anew, can ask."""
    bahan = make_bahan(n)
    return {
        f"{f.__module__}.{f.__name__} {nomor}": partial(f, **isian)
        for f in list_pemilih()
        if f"{f.__module__}.{f.__name__}" not in _SEMUA
        for nomor, isian in enumerate(list_isian(f, bahan))
    }


def read(tanya: Callable[[], object]) -> str:
    """The answer; a refusal is one too."""
    try:
        return repr(plain(tanya()))
    except _TIDAK as galat:
        return repr(galat)


def test_no_selector_reads_the_office_next_door() -> None:
    sendiri = make_negeri()
    fill_negeri(sendiri)
    sebelum = {nama: read(tanya) for nama, tanya in list_tanya(sendiri).items()}
    assert len(sebelum) > 500
    fill_negeri(make_negeri())
    sesudah = {nama: read(tanya) for nama, tanya in list_tanya(sendiri).items()}
    assert [nama for nama, isi in sebelum.items() if sesudah.get(nama) != isi] == []
