"""Two planners at one row: the second sees what the first has stored, and nothing typed is lost."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from kinerja.models import Indikator, Program, RealisasiAnggaran, Sasaran, Target
from kinerja.rules.komposit import KomponenBaca, Peran
from kinerja.rules.target import IsiTarget
from kinerja.services.kamus import RincianIndikator, save_indikator, write_komponen
from kinerja.services.rencana import (
    IsianTarget,
    RencanaBasi,
    compute_versi,
    save_simpul,
    save_target,
)
from tests.factories.kinerja import IndikatorFactory, SasaranFactory, TargetFactory
from tests.factories.organisasi import UnitKerjaFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


@pytest.fixture
def perencana(client: Client, bidang: Bidang) -> Client:
    """The Perencana at the browser."""
    client.force_login(bidang.perencana.pengguna)
    return client


def buka(client: Client, alamat: str) -> str:
    """What the page opened says it shows."""
    return str(client.get(alamat).context["versi"])


def simpan(client: Client, alamat: str, **isi: Any) -> tuple[int, str]:
    """Status and words of the answer."""
    jawab = client.post(alamat, isi)
    return jawab.status_code, " ".join(jawab.content.decode().split())


def test_second_planner_sees_both_texts_and_may_insist(perencana: Client, bidang: Bidang) -> None:
    s = SasaranFactory(tujuan__instansi=bidang.instansi, kode="1", uraian="Semula", urutan=1)
    alamat = f"/capaian/pohon/sasaran/{s.pk}/"
    isi = {"tujuan": s.tujuan_id, "kode": "1", "urutan": "1"}
    versi = buka(perencana, alamat)
    assert simpan(perencana, alamat, **isi, uraian="Orang pertama", versi=versi)[0] == 302
    status, teks = simpan(perencana, alamat, **isi, uraian="Orang kedua", versi=versi)
    assert status == 409
    assert "Orang lain mengubah bagian rencana ini" in teks
    assert '<th scope="row">Uraian</th><td>Orang pertama</td><td>Orang kedua</td>' in teks
    assert 'value="Orang kedua"' in teks
    assert Sasaran.objects.get().uraian == "Orang pertama"
    baru = compute_versi(Sasaran.objects.get())
    assert f'name="versi" value="{baru}"' in teks
    assert simpan(perencana, alamat, **isi, uraian="Orang kedua", versi=baru)[0] == 302
    assert Sasaran.objects.get().uraian == "Orang kedua"


def test_choices_ticks_and_figures_are_shown_as_words(perencana: Client, bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit, kode="1", nama="N", batas=Decimal(120), desimal=2)
    lain = UnitKerjaFactory(instansi=bidang.instansi, nama="Bidang Lain")
    alamat = f"/capaian/pohon/indikator/{i.pk}/"
    versi = buka(perencana, alamat)
    Indikator.objects.update(unit=lain, batas=Decimal("150.5"), is_aktif=False)
    isi = {
        "sasaran": i.sasaran_id,
        "kode": "1",
        "nama": "N",
        "satuan": "persen",
        "unit": bidang.unit.pk,
        "rumus": "per_target",
        "batas": "120",
        "jenis_nilai": "angka",
        "desimal": "2",
        "urutan": str(i.urutan),
        "is_aktif": "on",
        "lantai": "0",
        "toleransi": "0",
        "agregasi": "terakhir",
        "versi": versi,
    }
    status, teks = simpan(perencana, alamat, **isi)
    assert status == 409
    for baris in ("Bidang Lain</td><td>Bidang P2P", "150,5</td><td>120", "Tidak</td><td>Ya"):
        assert baris in teks


def test_same_text_by_two_says_so(perencana: Client, bidang: Bidang) -> None:
    s = SasaranFactory(tujuan__instansi=bidang.instansi, kode="1", uraian="A", urutan=1)
    alamat = f"/capaian/pohon/sasaran/{s.pk}/"
    versi = buka(perencana, alamat)
    Sasaran.objects.update(uraian="B")
    isi = {"tujuan": s.tujuan_id, "kode": "1", "urutan": "1", "uraian": "B", "versi": versi}
    status, teks = simpan(perencana, alamat, **isi)
    assert (status, "Isiannya sama dengan isian Anda" in teks) == (409, True)


def test_targets_and_money_are_guarded_too(perencana: Client, bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit)
    alamat = f"/capaian/indikator/{i.pk}/target/?tahun=2026"
    versi = buka(perencana, alamat)
    TargetFactory(indikator=i, triwulan=1, nilai=Decimal("12.5"))
    status, teks = simpan(perencana, alamat, **{"tw-1": "13,5", "versi": versi})
    assert status == 409
    assert "12,5</td><td>13,5" in teks
    assert Target.objects.get().nilai == Decimal("12.5")
    assert simpan(perencana, alamat, **{"tw-1": "13,5", "versi": buka(perencana, alamat)})[0] == 302
    program = Program.objects.create(
        instansi=bidang.instansi, tahun=2026, kode="1.02.02", nama="P", jenis="program"
    )
    alamat = f"/capaian/program/{program.pk}/anggaran/"
    versi = buka(perencana, alamat)
    RealisasiAnggaran.objects.create(program=program, triwulan=1, nilai=Decimal(100))
    status, teks = simpan(perencana, alamat, **{"tw-1": "200", "versi": versi})
    assert status == 409
    assert "100</td><td>200" in teks
    assert RealisasiAnggaran.objects.get().nilai == 100


def test_service_refuses_what_is_stale_and_takes_what_nobody_looked_at(
    bidang: Bidang, now: datetime
) -> None:
    s = SasaranFactory(tujuan__instansi=bidang.instansi)
    aktor = bidang.perencana.pengguna
    save_simpul(s, aktor=aktor, now=now)
    with pytest.raises(RencanaBasi):
        save_simpul(s, aktor=aktor, now=now, versi="usang")
    hilang = SasaranFactory(tujuan=s.tujuan)
    versi = compute_versi(hilang)
    Sasaran.objects.filter(pk=hilang.pk).delete()
    with pytest.raises(RencanaBasi):
        save_simpul(hilang, aktor=aktor, now=now, versi=versi)
    i = IndikatorFactory(unit=bidang.unit)
    save_target(indikator=i, target=IsianTarget(2026, {1: IsiTarget()}), aktor=aktor, now=now)


def test_labels_and_parts_of_an_indikator_are_guarded_with_their_row(
    perencana: Client, bidang: Bidang, now: datetime
) -> None:
    i = IndikatorFactory(unit=bidang.unit, kode="1", nama="N")
    alamat = f"/capaian/pohon/indikator/{i.pk}/"
    halaman = perencana.get(alamat)
    isi = {n: "" if v is None else v for n, v in halaman.context["form"].initial.items()}
    isi |= {"versi": halaman.context["versi"], "label": "IKI", "is_aktif": "on"}
    save_indikator(
        indikator=i,
        rincian=RincianIndikator(label=["IKU"]),
        aktor=bidang.perencana.pengguna,
        now=now,
    )
    status, teks = simpan(perencana, alamat, **isi)
    assert status == 409
    assert "IKU</td><td>IKI" in teks
    assert [n.nama for n in i.label.all()] == ["IKU"]
    komponen = [KomponenBaca("Kasus", Peran.PEMBILANG, Decimal(1))]
    sebelum = compute_versi(i)
    write_komponen(i, komponen)
    assert compute_versi(i) != sebelum


def test_a_row_changed_meanwhile_is_not_removed(perencana: Client, bidang: Bidang) -> None:
    s = SasaranFactory(tujuan__instansi=bidang.instansi, kode="1", uraian="Semula", urutan=1)
    alamat = f"/capaian/pohon/sasaran/{s.pk}/"
    versi = buka(perencana, alamat)
    Sasaran.objects.update(uraian="Masih dipakai")
    status, teks = simpan(perencana, f"{alamat}hapus/", versi=versi)
    assert status == 409
    assert "jadi belum dihapus" in teks
    assert "Masih dipakai" in teks
    assert "Isiannya sama" not in teks
    assert (
        simpan(perencana, f"{alamat}hapus/", versi=compute_versi(Sasaran.objects.get()))[0] == 302
    )
    assert not Sasaran.objects.exists()
