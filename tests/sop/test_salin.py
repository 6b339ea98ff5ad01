"""Beginning a konsep: empty, from another SOP, as the next version."""

from dataclasses import replace
from datetime import datetime

import pytest

from organisasi.models import Instansi, Pengguna
from sakip.common.errors import AksesDitolak, AlurTidakSah, TransisiDitolak
from sop.models import VersiSOP
from sop.rules.berkas.jabatan import list_jabatan_berkas
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.pemetaan import (
    Naskah,
    apply_peta,
    guess_peta,
    list_jabatan_naskah,
    strip_identitas,
)
from sop.selectors import read_graf, read_identitas
from sop.selectors.contoh import list_contoh
from sop.services.salin import SOPBaru, copy_versi, create_sop, take_naskah
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.factories.sop import (
    JABATAN,
    baca_teks,
    create_instansi,
    create_konsep,
    muat,
    simpul,
    simpul_pelaksana,
)

BERSAMA = Naskah(
    Identitas(
        judul_pelaksana=(
            KolomPelaksana("Kasubag Program", ("kasubag_program",)),
            KolomPelaksana("Berdua", ("kasubag_program", "camat")),
        )
    ),
    Graf(
        (
            simpul(
                1,
                pelaksana=(simpul_pelaksana("kasubag_program"), simpul_pelaksana("camat")),
                perlu_konfirmasi=("waktu",),
            ),
        )
    ),
)


def test_posts_of_an_sop_are_listed_with_their_headings() -> None:
    assert list_jabatan_naskah(BERSAMA) == {
        "kasubag_program": ["kasubag_program", "Kasubag Program"],
        "camat": ["camat"],
    }


def test_posts_are_matched_by_any_name_and_the_rest_is_asked() -> None:
    asing = list_jabatan_naskah(BERSAMA)
    assert guess_peta(asing, {"kasubag program": "prog", "Camat ": "x"}) == {
        "kasubag_program": "prog"
    }


def test_two_posts_that_become_one_stand_once() -> None:
    hasil = apply_peta(BERSAMA, {"kasubag_program": "prog", "camat": "prog"})
    assert [p.jabatan_kode for p in hasil.graf.langkah[0].pelaksana] == ["prog"]
    assert hasil.graf.langkah[0].perlu_konfirmasi == ()
    assert hasil.identitas.judul_pelaksana[1].jabatan == ("prog",)


def test_a_post_without_counterpart_leaves_its_line_and_column_out() -> None:
    hasil = apply_peta(BERSAMA, {"camat": "camat"})
    assert [p.jabatan_kode for p in hasil.graf.langkah[0].pelaksana] == ["camat"]
    assert [k.judul for k in hasil.identitas.judul_pelaksana] == ["Berdua"]


def test_a_starting_point_has_no_number_day_or_official() -> None:
    asal = Identitas(
        nomor_sop="1", disahkan_nama="A", dasar_hukum=("UU",), catatan_sumber={"a": ""}
    )
    assert strip_identitas(asal, "Baru", ("Kop",)) == Identitas(
        nama_sop="Baru", kop=("Kop",), dasar_hukum=("UU",)
    )


@pytest.mark.parametrize("nama", JABATAN)
def test_the_posts_of_a_data_file_are_found_without_knowing_them(nama: str) -> None:
    assert list_jabatan_berkas(baca_teks(nama)) == set(JABATAN[nama])


def test_the_five_are_offered_to_begin_from() -> None:
    assert {c.kode for c in list_contoh()} == {
        *JABATAN,
        "contoh-perjanjian-kinerja",
        "contoh-rencana-aksi",
    }


@pytest.fixture
def instansi() -> Instansi:
    return create_instansi()


@pytest.fixture
def admin(instansi: Instansi) -> Pengguna:
    jabatan = JabatanFactory.create(instansi=instansi, tingkat="pengelola")
    return PenugasanFactory.create(jabatan=jabatan).pengguna


@pytest.mark.django_db
def test_an_empty_sop_begins_with_the_letterhead_of_its_office(
    instansi: Instansi, admin: Pengguna, now: datetime
) -> None:
    for kode in ("pelaporan", "pelaporan-2"):
        versi = create_sop(
            instansi=instansi, baru=SOPBaru("Pelaporan", "Sekretariat"), aktor=admin, now=now
        )
        assert versi.sop.kode == kode
    identitas = read_identitas(VersiSOP.objects.get(pk=versi.pk))
    assert identitas.kop == (instansi.pemerintah, instansi.nama)
    assert identitas.nama_sop == "Pelaporan"
    assert read_graf(versi.pk).langkah == ()
    with pytest.raises(AlurTidakSah):
        create_sop(instansi=instansi, baru=SOPBaru(""), aktor=admin, now=now)


@pytest.mark.django_db
def test_an_sop_begins_from_another_office_with_posts_exchanged(
    instansi: Instansi, admin: Pengguna, now: datetime
) -> None:
    contoh = next(c for c in list_contoh() if c.kode == "kota-blitar")
    asing = list_jabatan_naskah(contoh.naskah)
    peta = guess_peta(asing, {j.nama: j.kode for j in instansi.jabatan.all()})
    assert peta.keys() == {"kepala_dinas", "perencana"}
    naskah = apply_peta(contoh.naskah, peta)
    baru = SOPBaru("Pengukuran", naskah=naskah)
    versi = create_sop(instansi=instansi, baru=baru, aktor=admin, now=now)
    graf = read_graf(versi.pk)
    assert len(graf.langkah) == len(contoh.naskah.graf.langkah)
    assert {p.jabatan_kode for s in graf.langkah for p in s.pelaksana} == peta.keys()


@pytest.mark.django_db
def test_the_next_version_is_a_copy_and_only_one_konsep_is_open(
    admin: Pengguna, now: datetime
) -> None:
    versi = muat()
    konsep = copy_versi(versi_id=versi.pk, aktor=admin, now=now)
    assert (konsep.nomor, konsep.status) == (2, "konsep")
    lama, baru = (read_identitas(VersiSOP.objects.get(pk=v.pk)) for v in (versi, konsep))
    assert lama == baru
    assert [s.perlu_konfirmasi for s in read_graf(konsep.pk).langkah] == [
        s.perlu_konfirmasi for s in read_graf(versi.pk).langkah
    ]
    with pytest.raises(TransisiDitolak, match="sudah punya konsep, versi 2"):
        copy_versi(versi_id=versi.pk, aktor=admin, now=now)
    with pytest.raises(AksesDitolak):
        copy_versi(versi_id=versi.pk, aktor=PenugasanFactory.create().pengguna, now=now)


@pytest.mark.django_db
def test_a_version_of_the_office_is_taken_without_its_doubts() -> None:
    konsep = create_konsep()
    konsep.langkah.update(perlu_konfirmasi=["waktu"], catatan_sumber={"waktu": "Kabur."})
    naskah = take_naskah(VersiSOP.objects.get(pk=konsep.pk))
    asal = read_graf(konsep.pk).langkah[0]
    assert naskah.graf.langkah[0] == replace(asal, catatan_sumber={}, perlu_konfirmasi=())
