"""Rencana Aksi: who writes it, what it refuses, what is noted of it, and how it comes out."""

import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kinerja import perms
from kinerja.models import Indikator, Program, RencanaAksi, TargetAksi
from kinerja.rules.periode import Periode
from kinerja.rules.target import IsiTarget
from kinerja.selectors.aksi import build_tabel_aksi, list_aksi_triwulan, list_kelompok
from kinerja.services.aksi import CatatanAksi, record_pelaksanaan, remove_aksi, save_aksi
from kinerja.services.formulir import open_formulir
from kinerja.services.rencana import RencanaBasi
from organisasi.models import Jejak, Pengguna
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import PenugasanFactory, UnitKerjaFactory
from tests.factories.perjanjian import make_rencana
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db

DAFTAR = "/capaian/rencana-aksi/"


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """An indikator of the bidang, with its plan."""
    return make_rencana(bidang.unit)


def satu(nilai: str | int) -> IsiTarget:
    """A figure as a target."""
    return IsiTarget(Decimal(nilai))


def make_aksi(
    bidang: Bidang, now: datetime, aktor: Pengguna | None = None, **isi: object
) -> RencanaAksi:
    """An action of the bidang in two triwulan."""
    bawaan: dict[str, object] = {
        "indikator": Indikator.objects.get(),
        "tahun": 2026,
        "uraian": "Melatih kader",
        "satuan": "kader",
        "unit": bidang.unit,
    }
    aksi = RencanaAksi(**{**bawaan, **isi})
    target = {1: satu(10), 2: IsiTarget(), 3: satu("20.5"), 4: IsiTarget()}
    save_aksi(aksi=aksi, target=target, aktor=aktor or bidang.aktor, now=now)
    return aksi


@pytest.mark.usefixtures("indikator")
def test_unit_and_planner_write_it_others_do_not(bidang: Bidang, now: datetime) -> None:
    make_aksi(bidang, now)
    make_aksi(bidang, now, bidang.perencana.pengguna)
    for lain in (bidang.kolega.pengguna, bidang.orang_luar.pengguna):
        with pytest.raises(AksesDitolak):
            make_aksi(bidang, now, lain)
    assert RencanaAksi.objects.count() == 2
    assert Jejak.objects.filter(aksi="kinerja.rencanaaksi.save").count() == 2
    bidang.instansi.refresh_from_db()
    assert find_chain_break(bidang.instansi) is None


@pytest.mark.usefixtures("indikator")
def test_a_unit_cannot_take_over_the_action_of_another(bidang: Bidang, now: datetime) -> None:
    aksi = make_aksi(bidang, now)
    aksi.unit = bidang.kolega.unit or bidang.unit
    with pytest.raises(AksesDitolak):
        save_aksi(aksi=aksi, target={1: satu(1)}, aktor=bidang.kolega.pengguna, now=now)


@pytest.mark.parametrize("target", [{1: IsiTarget()}, {1: IsiTarget(Decimal(-1))}, {}])
@pytest.mark.usefixtures("indikator")
def test_it_needs_a_target_somewhere(
    bidang: Bidang, now: datetime, target: dict[int, IsiTarget]
) -> None:
    aksi = make_aksi(bidang, now)
    with pytest.raises(IsianTidakSah, match="paling sedikit pada satu triwulan"):
        save_aksi(aksi=aksi, target=target, aktor=bidang.aktor, now=now)


@pytest.mark.usefixtures("indikator")
def test_unit_program_and_money_must_fit(bidang: Bidang, now: datetime) -> None:
    planner = bidang.perencana.pengguna
    program = Program.objects.get(jenis="program")
    assert make_aksi(bidang, now, planner, program=program).program == program
    Program.objects.filter(pk=program.pk).update(tahun=2025)
    program.refresh_from_db()
    with pytest.raises(IsianTidakSah, match="instansi dan tahun yang sama"):
        make_aksi(bidang, now, planner, program=program)
    with pytest.raises(IsianTidakSah, match="instansi dan tahun yang sama"):
        make_aksi(bidang, now, planner, unit=UnitKerjaFactory.create())
    with pytest.raises(IsianTidakSah, match="kurang dari nol"):
        make_aksi(bidang, now, planner, anggaran=Decimal(-1))


@pytest.mark.usefixtures("indikator")
def test_what_was_done_is_noted_with_a_reason_where_it_was_not(
    bidang: Bidang, now: datetime
) -> None:
    aksi = make_aksi(bidang, now)
    belum = {1: CatatanAksi("belum", "")}
    with pytest.raises(IsianTidakSah, match="Triwulan I Tahun 2026: tuliskan mengapa"):
        record_pelaksanaan(aksi=aksi, catatan=belum, aktor=bidang.aktor, now=now)
    catatan = {
        1: CatatanAksi("sebagian", "Kader cuti."),
        2: CatatanAksi("dilaksanakan", "tanpa target"),
        3: CatatanAksi("", ""),
    }
    record_pelaksanaan(aksi=aksi, catatan=catatan, aktor=bidang.aktor, now=now)
    record_pelaksanaan(aksi=aksi, catatan=catatan, aktor=bidang.aktor, now=now)
    satu, tiga = aksi.target.order_by("triwulan")
    assert (satu.keadaan, satu.dicatat_oleh, satu.dicatat_pada) == ("sebagian", bidang.aktor, now)
    assert (tiga.keadaan, tiga.dicatat_pada) == ("", None)
    assert Jejak.objects.filter(aksi="kinerja.rencanaaksi.pelaksanaan").count() == 1
    with pytest.raises(AksesDitolak):
        record_pelaksanaan(aksi=aksi, catatan=catatan, aktor=bidang.kolega.pengguna, now=now)
    with pytest.raises(TransisiDitolak, match="sudah dicatat"):
        remove_aksi(aksi=aksi, aktor=bidang.aktor, now=now)
    tarik = {1: CatatanAksi("", "")}
    record_pelaksanaan(aksi=aksi, catatan=tarik, aktor=bidang.aktor, now=now)
    sama = RencanaAksi.objects.get(pk=aksi.pk)
    remove_aksi(aksi=aksi, aktor=bidang.aktor, now=now)
    assert not TargetAksi.objects.exists()
    with pytest.raises(RencanaBasi, match="belum dihapus"):
        remove_aksi(aksi=sama, aktor=bidang.aktor, now=now)


@pytest.mark.usefixtures("indikator")
def test_a_target_whose_work_is_on_record_stays(bidang: Bidang, now: datetime) -> None:
    aksi = make_aksi(bidang, now)
    catatan = {1: CatatanAksi("dilaksanakan", "")}
    record_pelaksanaan(aksi=aksi, catatan=catatan, aktor=bidang.aktor, now=now)
    kosong = {1: IsiTarget(), 3: satu(5)}
    with pytest.raises(IsianTidakSah, match="Pelaksanaan TW I sudah dicatat"):
        save_aksi(aksi=aksi, target=kosong, aktor=bidang.aktor, now=now)
    assert aksi.target.get(triwulan=1).keadaan == "dilaksanakan"
    save_aksi(aksi=aksi, target={1: satu(4), 3: IsiTarget()}, aktor=bidang.aktor, now=now)
    (tinggal,) = aksi.target.all()
    assert (tinggal.nilai, tinggal.keadaan) == (4, "dilaksanakan")


@pytest.mark.usefixtures("indikator")
def test_two_people_noting_one_action_see_each_other(
    client: Client, bidang: Bidang, now: datetime
) -> None:
    aksi = make_aksi(bidang, now)
    alamat = reverse("kinerja:edit-pelaksanaan", args=[aksi.pk])
    client.force_login(bidang.aktor)
    versi = client.get(alamat).context["versi"]
    catatan = {1: CatatanAksi("sebagian", "Kader cuti.")}
    record_pelaksanaan(
        aksi=aksi, catatan=catatan, aktor=bidang.perencana.pengguna, now=now, versi=versi
    )
    isi = {"keadaan-1": "dilaksanakan", "keterangan-1": "Selesai.", "versi": versi}
    jawab = client.post(alamat, isi)
    teks = jawab.content.decode()
    assert jawab.status_code == 409
    assert "Kader cuti.</td><td>Selesai." in teks
    assert aksi.target.get(triwulan=1).keadaan == "sebagian"
    assert client.post(alamat, isi | {"versi": jawab.context["versi"]}).status_code == 302
    assert aksi.target.get(triwulan=1).keterangan == "Selesai."


@pytest.mark.usefixtures("indikator")
def test_an_action_changed_meanwhile_is_not_removed(
    client: Client, bidang: Bidang, now: datetime
) -> None:
    aksi = make_aksi(bidang, now)
    client.force_login(bidang.aktor)
    versi = client.get(reverse("kinerja:edit-aksi", args=[aksi.pk])).context["versi"]
    RencanaAksi.objects.update(uraian="Diubah")
    hapus = reverse("kinerja:remove-aksi", args=[aksi.pk])
    jawab = client.post(hapus, {"versi": versi})
    assert jawab.status_code == 409
    assert "jadi belum dihapus" in jawab.content.decode()
    assert RencanaAksi.objects.exists()


def test_the_plan_lists_every_indikator_and_a_unit_only_its_own(
    bidang: Bidang,
    indikator: Indikator,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_aksi(bidang, now, anggaran=Decimal("5000000"))
    lain = bidang.kolega.unit
    assert lain is not None
    with django_assert_num_queries(6):
        (kelompok,) = list_kelompok(bidang.instansi, 2026)
    assert (kelompok.indikator, kelompok.target) == (indikator, "90 persen")
    Indikator.objects.update(jenis_nilai="tanggal")
    (bertanggal,) = list_kelompok(bidang.instansi, 2026)
    assert not bertanggal.target.endswith("persen")
    Indikator.objects.update(jenis_nilai="angka")
    assert [s.teks for s in kelompok.baris[0].sel] == ["10", "", "20,5", ""]
    assert list_kelompok(bidang.instansi, 2026, lain) == []
    make_aksi(bidang, now, bidang.perencana.pengguna, unit=lain)
    (milik,) = list_kelompok(bidang.instansi, 2026, lain)
    assert [b.anggaran_teks for b in milik.baris] == ["–"]
    Indikator.objects.update(is_aktif=False)
    (pensiun,) = list_kelompok(bidang.instansi, 2026)
    assert pensiun.target == "–"
    tabel = build_tabel_aksi(list_kelompok(bidang.instansi, 2026, bidang.unit), "Rencana Aksi")
    assert tabel["baris"][0]["aksi"][0]["tw"] == ["10", "", "20,5", ""]
    (due,) = list_aksi_triwulan(bidang.unit.pk, Periode(2026, 3))
    assert (due.aksi.uraian, due.nilai) == ("Melatih kader", Decimal("20.5"))
    assert list_aksi_triwulan(bidang.unit.pk, Periode(2026, 2)) == []


@pytest.mark.usefixtures("indikator")
def test_the_form_of_a_triwulan_shows_what_the_unit_set_out_to_do(
    client: Client, bidang: Bidang, now: datetime
) -> None:
    make_aksi(bidang, now)
    client.force_login(bidang.aktor)
    satu = open_formulir(unit=bidang.unit, tahun=2026, triwulan=1, now=now)
    dua = open_formulir(unit=bidang.unit, tahun=2026, triwulan=2, now=now)
    isi = client.get(satu.get_absolute_url()).content.decode()
    assert "Rencana aksi triwulan ini" in isi
    assert "Melatih kader" in isi
    assert "Rencana aksi triwulan ini" not in client.get(dua.get_absolute_url()).content.decode()


def test_rights_follow_the_post(bidang: Bidang) -> None:
    kantor = bidang.instansi.pk
    assert perms.list_unit_aksi(kantor, [bidang.perencana]) == {None}
    assert perms.list_unit_aksi(kantor, [bidang.pengisi]) == {bidang.unit.pk}
    assert perms.list_unit_aksi(kantor, [bidang.orang_luar]) == frozenset()


# --- pages ----------------------------------------------------------------------------------------


def isian(bidang: Bidang, **isi: object) -> dict[str, object]:
    """A posted form of an action."""
    bawaan = {
        "indikator": Indikator.objects.get().pk,
        "uraian": "Membina puskesmas",
        "satuan": "puskesmas",
        "jenis_nilai": "angka",
        "unit": bidang.unit.pk,
        "anggaran": "1.500.000",
        "tw-1": "3",
        "tw-4": "5,5",
    }
    return {**bawaan, **isi}


@pytest.mark.usefixtures("indikator")
def test_a_unit_writes_changes_notes_and_removes_on_pages(client: Client, bidang: Bidang) -> None:
    client.force_login(bidang.aktor)
    baru = reverse("kinerja:add-aksi")
    assert client.get(baru, {"tahun": "2026"}).status_code == 200
    assert client.post(f"{baru}?tahun=2026", isian(bidang, uraian="")).status_code == 422
    assert client.post(f"{baru}?tahun=2026", isian(bidang)).status_code == 302
    aksi = RencanaAksi.objects.get()
    assert (aksi.tahun, aksi.anggaran, aksi.target.count()) == (2026, Decimal(1_500_000), 2)
    ubah = reverse("kinerja:edit-aksi", args=[aksi.pk])
    assert "5,5" in client.get(ubah).content.decode()
    tolak = client.post(ubah, isian(bidang, **{"tw-1": "", "tw-4": ""}))
    assert (tolak.status_code, "Membina puskesmas" in tolak.content.decode()) == (422, True)
    assert client.post(ubah, isian(bidang, **{"tw-4": ""})).status_code == 302
    assert [t.triwulan for t in aksi.target.all()] == [1]
    catat = reverse("kinerja:edit-pelaksanaan", args=[aksi.pk])
    assert client.get(catat).status_code == 200
    assert client.post(catat, {"keadaan-1": "belum", "keterangan-1": ""}).status_code == 422
    assert client.post(catat, {"keadaan-1": "dilaksanakan"}).status_code == 302
    isi = client.get(DAFTAR, {"tahun": "2026", "unit": str(bidang.unit.pk)}).content.decode()
    assert "Membina puskesmas" in isi
    assert "Dilaksanakan" in isi
    client.post(catat, {"keadaan-1": ""})
    assert client.post(reverse("kinerja:remove-aksi", args=[aksi.pk])).status_code == 302
    assert not RencanaAksi.objects.exists()


@pytest.mark.usefixtures("indikator")
def test_readers_read_and_strangers_find_nothing(
    client: Client, bidang: Bidang, now: datetime
) -> None:
    aksi = make_aksi(bidang, now)
    pembaca = PenugasanFactory.create(
        jabatan__instansi=bidang.instansi, jabatan__tingkat="pembina"
    ).pengguna
    client.force_login(pembaca)
    isi = client.get(DAFTAR, {"tahun": "2026"}).content.decode()
    assert "Melatih kader" in isi
    assert "Tambah aksi" not in isi
    for nama in ("edit-aksi", "edit-pelaksanaan"):
        assert client.get(reverse(f"kinerja:{nama}", args=[aksi.pk])).status_code == 403
    assert client.get(reverse("kinerja:add-aksi")).status_code == 403
    client.force_login(bidang.orang_luar.pengguna)
    assert "Melatih kader" not in client.get(DAFTAR, {"tahun": "2026"}).content.decode()
    for nama in ("edit-aksi", "edit-pelaksanaan"):
        assert client.get(reverse(f"kinerja:{nama}", args=[aksi.pk])).status_code == 404
    assert client.get(DAFTAR, {"unit": str(bidang.unit.pk)}).status_code == 404


@pytest.mark.usefixtures("indikator")
def test_it_comes_out_as_pdf_and_excel(client: Client, bidang: Bidang, now: datetime) -> None:
    make_aksi(bidang, now, uraian="=1+1", anggaran=Decimal(7))
    client.force_login(bidang.aktor)
    cari = {"tahun": "2026", "unit": str(bidang.unit.pk)}
    assert client.get(reverse("kinerja:print-aksi"), cari).content.startswith(b"%PDF-")
    isi = client.get(reverse("kinerja:download-aksi"), cari).content
    baris = list(openpyxl.load_workbook(io.BytesIO(isi)).worksheets[0].values)
    assert baris[1][3:10] == ("=1+1", None, "kader", 10, None, 20.5, None)
    assert client.get(DAFTAR, {"tahun": "abcd"}).status_code == 200


@pytest.mark.usefixtures("indikator")
def test_the_second_to_save_sees_both_texts_and_the_trail_has_old_and_new(
    client: Client, bidang: Bidang
) -> None:
    client.force_login(bidang.aktor)
    client.post(f"{reverse('kinerja:add-aksi')}?tahun=2026", isian(bidang))
    aksi = RencanaAksi.objects.get()
    ubah = reverse("kinerja:edit-aksi", args=[aksi.pk])
    versi = str(client.get(ubah).context["versi"])
    pertama = isian(bidang, uraian="Orang pertama", **{"tw-1": "7"})
    assert client.post(ubah, {**pertama, "versi": versi}).status_code == 302
    tolak = client.post(ubah, {**isian(bidang, uraian="Orang kedua"), "versi": versi})
    teks = tolak.content.decode()
    assert tolak.status_code == 409
    assert "<td>Orang pertama</td><td>Orang kedua</td>" in teks
    aksi.refresh_from_db()
    assert aksi.uraian == "Orang pertama"
    jejak = Jejak.objects.filter(aksi="kinerja.rencanaaksi.save").latest("pk")
    assert set(jejak.data["ubah"]) == {"uraian", "TW 1"}
    assert jejak.data["ubah"]["uraian"] == ["Membina puskesmas", "Orang pertama"]
    baru = str(tolak.context["versi"])
    assert client.post(ubah, {**isian(bidang), "versi": baru}).status_code == 302


@pytest.mark.usefixtures("indikator")
def test_a_unit_is_offered_its_own_and_keeps_what_it_typed(client: Client, bidang: Bidang) -> None:
    lain = UnitKerjaFactory.create(instansi=bidang.instansi)
    client.force_login(bidang.aktor)
    alamat = f"{reverse('kinerja:add-aksi')}?tahun=2026"
    tolak = client.post(alamat, isian(bidang, unit=lain.pk))
    assert (tolak.status_code, "Membina puskesmas" in tolak.content.decode()) == (422, True)
    assert [u.pk for u in tolak.context["form"].fields["unit"].queryset] == [bidang.unit.pk]
    client.force_login(bidang.perencana.pengguna)
    assert client.post(alamat, isian(bidang, unit=lain.pk)).status_code == 302
