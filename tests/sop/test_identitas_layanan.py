"""The identity page and the actor columns of a konsep."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from organisasi.selectors import list_jejak
from sakip.common.errors import AlurTidakSah, TransisiDitolak
from sop.models import VersiSOP
from sop.rules.identitas import (
    Identitas,
    KolomPelaksana,
    apply_identitas,
    check_identitas,
    format_tanggal,
    parse_tanggal,
)
from sop.rules.sunting import compute_sidik_identitas
from sop.selectors import read_identitas
from sop.selectors.jejak import list_riwayat
from sop.services.identitas import (
    IdentitasBasi,
    confirm_identitas,
    save_identitas,
    save_peran,
)
from sop.services.salin import copy_versi
from sop.services.sunting import Penyunting
from tests.factories.organisasi import PenugasanFactory
from tests.factories.sop import create_konsep, muat
from tests.sop.test_sunting_layanan import make_penyunting


def test_a_day_is_read_and_an_unreadable_one_is_kept_as_text() -> None:
    lama = Identitas(perlu_konfirmasi=("tanggal_revisi", "kop"))
    baru = apply_identitas(
        lama, {"tanggal_revisi_teks": "18 Agustus 2023", "tanggal_efektif_teks": "Agustus 2023"}
    )
    assert baru.tanggal_revisi == date(2023, 8, 18)
    assert (baru.tanggal_efektif, baru.tanggal_efektif_teks) == (None, "Agustus 2023")
    assert baru.perlu_konfirmasi == ("kop",)
    assert [(m.kolom, m.is_galat) for m in check_identitas(baru)] == [
        ("nama_sop", False),
        ("tanggal_efektif", False),
    ]
    assert check_identitas(replace(baru, nama_sop="A", tanggal_efektif_teks="-")) == []
    assert parse_tanggal(format_tanggal(date(2023, 2, 9))) == date(2023, 2, 9)


def test_a_corrected_official_settles_the_doubt_about_him() -> None:
    lama = Identitas(perlu_konfirmasi=("disahkan",))
    assert apply_identitas(lama, {"disahkan_nama": "Ratna"}).perlu_konfirmasi == ()
    assert apply_identitas(lama, {"disahkan_nama": ""}).perlu_konfirmasi == ("disahkan",)


@pytest.fixture
def versi() -> VersiSOP:
    return create_konsep()


@pytest.fixture
def penyunting(versi: VersiSOP, now: datetime) -> Penyunting:
    return make_penyunting(versi, now)


def _segar(versi: VersiSOP) -> VersiSOP:
    return VersiSOP.objects.select_related("sop").get(pk=versi.pk)


@pytest.mark.django_db
def test_the_page_is_written_with_its_trail(versi: VersiSOP, penyunting: Penyunting) -> None:
    isian = {"nomor_sop": "800/7", "dasar_hukum": ("UU 25/2004", "PP 8/2006")}
    katalog = {"nama": "SOP Baru", "unit_pemilik": "Sekretariat"}
    sidik = compute_sidik_identitas(read_identitas(versi))
    berubah = save_identitas(penyunting=penyunting, isian=isian, sidik=sidik, katalog=katalog)
    assert berubah == ["nomor_sop", "dasar_hukum"]
    baru = _segar(versi)
    assert read_identitas(baru).dasar_hukum == ("UU 25/2004", "PP 8/2006")
    assert (baru.sop.nama, baru.sop.unit_pemilik) == ("SOP Baru", "Sekretariat")
    data = list_jejak(baru).last().data  # type: ignore[union-attr]  # just written
    assert data["sel"] == berubah
    assert data["katalog"] == {"nama": ["SOP Uji", "SOP Baru"], "unit_pemilik": ["", "Sekretariat"]}
    assert list_riwayat(baru)[0].kata.endswith("dasar hukum, nama SOP, unit pemilik")
    with pytest.raises(IdentitasBasi) as galat:
        save_identitas(penyunting=penyunting, isian=isian, sidik=sidik, katalog={})
    assert galat.value.kini.nomor_sop == "800/7"


@pytest.mark.django_db
@pytest.mark.parametrize(("isian", "katalog"), [({"nomor_sop": "9" * 121}, {}), ({}, {"nama": ""})])
def test_what_the_database_cannot_hold_is_refused(
    versi: VersiSOP, penyunting: Penyunting, isian: dict[str, str], katalog: dict[str, str]
) -> None:
    with pytest.raises(AlurTidakSah, match="Identitas"):
        save_identitas(penyunting=penyunting, isian=isian, sidik="", katalog=katalog)
    assert _segar(versi).sop.nama == "SOP Uji"


@pytest.mark.django_db
def test_a_konsep_does_not_change_what_the_version_in_force_produces(now: datetime) -> None:
    baru = create_konsep()
    ubah = {"menghasilkan": "rencana_aksi"}
    save_identitas(penyunting=make_penyunting(baru, now), isian={}, sidik="", katalog=ubah)
    assert _segar(baru).sop.menghasilkan == "rencana_aksi"
    terbit = muat()
    p = PenugasanFactory.create(jabatan__instansi=terbit.sop.instansi, jabatan__tingkat="perencana")
    konsep = copy_versi(versi_id=terbit.pk, aktor=p.pengguna, now=now)
    penyunting = Penyunting(konsep.pk, p.pengguna, now)
    with pytest.raises(AlurTidakSah) as galat:
        save_identitas(penyunting=penyunting, isian={}, sidik="", katalog=ubah)
    assert "sudah pernah terbit" in galat.value.masalah[0]
    sama = {"menghasilkan": "laporan_kinerja", "nama": "Nama lain"}
    save_identitas(penyunting=penyunting, isian={}, sidik="", katalog=sama)
    assert _segar(terbit).sop.menghasilkan == "laporan_kinerja"


@pytest.mark.django_db
def test_columns_are_written_in_their_order(versi: VersiSOP, penyunting: Penyunting) -> None:
    kolom = (KolomPelaksana("Kasi", ("kasi",)), KolomPelaksana("Staf", ("staf",), tercetak=False))
    save_peran(penyunting=penyunting, kolom=kolom, sidik="")
    assert read_identitas(_segar(versi)).judul_pelaksana == kolom


@pytest.mark.django_db
def test_a_doubt_is_confirmed_once(versi: VersiSOP, penyunting: Penyunting) -> None:
    VersiSOP.objects.filter(pk=versi.pk).update(
        perlu_konfirmasi=["kop"], catatan_sumber={"kop": "Kabur."}
    )
    confirm_identitas(penyunting=penyunting, kolom="kop")
    baru = _segar(versi)
    assert (baru.perlu_konfirmasi, baru.catatan_sumber) == ([], {"kop": "Kabur."})
    assert list_jejak(baru).last().aksi == "sop.identitas.confirm"  # type: ignore[union-attr]  # just written
    with pytest.raises(TransisiDitolak, match="sudah dikonfirmasi"):
        confirm_identitas(penyunting=penyunting, kolom="kop")
