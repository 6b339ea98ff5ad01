"""Units and posts of an office: who may change them, what stays, what the trail says."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organisasi.models import Instansi, Jabatan, Jejak, Pengguna, Penugasan, UnitKerja
from organisasi.selectors import (
    find_chain_break,
    get_atasan,
    list_pohon_unit,
    list_susunan,
    list_unit_terbuka,
)
from organisasi.services.susunan import (
    IsianJabatan,
    IsianUnit,
    close_unit,
    create_jabatan,
    create_unit,
    move_unit,
    update_jabatan,
    update_unit,
)
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import (
    InstansiFactory,
    JabatanFactory,
    PenggunaFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)
from tests.factories.sop import create_terbit

pytestmark = pytest.mark.django_db


@pytest.fixture
def kelola() -> Penugasan:
    """Who configures an office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))


@pytest.fixture
def kantor(kelola: Penugasan) -> Instansi:
    """That office."""
    return kelola.jabatan.instansi


@pytest.fixture
def aktor(kelola: Penugasan) -> Pengguna:
    """The person."""
    return kelola.pengguna


def url(nama: str, *isi: object) -> str:
    """Address in this app."""
    return reverse(f"organisasi:{nama}", args=isi)


def test_new_unit_gets_a_code_and_the_last_place(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    isian = IsianUnit("Bidang Perumahan Rakyat", "bidang")
    satu, dua = (
        create_unit(instansi_id=kantor.pk, isian=isian, aktor=aktor, now=now) for _ in range(2)
    )
    assert (satu.kode, dua.kode) == ("bidang_perumahan_rakyat", "bidang_perumahan_rakyat_2")
    assert (satu.urutan, dua.urutan) == (1, 2)
    jejak = Jejak.objects.filter(aksi="organisasi.unit.buat").first()
    assert jejak is not None
    assert (jejak.aktor, jejak.data["nama"]) == (aktor, isian.nama)
    assert find_chain_break(Instansi.objects.get(pk=kantor.pk)) is None


def test_name_of_signs_only_still_makes_a_code(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    unit = create_unit(instansi_id=kantor.pk, isian=IsianUnit("---", "seksi"), aktor=aktor, now=now)
    assert unit.kode == "baru"


def test_unit_is_renamed_and_moved_below_another(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    atas, bawah = UnitKerjaFactory(instansi=kantor), UnitKerjaFactory(instansi=kantor)
    isian = IsianUnit("Seksi Data", "seksi", atas)
    update_unit(unit_id=bawah.pk, isian=isian, aktor=aktor, now=now)
    bawah.refresh_from_db()
    assert (bawah.nama, bawah.jenis, bawah.induk) == ("Seksi Data", "seksi", atas)
    assert Jejak.objects.get(aksi="organisasi.unit.ubah").data["ke"]["induk"] == atas.kode
    update_unit(unit_id=bawah.pk, isian=IsianUnit("S", "seksi"), aktor=aktor, now=now)


def test_unit_cannot_lie_below_itself_or_in_another_office(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    atas = UnitKerjaFactory(instansi=kantor)
    anak = UnitKerjaFactory(instansi=kantor, induk=atas)
    for induk in (atas, anak, UnitKerjaFactory()):
        with pytest.raises(IsianTidakSah):
            update_unit(
                unit_id=atas.pk, isian=IsianUnit("X", "bidang", induk), aktor=aktor, now=now
            )


def test_units_change_places_among_equals_and_stop_at_the_edge(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    a = UnitKerjaFactory(instansi=kantor, kode="A")
    UnitKerjaFactory(instansi=kantor, kode="A1", induk=a)
    b = UnitKerjaFactory(instansi=kantor, kode="B")
    move_unit(unit_id=b.pk, naik=True, aktor=aktor, now=now)
    assert [s.unit.kode for s in list_pohon_unit(kantor)] == ["B", "A", "A1"]
    move_unit(unit_id=b.pk, naik=True, aktor=aktor, now=now)
    move_unit(unit_id=b.pk, naik=False, aktor=aktor, now=now)
    assert [(s.unit.kode, s.tingkat) for s in list_pohon_unit(kantor)] == [
        ("A", 0),
        ("A1", 1),
        ("B", 0),
    ]
    assert Jejak.objects.filter(aksi="organisasi.unit.urutkan").count() == 2


def test_closed_unit_leaves_new_drafts_and_can_come_back(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    unit = UnitKerjaFactory(instansi=kantor)
    close_unit(unit_id=unit.pk, buka=False, aktor=aktor, now=now)
    assert not list_unit_terbuka(kantor).exists()
    with pytest.raises(TransisiDitolak):
        close_unit(unit_id=unit.pk, buka=False, aktor=aktor, now=now)
    close_unit(unit_id=unit.pk, buka=True, aktor=aktor, now=now)
    assert list(list_unit_terbuka(kantor)) == [unit]


def test_post_is_made_and_changed_with_aliases_and_superior(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    isian = IsianJabatan("Sekretaris", "sekretaris", ["Sekdin"])
    atasan = create_jabatan(instansi_id=kantor.pk, isian=isian, aktor=aktor, now=now)
    isian = IsianJabatan("Staf Data", "staf", (), atasan)
    staf = create_jabatan(instansi_id=kantor.pk, isian=isian, aktor=aktor, now=now)
    isian = IsianJabatan("Pengolah Data", "staf", ["Staf"], None)
    update_jabatan(jabatan_id=staf.pk, isian=isian, aktor=aktor, now=now)
    staf.refresh_from_db()
    assert (staf.nama, staf.alias, staf.atasan) == ("Pengolah Data", ["Staf"], None)
    data = Jejak.objects.get(aksi="organisasi.jabatan.ubah").data
    assert (data["dari"]["atasan"], data["ke"]["atasan"]) == ("sekretaris", None)


def test_nobody_changes_the_level_of_a_post_he_holds(
    kelola: Penugasan, aktor: Pengguna, now: datetime
) -> None:
    sendiri = kelola.jabatan
    isian = IsianJabatan(sendiri.nama, "kepala")
    with pytest.raises(AksesDitolak, match="pengelola lain"):
        update_jabatan(jabatan_id=sendiri.pk, isian=isian, aktor=aktor, now=now)
    isian = IsianJabatan("Admin", sendiri.tingkat)
    assert update_jabatan(jabatan_id=sendiri.pk, isian=isian, aktor=aktor, now=now).nama == "Admin"
    kelola.selesai = now
    kelola.save()
    lain = PenugasanFactory(jabatan=JabatanFactory(instansi=sendiri.instansi, tingkat="sekretaris"))
    isian = IsianJabatan("Staf", "staf")
    update_jabatan(jabatan_id=sendiri.pk, isian=isian, aktor=lain.pengguna, now=now)


def test_no_office_makes_or_unmakes_who_reads_all_offices(
    client: Client, kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    staf = JabatanFactory(instansi=kantor, tingkat="staf")
    pembina = JabatanFactory(instansi=kantor, tingkat="pembina")
    naik, turun = IsianJabatan("Pembina", "pembina"), IsianJabatan("Staf", "staf")
    with pytest.raises(AksesDitolak, match="seluruh instansi"):
        create_jabatan(instansi_id=kantor.pk, isian=naik, aktor=aktor, now=now)
    for jabatan, isian in ((staf, naik), (pembina, turun)):
        with pytest.raises(AksesDitolak, match="seluruh instansi"):
            update_jabatan(jabatan_id=jabatan.pk, isian=isian, aktor=aktor, now=now)
    client.force_login(aktor)
    assert 'value="pembina"' not in client.get(url("create-jabatan")).content.decode()
    assert 'value="pembina"' in client.get(url("update-jabatan", pembina.pk)).content.decode()


def test_superior_is_another_post_of_the_same_office(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    jabatan = JabatanFactory(instansi=kantor)
    for atasan in (jabatan, JabatanFactory()):
        isian = IsianJabatan("X", "staf", (), atasan)
        with pytest.raises(IsianTidakSah, match="jabatan lain"):
            update_jabatan(jabatan_id=jabatan.pk, isian=isian, aktor=aktor, now=now)


def test_superior_is_named_or_the_nearest_level_above(kantor: Instansi) -> None:
    staf = JabatanFactory(instansi=kantor, tingkat="staf")
    assert get_atasan(kantor.pk)[staf.pk] == []
    kepala = JabatanFactory(instansi=kantor, tingkat="kepala")
    assert get_atasan(kantor.pk)[staf.pk] == [kepala.pk]
    sekretaris = JabatanFactory(instansi=kantor, tingkat="sekretaris")
    atasan = get_atasan(kantor.pk)
    assert atasan[staf.pk] == [sekretaris.pk]
    assert atasan[sekretaris.pk] == [kepala.pk]
    assert atasan[kepala.pk] == []
    staf.atasan = kepala
    staf.save()
    assert get_atasan(kantor.pk)[staf.pk] == [kepala.pk]


def test_only_who_configures_that_office_changes_it(kantor: Instansi, now: datetime) -> None:
    unit = UnitKerjaFactory(instansi=kantor)
    tetangga = PenugasanFactory(jabatan=JabatanFactory(tingkat="kepala")).pengguna
    for orang in (PenugasanFactory(jabatan__instansi=kantor).pengguna, tetangga):
        with pytest.raises(AksesDitolak):
            close_unit(unit_id=unit.pk, buka=False, aktor=orang, now=now)


def test_lists_take_the_same_queries_for_any_size(
    kantor: Instansi, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        PenugasanFactory(jabatan__instansi=kantor, unit=UnitKerjaFactory(instansi=kantor))
        with django_assert_num_queries(2):
            assert [p.pengguna.nama for s in list_susunan(kantor, pada=now) for p in s.kini]
        with django_assert_num_queries(1):
            list_pohon_unit(kantor)


def test_manager_changes_units_on_their_page(
    client: Client, kantor: Instansi, aktor: Pengguna
) -> None:
    client.force_login(aktor)
    data = {"nama": "Bidang Baru", "jenis": "bidang"}
    assert client.post(url("manage-unit"), data).status_code == 302
    unit = UnitKerja.objects.get(instansi=kantor)
    assert client.post(url("change-unit", unit.pk, "naik")).status_code == 302
    assert client.post(url("change-unit", unit.pk, "tutup")).status_code == 302
    isi = client.get(url("manage-unit")).content.decode()
    assert "Bidang Baru" in isi
    assert "Ditutup" in isi
    assert client.post(url("change-unit", unit.pk, "tutup")).status_code == 409
    assert client.post(url("change-unit", unit.pk, "buka")).status_code == 302
    assert "Bidang Baru" in client.get(url("update-unit", unit.pk)).content.decode()
    assert client.post(url("update-unit", unit.pk), data | {"nama": "B2"}).status_code == 302
    unit.refresh_from_db()
    assert unit.nama == "B2"


@pytest.mark.parametrize("nama", ["manage-unit", "create-jabatan"])
def test_bad_input_stays_in_the_form(client: Client, aktor: Pengguna, nama: str) -> None:
    client.force_login(aktor)
    data = {"nama": "Ketikan saya", "jenis": "apa saja", "tingkat": "raja"}
    jawab = client.post(url(nama), data)
    assert jawab.status_code == 422
    assert "Ketikan saya" in jawab.content.decode()


def test_refusal_of_the_content_stands_on_the_form(
    client: Client, kantor: Instansi, aktor: Pengguna
) -> None:
    unit = UnitKerjaFactory(instansi=kantor)
    client.force_login(aktor)
    data = {"nama": "B", "jenis": "bidang", "induk": unit.pk}
    jawab = client.post(url("update-unit", unit.pk), data)
    assert jawab.status_code == 422
    assert "di bawah dirinya sendiri" in jawab.content.decode()


def test_manager_changes_posts_on_their_page(
    client: Client, kantor: Instansi, aktor: Pengguna
) -> None:
    client.force_login(aktor)
    assert client.get(url("create-jabatan")).status_code == 200
    data = {"nama": "Kepala Seksi", "tingkat": "bidang", "alias": "Kasi\n\n Kasi \nKa. Seksi"}
    assert client.post(url("create-jabatan"), data).status_code == 302
    jabatan = Jabatan.objects.get(kode="kepala_seksi")
    assert jabatan.alias == ["Kasi", "Ka. Seksi"]
    isi = client.get(url("view-jabatan", jabatan.pk)).content.decode()
    assert "Kasi, Ka. Seksi" in isi
    assert "Kasi\nKa. Seksi" in client.get(url("update-jabatan", jabatan.pk)).content.decode()
    data["nama"] = "Kasi Data"
    assert client.post(url("update-jabatan", jabatan.pk), data).status_code == 302
    assert "Kasi Data" in client.get(url("list-penugasan")).content.decode()


def test_reader_sees_and_changes_nothing(client: Client, kantor: Instansi) -> None:
    unit, jabatan = UnitKerjaFactory(instansi=kantor), JabatanFactory(instansi=kantor)
    client.force_login(PenugasanFactory(jabatan__instansi=kantor).pengguna)
    for alamat in (
        url("list-penugasan"),
        url("manage-unit"),
        url("view-jabatan", jabatan.pk),
    ):
        isi = client.get(alamat).content.decode()
        assert "Tetapkan" not in isi
        assert "Unit baru" not in isi
    for alamat in (url("update-unit", unit.pk), url("create-jabatan")):
        assert client.get(alamat).status_code == 403
    for alamat in (url("manage-unit"), url("change-unit", unit.pk, "tutup")):
        assert client.post(alamat, {"nama": "X", "jenis": "bidang"}).status_code == 403
    assert UnitKerja.objects.get().ditutup_pada is None


def test_other_offices_are_not_there(client: Client, aktor: Pengguna) -> None:
    asing = InstansiFactory()
    unit, jabatan = UnitKerjaFactory(instansi=asing), JabatanFactory(instansi=asing)
    client.force_login(aktor)
    for nama, pk in (
        ("update-unit", unit.pk),
        ("update-jabatan", jabatan.pk),
        ("view-jabatan", jabatan.pk),
        ("appoint", jabatan.pk),
    ):
        assert client.get(url(nama, pk)).status_code == 404
    assert client.post(url("change-unit", unit.pk, "tutup")).status_code == 404
    client.force_login(PenggunaFactory())
    assert client.get(url("manage-unit")).status_code == 403


def test_post_in_use_does_not_become_one_that_manages(now: datetime) -> None:
    isian = IsianJabatan("Admin", "pengelola")
    versi = create_terbit()
    kantor = versi.sop.instansi
    kelola = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor, tingkat="pengelola"))
    dipegang = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor)).jabatan
    langkah = versi.langkah.first()
    assert langkah is not None
    disebut = langkah.pelaksana.get().jabatan
    atasan = JabatanFactory(instansi=kantor)
    JabatanFactory(instansi=kantor, atasan=atasan)
    siapa: dict[str, Any] = {"isian": isian, "aktor": kelola.pengguna, "now": now}
    for jabatan in (dipegang, disebut):
        with pytest.raises(TransisiDitolak, match="jabatan baru untuk pengelola"):
            update_jabatan(jabatan_id=jabatan.pk, **siapa)
    assert update_jabatan(jabatan_id=atasan.pk, **siapa).tingkat == "pengelola"


def test_own_account_is_not_raised_by_the_level_of_its_post(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    p = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor))
    isian = IsianJabatan("Kepala", "kepala")
    p.pengguna.dibuat_oleh = aktor
    p.pengguna.save()
    with pytest.raises(AksesDitolak, match="Anda buat sendiri"):
        update_jabatan(jabatan_id=p.jabatan_id, isian=isian, aktor=aktor, now=now)
    Penugasan.objects.filter(pk=p.pk).update(selesai=now)
    assert update_jabatan(jabatan_id=p.jabatan_id, isian=isian, aktor=aktor, now=now)


def test_level_of_a_post_held_by_somebody_elses_account_is_changed(
    kantor: Instansi, aktor: Pengguna, now: datetime
) -> None:
    p = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor))
    isian = IsianJabatan("Kepala", "kepala")
    jabatan = update_jabatan(jabatan_id=p.jabatan_id, isian=isian, aktor=aktor, now=now)
    assert jabatan.tingkat == "kepala"
