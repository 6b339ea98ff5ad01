"""Every setting of an indikator in a plan file."""

from datetime import datetime
from decimal import Decimal

import pytest

from kinerja.models import Indikator, Target
from kinerja.rules.berkas import BerkasTidakSah
from kinerja.rules.rencana import read_rencana
from kinerja.services.muat import load_rencana
from tests.kinerja.conftest import Bidang

RENCANA = """\
tujuan:
  - kode: "1"
    uraian: Tujuan
    tahun_awal: 2025
    tahun_akhir: 2029
    sasaran:
      - kode: "1"
        uraian: Sasaran
        indikator:
          - kode: "1.1"
            nama: Opini
            satuan: predikat
            unit: P2P
            jenis: ordinal
            tingkatan: ["WTP = 4", "WDP = 3"]
            agregasi: tertinggi
            lantai: "-"
            label: [IKU, IKD]
            cara_hitung: Menurut BPK
            alasan: Wajib
            aktif: tidak
            target: {2026: ["-", "-", "-", WTP]}
            renstra: {2029: WTP}
          - kode: "1.2"
            nama: Kepatuhan
            satuan: persen
            unit: P2P
            arah: tetap
            toleransi: "2,5"
            lantai: 10
            nilai_maks: 100
            susunan: bagi
            pengali: 1000
            komponen: |
              Pembilang: Patuh
              Penyebut: Semua
            target: {2026: ["-", "-", "80–90", 95]}
"""


def muat(bidang: Bidang, now: datetime, teks: str = RENCANA) -> None:
    load_rencana(teks=teks, instansi=bidang.instansi, aktor=None, now=now)


@pytest.mark.django_db
def test_every_setting_is_kept(bidang: Bidang, now: datetime) -> None:
    muat(bidang, now)
    satu, dua = Indikator.objects.order_by("kode")
    assert (satu.jenis_nilai, satu.tingkatan) == ("ordinal", "WTP = 4\nWDP = 3")
    assert (satu.agregasi, satu.lantai, satu.is_aktif) == ("tertinggi", None, False)
    assert (satu.cara_hitung, satu.alasan_pemilihan) == ("Menurut BPK", "Wajib")
    assert sorted(satu.label.values_list("nama", flat=True)) == ["IKD", "IKU"]
    assert Target.objects.get(indikator=satu).nilai == 4
    assert satu.target_renstra.get().nilai == 4
    assert (dua.polaritas, dua.rumus, dua.toleransi) == ("tetap", "stabil", Decimal("2.5"))
    assert (dua.lantai, dua.nilai_maks, dua.susunan, dua.pengali) == (10, 100, "bagi", 1000)
    assert list(dua.komponen.values_list("nama", "peran")) == [
        ("Patuh", "pembilang"), ("Semua", "penyebut")
    ]  # fmt: skip
    target = Target.objects.get(indikator=dua, triwulan=3)
    assert (target.nilai, target.nilai_atas) == (80, 90)
    muat(bidang, now, RENCANA.replace('"80–90"', "85"))
    assert Target.objects.get(pk=target.pk).nilai_atas is None


@pytest.mark.parametrize(
    ("cari", "ganti", "masalah"),
    [
        ("agregasi: tertinggi", "agregasi: acak", "“agregasi” harus salah satu dari"),
        ("agregasi: tertinggi", "agregat: tertinggi", "kunci “agregat” tidak dikenal"),
        ('["WTP = 4", "WDP = 3"]', "[WTP]", "“tingkatan”: Baris 1"),
        ('toleransi: "2,5"', "toleransi: -2", "“toleransi” harus lebih dari nol"),
        ("pengali: 1000", "pengali: 0", "“pengali” harus lebih dari nol"),
        ("              Penyebut: Semua\n", "", "“komponen”:"),
        ("            arah: tetap", "            arah: tetap\n            jenis: ya_tidak",
         "realisasi dari komponen selalu angka"),
        ('"80–90", 95', '"90–80", 95', "“90–80” tidak terbaca sebagai target. Batas atas"),
        ('"80–90", 95', '"80–90", -5', "tidak dapat kurang dari nol"),
        ('"80–90", 95', '"80–90", ""', "target belum diisi"),
        ("{2029: WTP}", "{2029: ABC}", "“ABC” tidak terbaca sebagai target. Isi dengan salah satu"),
        ("{2029: WTP}", "{2029: [WTP]}", "target belum diisi"),
    ],
)  # fmt: skip
def test_faults_are_named_with_their_line(cari: str, ganti: str, masalah: str) -> None:
    assert cari in RENCANA
    with pytest.raises(BerkasTidakSah) as galat:
        read_rencana(RENCANA.replace(cari, ganti, 1), unit=["P2P"])
    assert any(m.startswith("baris ") and masalah in m for m in galat.value.masalah)
