"""The plan as a tree, and writing it row by row."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Indikator, Program, RealisasiAnggaran, Target, TargetRenstra, Tujuan
from kinerja.rules.pohon import FaktaIndikator, list_celah_indikator
from kinerja.selectors.pohon import get_pohon
from kinerja.services.rencana import Angka, save_realisasi_anggaran, save_simpul
from organisasi.models import Instansi, Jejak
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah
from tests.factories.kinerja import IndikatorFactory, SasaranFactory, TargetFactory, make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db


@pytest.fixture
def perencana(client: Client, bidang: Bidang) -> Client:
    """The Perencana at the browser."""
    client.force_login(bidang.perencana.pengguna)
    return client


def make_program(bidang: Bidang, now: datetime, kode: str, **isi: Any) -> Program:
    """A row of the budget of 2026."""
    program = Program(instansi=bidang.instansi, tahun=2026, kode=kode, nama=f"Nama {kode}", **isi)
    save_simpul(program, aktor=bidang.perencana.pengguna, now=now)
    return program


def kirim(client: Client, alamat: str, **isi: Any) -> Any:  # noqa: ANN401 - a response
    """POST a form of the plan."""
    return client.post(f"/capaian/{alamat}", isi)


def test_tree_says_a_target_as_it_is_read(perencana: Client, bidang: Bidang) -> None:
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    isi = {"sasaran": sasaran, "unit": bidang.unit}
    hari = IndikatorFactory(**isi, jenis_nilai="tanggal", satuan="tanggal", nama="Satu")
    TargetFactory(indikator=hari, triwulan=4, nilai=Decimal(739797))
    sebutan = IndikatorFactory(
        **isi, jenis_nilai="ordinal", tingkatan="A = 6\nBB = 5", satuan="predikat", nama="Dua"
    )
    TargetFactory(indikator=sebutan, triwulan=4, nilai=Decimal(6))
    turun = IndikatorFactory(**isi, polaritas="turun", rumus="cermin", satuan="menit", nama="Tiga")
    TargetFactory(indikator=turun, triwulan=4, nilai=Decimal(25))
    halaman = perencana.get("/capaian/pohon/?tahun=2026").content.decode()
    for kata in ("target 30 Juni 2026 ·", "target A ·", "target ≤ 25 menit ·"):
        assert kata in halaman


def test_tree_marks_what_is_missing(bidang: Bidang) -> None:
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    i = IndikatorFactory(sasaran=sasaran, unit=bidang.unit, definisi_operasional="")
    TargetFactory(indikator=i, triwulan=1)
    IndikatorFactory(sasaran=sasaran, unit=bidang.unit, is_aktif=False)
    kosong = SasaranFactory(tujuan=sasaran.tujuan)
    pohon = get_pohon(bidang.instansi, 2026)
    satu, dua = pohon.tujuan[0].sasaran
    assert satu.indikator[0].celah == (
        "Target baru 1 dari 4 triwulan",
        "Belum ada target akhir Renstra",
        "Belum ada definisi operasional",
    )
    assert satu.indikator[1].celah == ()
    assert satu.celah == ("Belum didukung program",)
    assert (dua.sasaran, dua.celah) == (kosong, ("Belum ada indikator", "Belum didukung program"))
    assert pohon.celah == 6


@pytest.mark.parametrize(
    ("isi", "teks"),
    [
        ({}, "target 3 persen"),
        ({"jenis_nilai": "ordinal", "tingkatan": "WTP = 4\nWDP = 3"}, "target WDP"),
    ],
    ids=["angka", "tingkat"],
)
def test_a_target_is_named_as_its_kind_of_value_is_written(
    perencana: Client, bidang: Bidang, isi: dict[str, str], teks: str
) -> None:
    i = IndikatorFactory(unit=bidang.unit, satuan="persen", **isi)
    TargetFactory(indikator=i, triwulan=4, nilai=3)
    assert f"· {teks} · " in " ".join(perencana.get("/capaian/pohon/").content.decode().split())


def test_complete_indikator_has_no_gap() -> None:
    assert not [*list_celah_indikator(FaktaIndikator(True, 4, definisi=True, renstra=True))]  # noqa: FBT003 - aktif
    tanpa = FaktaIndikator(True, 0, definisi=True, renstra=True)  # noqa: FBT003 - aktif
    assert [*list_celah_indikator(tanpa)] == ["Belum ada target tahun ini"]


def test_budget_without_owner_or_money_is_a_gap_and_a_row_below_has_the_owner_above(
    bidang: Bidang, now: datetime
) -> None:
    make_program(bidang, now, "1.02.02", unit=bidang.unit, pagu=Decimal(1))
    make_program(bidang, now, "1.02.02.2.01")
    make_program(bidang, now, "1.02.03", pagu=Decimal(0))
    pohon = get_pohon(bidang.instansi, 2026)
    atas, lain = pohon.lepas
    assert (atas.celah, atas.anak[0].celah) == ((), ("Belum ada pagu",))
    assert lain.celah == ("Belum ada penanggung jawab",)
    assert pohon.celah == 2


def test_tujuan_without_sasaran_is_a_gap(bidang: Bidang) -> None:
    Tujuan.objects.create(
        instansi=bidang.instansi, kode="9", uraian="X", tahun_awal=2025, tahun_akhir=2029
    )
    assert get_pohon(bidang.instansi, 2026).tujuan[0].celah == ("Belum ada sasaran",)
    assert get_pohon(bidang.instansi, 2035).tujuan == ()


def test_budget_hangs_below_its_sasaran_by_code(bidang: Bidang, now: datetime) -> None:
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    make_program(bidang, now, "1.02.02", sasaran=sasaran, pagu=Decimal(1000))
    make_program(bidang, now, "1.02.02.2.01")
    sub = make_program(bidang, now, "1.2.2.2.1.6")
    make_program(bidang, now, "X.XX.01")
    pohon = get_pohon(bidang.instansi, 2026)
    (atas,) = pohon.tujuan[0].sasaran[0].program
    assert atas.anak[0].anak[0].program == sub
    assert sub.kode == "1.02.02.2.01.0006"
    assert [p.program.kode for p in pohon.lepas] == ["X.XX.01"]


def test_row_of_the_budget_needs_the_row_above_it(bidang: Bidang, now: datetime) -> None:
    with pytest.raises(IsianTidakSah, match=r"Belum ada 1\.02\.02\.2\.01 pada tahun 2026"):
        make_program(bidang, now, "1.02.02.2.01.0006")
    with pytest.raises(IsianTidakSah, match="Tulis seperti"):
        make_program(bidang, now, "1")


def test_money_spent_never_shrinks(bidang: Bidang, now: datetime) -> None:
    program = make_program(bidang, now, "1.02.02")
    aktor = bidang.perencana.pengguna
    baik = Angka({1: Decimal(5), 2: Decimal(5), 3: None})
    save_realisasi_anggaran(program=program, realisasi=baik, aktor=aktor, now=now)
    assert RealisasiAnggaran.objects.count() == 2
    for buruk in ({1: Decimal(5), 2: Decimal(4)}, {1: Decimal(-1)}):
        with pytest.raises(IsianTidakSah, match="tidak pernah berkurang"):
            save_realisasi_anggaran(program=program, realisasi=Angka(buruk), aktor=aktor, now=now)


def test_tree_costs_the_same_however_large(
    bidang: Bidang, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    for n in range(1, 20):
        TargetFactory(indikator=IndikatorFactory(sasaran=sasaran, unit=bidang.unit))
        make_program(bidang, now, f"1.02.{n:02d}", sasaran=sasaran)
    with django_assert_num_queries(7):
        get_pohon(bidang.instansi, 2026)


def test_indikator_is_entered_changed_and_removed_on_its_page(
    perencana: Client, bidang: Bidang
) -> None:
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    alamat = f"/capaian/pohon/indikator/baru/?induk={sasaran.pk}"
    assert f'value="{sasaran.pk}" selected' in perencana.get(alamat).content.decode()
    isi = {
        "sasaran": sasaran.pk,
        "kode": "1.1",
        "nama": "Angka kematian ibu",
        "satuan": "per 100.000",
        "unit": bidang.unit.pk,
        "rumus": "cermin",
        "batas": "120,5",
        "jenis_nilai": "rasio",
        "desimal": "2",
        "urutan": "1",
        "is_aktif": "on",
    }
    assert kirim(perencana, "pohon/indikator/baru/", **isi).status_code == 302
    i = Indikator.objects.get()
    assert (i.polaritas, i.batas) == ("turun", Decimal("120.5"))
    ubah = kirim(perencana, f"pohon/indikator/{i.pk}/", **{**isi, "nama": "AKI"})
    assert ubah.status_code == 302
    jejak = Jejak.objects.get(
        aksi="kinerja.indikator.save", data__ubah__nama__0="Angka kematian ibu"
    )
    assert jejak.data["ubah"] == {"nama": ["Angka kematian ibu", "AKI"]}
    assert kirim(perencana, f"pohon/indikator/{i.pk}/hapus/").status_code == 302
    assert not Indikator.objects.exists()
    assert find_chain_break(Instansi.objects.get(pk=bidang.instansi.pk)) is None


def test_what_is_used_cannot_be_removed(perencana: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    jawab = kirim(perencana, f"pohon/indikator/{c.indikator_id}/hapus/")
    assert jawab.status_code == 409
    assert "masih dipakai: capaian" in jawab.content.decode()
    assert Indikator.objects.filter(pk=c.indikator_id).exists()


def test_targets_are_typed_as_indonesian_writes_them(perencana: Client, bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit)
    TargetFactory(indikator=i, triwulan=1, nilai=Decimal(5))
    alamat = f"indikator/{i.pk}/target/?tahun=2026"
    isi = {"tw-1": "", "tw-2": "1.234,5", "tw-3": "", "tw-4": "", "th-2026": "90", "th-2029": "95"}
    assert kirim(perencana, alamat, **isi).status_code == 302
    assert [(t.triwulan, t.nilai) for t in Target.objects.all()] == [(2, Decimal("1234.5"))]
    assert [(t.tahun, t.nilai) for t in TargetRenstra.objects.all()] == [(2026, 90), (2029, 95)]
    assert 'value="1.234,5"' in perencana.get(f"/capaian/{alamat}").content.decode()
    salah = kirim(perencana, alamat, **{**isi, "tw-3": "sembilan"})
    assert salah.status_code == 422
    assert "sembilan" in salah.content.decode()


def test_budget_is_entered_on_its_pages(perencana: Client, bidang: Bidang) -> None:
    isi = {"tahun": "2026", "kode": "1.2.2", "nama": "Program Gizi", "pagu": "1.500.000.000"}
    assert kirim(perencana, "pohon/program/baru/", **isi).status_code == 302
    program = Program.objects.get()
    assert (program.kode, program.pagu) == ("1.02.02", 1_500_000_000)
    dua_kali = kirim(perencana, "pohon/program/baru/", **isi)
    assert dua_kali.status_code == 422
    assert "Kode ini sudah dipakai" in dua_kali.content.decode()
    yatim = kirim(perencana, "pohon/program/baru/", **{**isi, "kode": "1.02.03.2.01"})
    assert (yatim.status_code, "Belum ada 1.02.03" in yatim.content.decode()) == (422, True)
    buruk = kirim(perencana, "pohon/program/baru/", **{**isi, "kode": "abc"})
    assert "Tulis seperti" in buruk.content.decode()
    anggaran = f"program/{program.pk}/anggaran/"
    assert kirim(perencana, anggaran, **{"tw-1": "100", "tw-2": "50"}).status_code == 422
    assert kirim(perencana, anggaran, **{"tw-1": "100", "tw-2": "250"}).status_code == 302
    assert "realisasi Rp250" in perencana.get("/capaian/pohon/?tahun=2026").content.decode()


@pytest.mark.parametrize("jenis", ["renstra", "tujuan", "sasaran", "indikator", "program"])
def test_only_planners_write_and_strangers_find_nothing(
    client: Client, bidang: Bidang, jenis: str
) -> None:
    client.force_login(bidang.kolega.pengguna)
    assert client.get(f"/capaian/pohon/{jenis}/baru/").status_code == 403
    assert "Tambah tujuan" not in client.get("/capaian/pohon/").content.decode()
    client.force_login(bidang.perencana.pengguna)
    assert client.get(f"/capaian/pohon/{jenis}/baru/?induk=x").status_code == 200
    assert client.get(f"/capaian/pohon/{jenis}/999999/").status_code == 404


def test_service_refuses_who_does_not_plan(bidang: Bidang, now: datetime) -> None:
    tujuan = Tujuan(
        instansi=bidang.instansi, kode="1", uraian="X", tahun_awal=2025, tahun_akhir=2029
    )
    with pytest.raises(AksesDitolak, match="tidak berwenang"):
        save_simpul(tujuan, aktor=bidang.kolega.pengguna, now=now)


def test_a_target_stays_below_the_upper_end_of_its_range(perencana: Client, bidang: Bidang) -> None:
    target = TargetFactory(
        indikator__unit=bidang.unit,
        indikator__sasaran__tujuan__instansi=bidang.instansi,
        nilai=Decimal(5),
        nilai_atas=Decimal(7),
    )
    alamat = f"indikator/{target.indikator_id}/target/?tahun={target.tahun}"
    ruas = f"tw-{target.triwulan}"
    jawab = kirim(perencana, alamat, **{ruas: "7"})
    assert jawab.status_code == 422
    assert "di bawah batas atasnya, 7." in jawab.content.decode()
    assert kirim(perencana, alamat, **{ruas: "6"}).status_code == 302
    target.refresh_from_db()
    assert target.nilai == 6


def test_no_row_is_taken_from_another_office(bidang: Bidang, now: datetime) -> None:
    asing = SasaranFactory()
    asing.tujuan = SasaranFactory(tujuan__instansi=bidang.instansi).tujuan
    with pytest.raises(AksesDitolak, match="antarinstansi"):
        save_simpul(asing, aktor=bidang.perencana.pengguna, now=now)


def test_renstra_shows_visi_and_misi(perencana: Client, bidang: Bidang) -> None:
    isi = {"tahun_awal": "2025", "tahun_akhir": "2029", "visi": "Maju", "misi": "Sehat"}
    assert kirim(perencana, "pohon/renstra/baru/", **isi).status_code == 302
    assert "Renstra 2025–2029" in perencana.get("/capaian/pohon/?tahun=2026").content.decode()
    terbalik = {**isi, "tahun_awal": "2031"}
    assert kirim(perencana, "pohon/renstra/baru/", **terbalik).status_code == 422
    SasaranFactory(tujuan__instansi=bidang.instansi)
    assert perencana.get("/capaian/pohon/?tahun=99999999999").status_code == 200
    assert perencana.get("/capaian/pohon/?tahun=020251").status_code == 200


@pytest.mark.parametrize("akhir", ["20260", "1999", "2101"])
def test_a_year_nobody_lives_in_is_asked_for_again(perencana: Client, akhir: str) -> None:
    isi = {"kode": "1", "uraian": "Uraian", "tahun_awal": "1998", "tahun_akhir": akhir}
    jawab = kirim(perencana, "pohon/tujuan/baru/", **isi)
    assert jawab.status_code == 422
    assert set(jawab.context["form"].errors) == {"tahun_awal", "tahun_akhir"}
    assert not Tujuan.objects.exists()
