"""Targets of an action of every kind: ranges, levels, days, words."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kinerja.models import Indikator, RencanaAksi, TargetAksi
from kinerja.rules.target import IsiTarget
from kinerja.selectors.aksi import list_kelompok
from kinerja.services.aksi import save_aksi
from tests.factories.kinerja import IndikatorFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
HARI = Decimal(date(2026, 3, 31).toordinal())


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """Measured by levels."""
    return IndikatorFactory(
        unit=bidang.unit, kode="1", jenis_nilai="ordinal", tingkatan="WTP = 4\nWDP = 3"
    )


def isian(i: Indikator, **isi: str) -> dict[str, object]:
    """A posted form of an action."""
    tetap = {"indikator": i.pk, "uraian": "Menyusun", "satuan": "dokumen", "unit": i.unit_id}
    return {**tetap, **isi}


@pytest.mark.parametrize(
    ("jenis", "teks", "nilai", "tampil"),
    [
        ("persen", "80 s.d. 90", IsiTarget(Decimal(80), Decimal(90)), "80–90 dokumen"),
        ("ordinal", "wtp", IsiTarget(Decimal(4)), "WTP"),
        ("tanggal", "31 Maret 2026", IsiTarget(HARI), "31 Maret 2026"),
        ("ya_tidak", "ya", IsiTarget(Decimal(1)), "Ya"),
        ("kualitatif", "Draf\n tersusun", IsiTarget(uraian="Draf tersusun"), "Draf tersusun"),
    ],
    ids=["rentang", "predikat", "tanggal", "ya-tidak", "uraian"],
)
def test_a_target_of_any_kind_is_written_kept_and_shown(
    client: Client, bidang: Bidang, indikator: Indikator, jenis: str, teks: str, nilai: IsiTarget,
    tampil: str,
) -> None:  # fmt: skip
    client.force_login(bidang.aktor)
    alamat = f"{reverse('kinerja:add-aksi')}?tahun=2026"
    jawab = client.post(alamat, isian(indikator, **{"jenis_nilai": jenis, "tw-1": teks}))
    assert jawab.status_code == 302, jawab.context["form"].errors
    target = TargetAksi.objects.get()
    assert target.isi == nilai
    (k,) = list_kelompok(bidang.instansi, 2026)
    assert k.baris[0].sel[0].bersatuan == tampil
    ubah = client.get(reverse("kinerja:edit-aksi", args=[target.aksi_id])).content.decode()
    assert f'value="{target.teks}"' in ubah
    unduh = client.get(f"{reverse('kinerja:download-aksi')}?tahun=2026").content
    lembar = openpyxl.load_workbook(io.BytesIO(unduh)).active
    assert lembar is not None
    assert lembar.cell(2, 7).value == target.teks


@pytest.mark.parametrize(
    ("jenis", "teks", "kata"),
    [
        ("angka", "banyak", "angka"),
        ("angka", "-5", "kurang dari nol"),
        ("angka", "90–80", "lebih besar daripada batas bawahnya"),
        ("tanggal", "lusa", "Isi dengan tanggal"),
        ("kualitatif", "x" * 301, "300"),
    ],
    ids=["kata", "minus", "terbalik", "lusa", "panjang"],
)
def test_what_is_none_of_that_kind_is_refused_with_the_words_kept(
    client: Client, bidang: Bidang, indikator: Indikator, jenis: str, teks: str, kata: str
) -> None:
    client.force_login(bidang.aktor)
    alamat = f"{reverse('kinerja:add-aksi')}?tahun=2026"
    jawab = client.post(alamat, isian(indikator, **{"jenis_nilai": jenis, "tw-2": teks}))
    isi = jawab.content.decode()
    assert (jawab.status_code, kata in isi, teks in isi) == (422, True, True)
    assert not RencanaAksi.objects.exists()


def test_levels_are_those_of_an_indikator_that_has_them(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    Indikator.objects.filter(pk=indikator.pk).update(jenis_nilai="angka")
    client.force_login(bidang.aktor)
    alamat = f"{reverse('kinerja:add-aksi')}?tahun=2026"
    jawab = client.post(alamat, isian(indikator, **{"jenis_nilai": "ordinal", "tw-1": "WTP"}))
    assert "tidak memakai predikat" in jawab.content.decode()
    asing = client.post(alamat, isian(indikator, **{"jenis_nilai": "lain", "tw-1": "1"}))
    assert asing.status_code == 422


def test_the_database_keeps_a_figure_or_words_never_both(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    aksi = RencanaAksi(
        indikator=indikator, tahun=2026, uraian="A", satuan="s", unit=bidang.unit,
        jenis_nilai="kualitatif",
    )  # fmt: skip
    save_aksi(aksi=aksi, target={1: IsiTarget(uraian="Draf")}, aktor=bidang.aktor, now=now)
    for buruk in ({"nilai": 1}, {"uraian": ""}, {"nilai_atas": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TargetAksi.objects.update(**buruk)
