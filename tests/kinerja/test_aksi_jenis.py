"""Targets of an action of every kind: ranges, levels, days, words."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from kinerja.models import Indikator, Program, RencanaAksi, TargetAksi
from kinerja.rules.target import IsiTarget
from kinerja.selectors.aksi import list_kelompok
from kinerja.services.aksi import CatatanAksi, record_pelaksanaan, save_aksi
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from tests.factories.kinerja import IndikatorFactory
from tests.kinerja._impor import buku, galat, kirim_rencana, pilih, terapkan
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
    "kasus",
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
    client: Client, bidang: Bidang, indikator: Indikator, kasus: tuple[str, str, IsiTarget, str]
) -> None:
    jenis, teks, nilai, tampil = kasus
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
    "kasus",
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
    client: Client, bidang: Bidang, indikator: Indikator, kasus: tuple[str, str, str]
) -> None:
    jenis, teks, kata = kasus
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


# --- the plan's workbook -----------------------------------------------------------------------


def tambah(now: datetime, bidang: Bidang, indikator: Indikator) -> RencanaAksi:
    """An action of two triwulan, the first of which is done."""
    aksi = RencanaAksi(
        indikator=indikator, tahun=2026, uraian="Melatih", satuan="kader", unit=bidang.unit
    )
    target = {1: IsiTarget(Decimal(10)), 3: IsiTarget(Decimal(20))}
    save_aksi(aksi=aksi, target=target, aktor=bidang.aktor, now=now)
    catatan = {1: CatatanAksi("dilaksanakan", "")}
    record_pelaksanaan(aksi=aksi, catatan=catatan, aktor=bidang.aktor, now=now)
    return aksi


def ganti(**sel: Any) -> Callable[[Workbook], None]:
    """Set cells of the sheet of actions."""

    def ubah(buku_kerja: Workbook) -> None:
        for alamat, nilai in sel.items():
            buku_kerja["Rencana Aksi"][alamat] = nilai

    return ubah


def test_actions_go_out_to_excel_and_come_back_changed_and_added(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    aksi = tambah(now, bidang, indikator)
    berkas = buku(
        bidang.instansi,
        ganti(H4="25", I4="30 s.d. 40", M4="1.500.000", A5="1", B5="Menetapkan", D5="dokumen",
              E5="Uraian", F5="Draf tersusun", K5=bidang.unit.kode),
    )  # fmt: skip
    u = kirim_rencana(bidang, now, berkas)
    lama, baru = pilih(u, "Rencana Aksi")
    assert (lama["hasil"], lama["kode"], lama["nama"]) == ("ubah", "1", "Melatih")
    assert [(a[-2:], dulu, kini) for _j, a, dulu, kini in lama["ubah"]] == [
        ("H4", "20", "25"), ("I4", "–", "30–40"), ("M4", "–", "1.500.000")
    ]  # fmt: skip
    assert (baru["hasil"], baru["nama"]) == ("baru", "Menetapkan")
    assert terapkan(u, bidang, now) == 2
    isi = {t.triwulan: t.isi for t in aksi.target.all()}
    assert isi == {
        1: IsiTarget(Decimal(10)), 3: IsiTarget(Decimal(25)), 4: IsiTarget(Decimal(30), Decimal(40))
    }  # fmt: skip
    assert aksi.target.get(triwulan=1).keadaan == "dilaksanakan"
    dua = RencanaAksi.objects.get(uraian="Menetapkan")
    assert (dua.jenis_nilai, dua.target.get().uraian, dua.urutan) == (
        "kualitatif", "Draf tersusun", 1
    )  # fmt: skip
    lagi = kirim_rencana(bidang, now, buku(bidang.instansi))
    assert [b["hasil"] for b in pilih(lagi, "Rencana Aksi")] == ["tetap", "tetap"]


@pytest.mark.parametrize(
    ("sel", "kata"),
    [
        ({"F4": None}, "F4: Pelaksanaannya sudah dicatat"),
        ({"H4": "banyak"}, "H4: "),
        ({"E4": "Predikat atau tingkat", "F4": "WTP", "H4": "Bagus"}, "H4: Isi dengan salah satu"),
        ({"K4": "ANTAH"}, "K4: Unit “ANTAH” tidak ada"),
        ({"L4": "1.02.02"}, "L4: Belum ada 1.02.02"),
        ({"M4": "-5"}, "M4: Anggaran tidak dapat kurang dari nol"),
        ({"A5": "1", "B5": "Melatih", "D5": "x", "K5": "P2P", "F5": 1}, "B5: Aksi ini ada dua"),
        ({"A5": "1", "B5": "Baru", "D5": "x", "K5": "P2P"}, "F5: Isi target paling sedikit"),
    ],
    ids=["tercatat", "kata", "predikat", "unit", "program", "minus", "kembar", "tanpa-target"],
)
def test_faults_of_actions_are_named_by_cell_and_nothing_is_written(
    bidang: Bidang, indikator: Indikator, now: datetime, sel: dict[str, object], kata: str
) -> None:
    tambah(now, bidang, indikator)
    u = kirim_rencana(bidang, now, buku(bidang.instansi, ganti(**sel)))
    assert any(kata in g for g in galat(u)), galat(u)
    with pytest.raises(IsianTidakSah, match="bergalat"):
        terapkan(u, bidang, now)
    assert TargetAksi.objects.count() == 2


def test_levels_programs_and_repeated_words(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    tambah(now, bidang, indikator)
    tambah(now, bidang, indikator)
    Program.objects.create(
        instansi=bidang.instansi, tahun=2026, kode="1.02.02", nama="P", jenis="program"
    )
    u = kirim_rencana(bidang, now, buku(bidang.instansi, ganti(L5="1.02.02", H5=None)))
    assert [b["hasil"] for b in pilih(u, "Rencana Aksi")] == ["tetap", "ubah"]
    assert terapkan(u, bidang, now) == 1
    satu, dua = RencanaAksi.objects.order_by("pk")
    assert (satu.program, satu.uraian, dua.uraian) == (None, "Melatih", "Melatih")
    assert dua.program is not None
    assert [t.triwulan for t in dua.target.all()] == [1]
    Indikator.objects.update(jenis_nilai="angka")
    ubah = ganti(E4="Predikat atau tingkat")
    salah = kirim_rencana(bidang, now, buku(bidang.instansi, ubah))
    assert any("tidak memakai predikat" in g for g in galat(salah))
    asing = kirim_rencana(bidang, now, buku(bidang.instansi, ganti(A4="tiada")))
    assert any("A4: " in g for g in galat(asing))


def test_words_typed_with_loose_spaces_or_a_number_are_no_second_action(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    for uraian in ("Melatih  kader ", "Melatih kader (2)", "Melatih kader", "Cafe\u0301"):
        aksi = RencanaAksi(
            indikator=indikator, tahun=2026, uraian=uraian, satuan="kader", unit=bidang.unit
        )
        save_aksi(aksi=aksi, target={1: IsiTarget(Decimal(1))}, aktor=bidang.aktor, now=now)
    u = kirim_rencana(bidang, now, buku(bidang.instansi, ganti(C6="Modul")))
    assert [b["hasil"] for b in pilih(u, "Rencana Aksi")] == ["tetap", "tetap", "ubah", "tetap"]
    assert terapkan(u, bidang, now) == 1
    assert [a.keluaran for a in RencanaAksi.objects.order_by("pk")] == ["", "", "Modul", ""]


def test_work_noted_between_check_and_saving_refuses_the_whole(
    bidang: Bidang, indikator: Indikator, now: datetime
) -> None:
    aksi = tambah(now, bidang, indikator)
    u = kirim_rencana(bidang, now, buku(bidang.instansi, ganti(H4=None, C4="Modul")))
    catatan = {3: CatatanAksi("dilaksanakan", "")}
    record_pelaksanaan(aksi=aksi, catatan=catatan, aktor=bidang.aktor, now=now)
    with pytest.raises(TransisiDitolak, match="dicatat sejak berkas diperiksa"):
        terapkan(u, bidang, now)
    assert TargetAksi.objects.count() == 2
    assert RencanaAksi.objects.get().keluaran == ""
