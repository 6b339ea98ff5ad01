"""Notes on the text, proposals, and having read what one approves."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kinerja.services.formulir import BelumLengkap
from laporan.models import CatatanKoreksi, VersiDibaca
from laporan.rules.usul import kata_polos
from laporan.services.dibaca import has_dibaca, mark_dibaca
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.koreksi import (
    MAKS_CATATAN,
    answer_catatan,
    apply_usul,
    withdraw_catatan,
)
from laporan.services.pegang import BukanPenyunting
from organisasi.models import Jejak
from sakip.common.blok import split_blok
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.koreksi_uji import MejaKoreksi, make_meja
from tests.laporan.rute import SINTETIS, aktif, make_kantor, nomor_kini

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
USUL = "Capaian mencapai 88,7 persen dari target."


@pytest.fixture
def meja(now: datetime) -> MejaKoreksi:
    """A text on the examiner's desk."""
    return make_meja(now)


def test_a_note_keeps_the_words_it_hangs_on_and_who_wrote_it(meja: MejaKoreksi) -> None:
    catatan = meja.note(1)
    assert catatan.kutipan == "Kendala ada di vaksin."
    assert (catatan.oleh, catatan.versi) == (meja.pemeriksa, meja.versi)
    jejak = Jejak.objects.latest("pk")
    assert (jejak.aksi, jejak.data["catatan"]) == ("laporan.catatan.tulis", catatan.pk)
    assert_invarian(meja.draf.pk)


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({"isi": " "}, "Tuliskan catatannya"),
        ({"isi": "", "usul": "Capaian mencapai 86,1 persen dari  target."}, "Tuliskan catatannya"),
        ({"isi": "x" * (MAKS_CATATAN + 1)}, "terlalu panjang"),
        ({"bab": "tidak-ada"}, "Bagian itu tidak ada"),
        ({"blok": "00000000"}, "Paragraf itu tidak ada"),
        ({"blok": "", "usul": "Kalimat."}, "hanya untuk paragraf"),
    ],
    ids=range(6),
)
def test_a_note_without_sense_is_refused(meja: MejaKoreksi, isi: dict[str, Any], kata: str) -> None:
    with pytest.raises(IsianTidakSah, match=kata):
        meja.note(**isi)
    assert not CatatanKoreksi.objects.exists()


def test_a_note_on_an_older_version_is_refused(meja: MejaKoreksi) -> None:
    with pytest.raises(TransisiDitolak, match="sudah berubah sejak Anda buka"):
        meja.note(nomor=7)


def test_a_note_may_hang_on_a_row_of_figures(meja: MejaKoreksi) -> None:
    catatan = meja.note(blok="", baris="Keberhasilan pengobatan TB")
    assert (catatan.blok, catatan.kutipan) == ("", "")


def test_only_who_examines_notes_and_only_while_it_is_examined(meja: MejaKoreksi) -> None:
    with pytest.raises(AksesDitolak, match="dikerjakan oleh"):
        meja.note(aktor=meja.penulis)
    meja.work("tidak")
    with pytest.raises(TransisiDitolak, match="tidak sedang diperiksa"):
        meja.note()


def test_each_of_joint_examiners_may_note(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    meja = MejaKoreksi(kantor, draf, now)
    for tugas in aktif(draf):
        catatan = meja.note(None, aktor=kantor.pelaku(tugas))
        assert catatan.oleh == kantor.pelaku(tugas)


def test_its_author_takes_a_note_back_while_it_is_open(meja: MejaKoreksi) -> None:
    satu, dua = meja.note(), meja.note(1)
    with pytest.raises(AksesDitolak, match="yang menulisnya"):
        withdraw_catatan(catatan_id=satu.pk, aktor=meja.penulis, now=meja.now)
    ditarik = withdraw_catatan(catatan_id=satu.pk, aktor=meja.pemeriksa, now=meja.now)
    assert (ditarik.status, ditarik.dijawab_pada) == ("ditarik", meja.now)
    with pytest.raises(TransisiDitolak, match="sudah ditutup"):
        withdraw_catatan(catatan_id=satu.pk, aktor=meja.pemeriksa, now=meja.now)
    meja.work("tidak", catatan="")
    with pytest.raises(TransisiDitolak, match="tidak sedang diperiksa"):
        withdraw_catatan(catatan_id=dua.pk, aktor=meja.pemeriksa, now=meja.now)


def test_open_notes_are_reason_enough_and_travel_along(meja: MejaKoreksi) -> None:
    meja.note()
    meja.note(1)
    meja.work("tidak", catatan="")
    assert meja.pengirim.catatan == "2 catatan terbuka pada naskah."
    assert_invarian(meja.draf.pk)


def test_words_of_a_return_stand_before_its_notes(meja: MejaKoreksi) -> None:
    meja.note()
    meja.work("tidak", catatan="Redaksi. ")
    assert meja.pengirim.catatan == "Redaksi. 1 catatan terbuka pada naskah."


def test_a_return_without_notes_still_needs_its_reason(meja: MejaKoreksi) -> None:
    with pytest.raises(IsianTidakSah, match="wajib disertai alasan"):
        meja.work("tidak", catatan=" ")


@pytest.fixture
def kembali(meja: MejaKoreksi) -> tuple[MejaKoreksi, CatatanKoreksi, CatatanKoreksi]:
    """A text that came back with a proposal and a remark."""
    usul, biasa = meja.note(usul=USUL), meja.note(1)
    meja.work("tidak", catatan="")
    return meja, usul, biasa


Kembali = tuple[MejaKoreksi, CatatanKoreksi, CatatanKoreksi]


def test_a_proposal_is_applied_in_one_act_and_credited(kembali: Kembali) -> None:
    meja, usul, _biasa = kembali
    kode, versi = meja.blok().kode, meja.bab.versi
    apply_usul(catatan_id=usul.pk, aktor=meja.penulis, now=meja.now)
    assert meja.kata == [USUL, "Kendala ada di vaksin."]
    assert (meja.blok().kode, meja.bab.versi) == (kode, versi + 1)
    usul = CatatanKoreksi.objects.get(pk=usul.pk)
    assert (usul.status, usul.is_diterapkan, usul.dijawab_oleh) == ("selesai", True, meja.penulis)
    jejak = Jejak.objects.latest("pk")
    assert jejak.aksi == "laporan.catatan.terapkan"
    assert jejak.data["usul_dari"] == meja.pemeriksa.nama
    assert_invarian(meja.draf.pk)
    with pytest.raises(TransisiDitolak, match="sudah ditutup"):
        apply_usul(catatan_id=usul.pk, aktor=meja.penulis, now=meja.now)


@pytest.mark.parametrize("apa", ["diubah", "dihapus"])
def test_a_proposal_for_words_that_are_gone_is_not_applied(kembali: Kembali, apa: str) -> None:
    meja, usul, _biasa = kembali
    isi = meja.bab.isi
    lama = meja.blok().html
    meja.write(isi.replace(lama, "") if apa == "dihapus" else isi.replace("86,1", "87"))
    sebelum = meja.bab.isi
    with pytest.raises(TransisiDitolak, match="sudah berubah atau dihapus"):
        apply_usul(catatan_id=usul.pk, aktor=meja.penulis, now=meja.now)
    assert meja.bab.isi == sebelum
    assert CatatanKoreksi.objects.get(pk=usul.pk).is_terbuka


def test_a_proposal_may_not_outgrow_its_part(
    kembali: Kembali, monkeypatch: pytest.MonkeyPatch
) -> None:
    meja, usul, _biasa = kembali
    sebelum = meja.bab.isi
    monkeypatch.setattr("laporan.services.naskah.MAKS_KARAKTER_BAB", len(sebelum) - 1)
    with pytest.raises(IsianTidakSah, match="terlalu panjang"):
        apply_usul(catatan_id=usul.pk, aktor=meja.penulis, now=meja.now)
    assert meja.bab.isi == sebelum
    assert CatatanKoreksi.objects.get(pk=usul.pk).is_terbuka


def test_figures_of_the_data_stay_bound_where_a_proposal_leaves_them(meja: MejaKoreksi) -> None:
    meja.work("tidak")
    meja.write("<p>Capaian {{angka:instansi}} tahun {{angka:tahun}} turun.</p>")
    meja.work()
    kata = kata_polos(split_blok(meja.versi.isi[0]["html"])[0].isi)
    assert "{{" not in kata
    usul = meja.note(usul=kata.replace("turun", "naik"))
    meja.work("tidak")
    apply_usul(catatan_id=usul.pk, aktor=meja.penulis, now=meja.now)
    assert meja.kata == ["Capaian {{angka:instansi}} tahun {{angka:tahun}} naik."]


def test_a_proposal_is_not_applied_while_a_colleague_writes(kembali: Kembali) -> None:
    meja, usul, _biasa = kembali
    (tugas,) = aktif(meja.draf)
    rekan = PenugasanFactory.create(jabatan=tugas.jabatan, jenis="plt")
    meja.write(meja.bab.isi.replace("vaksin", "obat"))
    with pytest.raises(BukanPenyunting):
        apply_usul(catatan_id=usul.pk, aktor=rekan.pengguna, now=meja.now)
    assert CatatanKoreksi.objects.get(pk=usul.pk).is_terbuka


def test_a_remark_proposes_nothing_to_apply(kembali: Kembali) -> None:
    meja, _usul, biasa = kembali
    with pytest.raises(IsianTidakSah, match="tidak memuat usul"):
        apply_usul(catatan_id=biasa.pk, aktor=meja.penulis, now=meja.now)


def test_notes_are_answered_by_who_writes(kembali: Kembali) -> None:
    meja, usul, biasa = kembali
    with pytest.raises(AksesDitolak):
        answer_catatan(
            catatan_id=biasa.pk, jawaban="", aktor=meja.pemeriksa, now=meja.now, diikuti=True
        )
    selesai = answer_catatan(
        catatan_id=biasa.pk, jawaban=" Sudah. ", aktor=meja.penulis, now=meja.now, diikuti=True
    )
    assert (selesai.status, selesai.jawaban) == ("selesai", "Sudah.")
    with pytest.raises(IsianTidakSah, match="mengapa"):
        answer_catatan(
            catatan_id=usul.pk, jawaban=" ", aktor=meja.penulis, now=meja.now, diikuti=False
        )
    ditolak = answer_catatan(
        catatan_id=usul.pk, jawaban="Angka benar.", aktor=meja.penulis, now=meja.now, diikuti=False
    )
    assert ditolak.status == "ditolak"
    with pytest.raises(TransisiDitolak, match="tidak diikuti"):
        answer_catatan(
            catatan_id=usul.pk, jawaban="x", aktor=meja.penulis, now=meja.now, diikuti=True
        )
    assert_invarian(meja.draf.pk)


def test_handing_over_with_open_notes_asks_first(kembali: Kembali) -> None:
    meja, _usul, _biasa = kembali
    with pytest.raises(BelumLengkap) as belum:
        meja.work()
    assert "Masih ada 2 catatan terbuka" in belum.value.masalah[0]
    meja.work(tetap=True)
    assert nomor_kini(meja.draf) == 2


def test_nobody_approves_a_version_he_has_not_read(meja: MejaKoreksi) -> None:
    (tugas,) = aktif(meja.draf)
    with pytest.raises(BelumLengkap) as belum:
        finish_tugas(tugas_id=tugas.pk, aktor=meja.pemeriksa, putusan=Putusan("ya"), now=meja.now)
    assert "Baca versi terbaru sampai akhir" in belum.value.masalah[0]
    with pytest.raises(TransisiDitolak, match="bukan lagi yang terbaru"):
        mark_dibaca(draf_id=meja.draf.pk, nomor=5, aktor=meja.pemeriksa, now=meja.now)
    for jam in range(2):
        nanti = meja.now + timedelta(hours=jam)
        mark_dibaca(draf_id=meja.draf.pk, nomor=1, aktor=meja.pemeriksa, now=nanti)
    assert VersiDibaca.objects.get().pada == meja.now
    finish_tugas(tugas_id=tugas.pk, aktor=meja.pemeriksa, putusan=Putusan("ya"), now=meja.now)
    assert nomor_kini(meja.draf) == 3
    assert_invarian(meja.draf.pk)


def test_a_new_version_has_to_be_read_again(meja: MejaKoreksi) -> None:
    mark_dibaca(draf_id=meja.draf.pk, nomor=1, aktor=meja.pemeriksa, now=meja.now)
    meja.work("tidak")
    meja.write("<p>Lain.</p>")
    meja.work()
    assert not has_dibaca(meja.draf, meja.pemeriksa)


def test_only_who_examines_states_having_read(meja: MejaKoreksi) -> None:
    with pytest.raises(AksesDitolak, match="dikerjakan oleh"):
        mark_dibaca(draf_id=meja.draf.pk, nomor=1, aktor=meja.penulis, now=meja.now)
    meja.work("tidak")
    with pytest.raises(TransisiDitolak, match="tidak sedang diperiksa"):
        mark_dibaca(draf_id=meja.draf.pk, nomor=1, aktor=meja.pemeriksa, now=meja.now)
    assert not VersiDibaca.objects.exists()


def test_a_text_that_is_not_there_needs_no_reading(meja: MejaKoreksi) -> None:
    draf = meja.kantor.start(meja.now, periode_ke=4)
    assert has_dibaca(draf, meja.pemeriksa)
    with pytest.raises(TransisiDitolak):
        mark_dibaca(draf_id=draf.pk, nomor=1, aktor=meja.pemeriksa, now=meja.now)


@pytest.mark.parametrize(
    "isi",
    [{"isi": "", "usul": ""}, {"status": "ditolak", "jawaban": ""}, {"status": "selesai"}],
    ids=range(3),
)
def test_rows_that_contradict_themselves_are_not_stored(
    meja: MejaKoreksi, isi: dict[str, object]
) -> None:
    catatan = meja.note()
    catatan.pk = None
    for nama, nilai in isi.items():
        catatan.__dict__[nama] = nilai
    catatan._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        catatan.save(force_insert=True)
