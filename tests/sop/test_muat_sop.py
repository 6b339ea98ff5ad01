"""Loading data files: all or nothing, repeatable, every problem named."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from organisasi.models import Instansi, Jejak
from sakip.common.errors import AksesDitolak, AlurTidakSah
from sop.models import SOP, VersiSOP
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.services.muat import load_berkas
from sop.services.versi import create_versi
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.factories.sop import DATA, JABATAN, baca_teks, create_instansi, hire_all

pytestmark = pytest.mark.django_db
DINKES = str(DATA / "dinkes-mojokerto.yaml")


@pytest.fixture
def instansi() -> Instansi:
    """The office of the Dinkes file."""
    return create_instansi()


def _muat(instansi: Instansi, berkas: str | Path = DINKES, **lain: object) -> str:
    keluaran = StringIO()
    call_command("muat_sop", str(berkas), instansi=instansi.kode, stdout=keluaran, **lain)
    return keluaran.getvalue()


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_is_loaded_and_published(nama: str) -> None:
    teks = _muat(create_instansi(nama), DATA / f"{nama}.yaml", terbitkan=True)
    assert "dimuat." in teks
    assert "Diterbitkan." in teks
    assert VersiSOP.objects.get().status == "terbit"


def test_the_summary_counts_and_warns(instansi: Instansi) -> None:
    teks = _muat(instansi)
    assert "SOP Pengumpulan Data Kinerja (versi 1): dimuat. 8 langkah, 1 keputusan." in teks
    assert "peringatan: baris" in teks
    assert "Status: Konsep." in teks


def test_loading_again_changes_nothing(instansi: Instansi) -> None:
    _muat(instansi, terbitkan=True)
    jejak = Jejak.objects.count()
    teks = _muat(instansi, terbitkan=True)
    assert "sudah ada dan sama isinya" in teks
    assert "Status: Terbit." in teks
    assert VersiSOP.objects.count() == 1
    assert Jejak.objects.count() == jejak


def test_a_konsep_loaded_before_is_published_on_request(instansi: Instansi) -> None:
    _muat(instansi)
    teks = _muat(instansi, terbitkan=True)
    assert "sudah ada" in teks
    assert "Diterbitkan." in teks
    assert VersiSOP.objects.get().status == "terbit"


def test_a_changed_file_becomes_a_new_version(instansi: Instansi, tmp_path: Path) -> None:
    _muat(instansi, terbitkan=True)
    berkas = tmp_path / "baru.yaml"
    berkas.write_text(baca_teks("dinkes-mojokerto").replace("14 jam", "15 jam"), encoding="utf-8")
    assert "(versi 2): dimuat." in _muat(instansi, berkas, terbitkan=True)
    assert list(VersiSOP.objects.order_by("nomor").values_list("status", flat=True)) == [
        "dicabut",
        "terbit",
    ]


def test_a_broken_file_writes_nothing_and_names_every_line(
    instansi: Instansi, tmp_path: Path
) -> None:
    berkas = tmp_path / "rusak.yaml"
    teks = baca_teks("dinkes-mojokerto").replace("tidak: 6", "tidak: 8").replace("14 jam", "segera")
    berkas.write_text(teks, encoding="utf-8")
    with pytest.raises(CommandError) as galat:
        _muat(instansi, berkas, terbitkan=True)
    baris = str(galat.value).splitlines()
    assert baris[0] == "Berkas SOP belum dapat dimuat: 2 galat. Tidak ada yang disimpan."
    assert "langkah 4, waktu: Waktu “segera” tidak dapat dibaca." in baris[1]
    assert "langkah 7, tidak: Tidak harus kembali" in baris[2]
    assert not SOP.objects.exists()


def test_a_file_that_is_missing_or_not_text_is_named(instansi: Instansi, tmp_path: Path) -> None:
    biner = tmp_path / "a.yaml"
    biner.write_bytes(b"\xff\xfe\x00")
    for berkas in (tmp_path / "tidak-ada.yaml", biner):
        with pytest.raises(CommandError, match="tidak dapat dibaca"):
            _muat(instansi, berkas)


def test_an_unknown_office_or_person_is_named(instansi: Instansi) -> None:
    with pytest.raises(CommandError, match="Kode yang ada: dinkes-mojokerto"):
        call_command("muat_sop", DINKES, instansi="lain")
    with pytest.raises(CommandError, match="NIP 1 tidak ada"):
        _muat(instansi, nip="1")


def test_the_named_person_is_recorded_and_needs_the_right(instansi: Instansi) -> None:
    kepala = PenugasanFactory.create(jabatan=instansi.jabatan.get(kode="kepala_dinas")).pengguna
    orang_lain = PenggunaFactory.create()
    with pytest.raises(CommandError, match="tidak berwenang"):
        _muat(instansi, nip=orang_lain.nip)
    hire_all(instansi)
    _muat(instansi, nip=kepala.nip, terbitkan=True)
    assert set(Jejak.objects.values_list("aktor_nama", flat=True)) == {kepala.nama}


def test_the_service_refuses_as_the_command_does(instansi: Instansi, now: datetime) -> None:
    teks = baca_teks("dinkes-mojokerto")
    with pytest.raises(AksesDitolak):
        load_berkas(
            teks=teks, instansi=instansi, aktor=PenggunaFactory.create(), now=now, terbitkan=False
        )
    with pytest.raises(AlurTidakSah, match="1 galat"):
        load_berkas(teks="", instansi=instansi, aktor=None, now=now, terbitkan=False)


def test_a_post_may_stand_under_its_alias(now: datetime) -> None:
    instansi = create_instansi()
    instansi.jabatan.filter(kode="staf").delete()
    JabatanFactory.create(instansi=instansi, kode="pengetik", alias=["Staf"])
    hasil = load_berkas(
        teks=baca_teks("dinkes-mojokerto"), instansi=instansi, aktor=None, now=now, terbitkan=True
    )
    assert hasil.versi.langkah.get(nomor=5).pelaksana.get().jabatan.kode == "pengetik"


@pytest.mark.parametrize(
    ("lama", "baru", "pesan"),
    [
        ("kode: pengumpulan-data-kinerja", "kode: dua kata", "kode: "),
        ("nama: SOP Peng", f"nama: {'x' * 260}", "nama: "),
        ("  kop: []", f"  nomor_sop: {'9' * 121}", "nomor_sop: "),
        ("waktu: 14 jam", f'waktu: "14{" " * 70}jam"', "langkah 4, waktu_teks: "),
    ],
)
def test_a_text_that_does_not_fit_is_named_and_nothing_is_written(
    instansi: Instansi, tmp_path: Path, lama: str, baru: str, pesan: str
) -> None:
    berkas = tmp_path / "panjang.yaml"
    teks = baca_teks("dinkes-mojokerto").replace("identitas:", "identitas:\n  kop: []")
    assert lama in teks
    berkas.write_text(teks.replace(lama, baru, 1), encoding="utf-8")
    with pytest.raises(CommandError) as galat:
        _muat(instansi, berkas)
    assert str(galat.value).splitlines()[1].startswith(pesan)
    assert not SOP.objects.exists()


def test_a_file_loaded_again_does_not_come_back_over_later_versions(
    instansi: Instansi, now: datetime
) -> None:
    teks = baca_teks("dinkes-mojokerto")

    def muat_lagi() -> tuple[int, bool, bool]:
        hasil = load_berkas(teks=teks, instansi=instansi, aktor=None, now=now, terbitkan=True)
        return hasil.versi.nomor, hasil.baru, hasil.terbit

    assert muat_lagi() == (1, True, True)
    sop = SOP.objects.get(instansi=instansi)
    create_versi(sop=sop, identitas=Identitas(), graf=Graf(()), aktor=None, now=now)
    assert muat_lagi() == (1, False, False)
