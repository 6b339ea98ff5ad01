"""The BSrE service, versions 1 and 2, against a stand-in that speaks the same protocol."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sakip.common.rahasia import Rahasia
from sakip.common.tte import (
    HasilBelumDiketahui,
    HasilTanda,
    Permintaan,
    Sebab,
    StatusTanda,
    TandaGagal,
)
from sakip.common.tte import Keadaan as Siap
from sakip.common.tte_bsre import BsreV1, BsreV2, SetelanBsre
from sakip.common.tte_http import Layanan
from tests.layanan_tte import (
    NIK,
    NIK_ASING,
    NIK_KEDALUWARSA,
    NIK_TANPA_SERTIFIKAT,
    PENGGUNA,
    SANDI,
    SUREL,
    Keadaan,
    run_layanan,
)
from tests.tte import FRASA, akar_pem, dokumen_kosong, permintaan

KINI = datetime.now(UTC)
SALAH = "frasa-yang-keliru-88"
VERSI: dict[int, type[BsreV1] | type[BsreV2]] = {1: BsreV1, 2: BsreV2}


@pytest.fixture(scope="module")
def peladen() -> Iterator[Keadaan]:
    """The stand-in."""
    with run_layanan() as keadaan:
        yield keadaan


@pytest.fixture
def layanan(peladen: Keadaan) -> Keadaan:
    """The stand-in, well-behaved and with nothing remembered."""
    peladen.ulah, peladen.banyak_tanda = "", 0
    peladen.permintaan.clear()
    peladen.simpanan.clear()
    return peladen


def minta(nik: str = NIK, kotak: str = "sig-1") -> Permintaan:
    """A request in the box of that name."""
    dasar = permintaan()
    return replace(
        dasar,
        penanda=replace(dasar.penanda, nik=Rahasia(nik) if nik else None, surel=SUREL),
        kotak=dokumen_kosong().kotak[kotak],
    )


def penanda(
    layanan: Keadaan, versi: int = 2, *, batas: float = 30, sandi: str = SANDI, akar: bool = True
) -> BsreV1 | BsreV2:
    """A client of the stand-in."""
    tuju = Layanan(layanan.alamat, PENGGUNA, Rahasia(sandi), batas)
    roots = [akar_pem()] if akar else []
    return VERSI[versi](SetelanBsre(tuju, akar=roots, akar_uji=akar_pem(), is_uji=True))


def sign(layanan: Keadaan, versi: int = 2, *, frasa: str = FRASA, nik: str = NIK) -> HasilTanda:
    """The empty document signed through the service; one that keeps silent is given up soon."""
    lambat = layanan.ulah.startswith(("diam", "menetes"))
    klien = penanda(layanan, versi, batas=2 if lambat else 30)
    return klien.sign(dokumen_kosong().isi, minta(nik), Rahasia(frasa), KINI)


@pytest.mark.parametrize("versi", [1, 2])
@pytest.mark.parametrize("nik", [NIK, ""], ids=["nik", "surel"])
def test_document_comes_back_signed(layanan: Keadaan, versi: int, nik: str) -> None:
    if versi == 1:
        nik = NIK
    hasil = sign(layanan, versi, nik=nik)
    assert hasil.isi.startswith(dokumen_kosong().isi)
    (periksa,) = penanda(layanan, versi).verify(hasil.isi)
    assert periksa.sah
    assert periksa.seluruhnya
    sertifikat = penanda(layanan, versi).describe(hasil.isi)
    assert sertifikat.nama == "dr. Ratna Uji"
    assert sertifikat.is_uji
    _jalur, kiriman = layanan.permintaan[-1]
    if versi == 2:
        assert {n: kiriman.get(n) for n in ("nik", "email")} == {
            "nik": nik or None,
            "email": None if nik else SUREL,
        }


@pytest.mark.parametrize("versi", [1, 2])
def test_second_signer_leaves_the_first_valid(layanan: Keadaan, versi: int) -> None:
    klien = penanda(layanan, versi)
    pertama = klien.sign(dokumen_kosong().isi, minta(), Rahasia(FRASA), KINI)
    kedua = klien.sign(pertama.isi, minta(kotak="sig-2"), Rahasia(FRASA), KINI)
    assert [h.sah for h in klien.verify(kedua.isi)] == [True, True]


def test_base64_in_json_is_read_as_well(layanan: Keadaan) -> None:
    layanan.ulah = "base64"
    assert penanda(layanan).verify(sign(layanan, 1).isi)[0].sah


def test_number_alone_is_followed_to_the_document(layanan: Keadaan) -> None:
    layanan.ulah = "hanya_nomor"
    assert penanda(layanan).verify(sign(layanan, 1).isi)[0].sah
    assert not layanan.simpanan


@pytest.mark.parametrize("versi", [1, 2])
@pytest.mark.parametrize(
    ("nik", "frasa", "sebab"),
    [
        (NIK, SALAH, Sebab.FRASA_SALAH),
        (NIK_ASING, FRASA, Sebab.TIDAK_TERDAFTAR),
        (NIK_TANPA_SERTIFIKAT, FRASA, Sebab.TIDAK_ADA),
        (NIK_KEDALUWARSA, FRASA, Sebab.KEDALUWARSA),
    ],
)
def test_refusal_has_its_cause(
    layanan: Keadaan, versi: int, nik: str, frasa: str, sebab: Sebab
) -> None:
    with pytest.raises(TandaGagal) as galat:
        sign(layanan, versi, frasa=frasa, nik=nik)
    assert galat.value.sebab == sebab
    assert layanan.banyak_tanda == 0


def test_version_1_asks_for_the_nik_before_anything_is_sent(layanan: Keadaan) -> None:
    with pytest.raises(TandaGagal) as galat:
        sign(layanan, 1, nik="")
    assert galat.value.sebab == Sebab.TANPA_NIK
    assert not layanan.permintaan


@pytest.mark.parametrize("versi", [1, 2])
@pytest.mark.parametrize(
    ("ulah", "sebab"),
    [
        ("sibuk", Sebab.LAYANAN_SIBUK),
        ("terlalu_sering", Sebab.LAYANAN_SIBUK),
    ],
)
def test_a_service_that_says_no_has_signed_nothing(
    layanan: Keadaan, versi: int, ulah: str, sebab: Sebab
) -> None:
    layanan.ulah = ulah
    with pytest.raises(TandaGagal) as galat:
        sign(layanan, versi)
    assert galat.value.sebab == sebab
    assert "belum ditandatangani" in galat.value.pesan


@pytest.mark.parametrize("versi", [1, 2])
@pytest.mark.parametrize(
    "ulah",
    [
        "diam_sebelum",
        "putus_sebelum",
        "html_200",
        "galat_500",
        "html_500",
        "gerbang_502",
        "diam_sesudah",
        "putus_sesudah",
    ],
)
def test_no_answer_leaves_the_outcome_unknown(layanan: Keadaan, versi: int, ulah: str) -> None:
    layanan.ulah = ulah
    with pytest.raises(HasilBelumDiketahui) as galat:
        sign(layanan, versi)
    assert galat.value.rujukan == ""
    assert layanan.banyak_tanda == (1 if ulah.endswith("sesudah") else 0)


@pytest.mark.parametrize("ulah", ["terpotong", "menetes"])
def test_number_of_a_lost_document_fetches_it_later(layanan: Keadaan, ulah: str) -> None:
    layanan.ulah = ulah
    with pytest.raises(HasilBelumDiketahui) as galat:
        sign(layanan, 1)
    layanan.ulah = ""
    isi = penanda(layanan, 1).fetch(galat.value.rujukan)
    assert isi
    assert penanda(layanan, 1).verify(isi)[0].sah
    assert penanda(layanan, 1).fetch(galat.value.rujukan) is None
    assert layanan.banyak_tanda == 1


@pytest.mark.parametrize("rujukan", ["", "../../user", "a/b", "x" * 200])
def test_number_that_is_none_is_not_asked_for(layanan: Keadaan, rujukan: str) -> None:
    assert penanda(layanan, 1).fetch(rujukan) is None


def test_version_2_keeps_no_documents(layanan: Keadaan) -> None:
    assert penanda(layanan, 2).fetch("abc") is None


def test_wrong_password_of_the_application_is_not_the_signers_fault(layanan: Keadaan) -> None:
    with pytest.raises(TandaGagal) as galat:
        penanda(layanan, sandi="lain").sign(dokumen_kosong().isi, minta(), Rahasia(FRASA), KINI)
    assert galat.value.sebab == Sebab.AKSES_LAYANAN


@pytest.mark.parametrize("versi", [1, 2])
def test_service_that_is_not_there_has_signed_nothing(layanan: Keadaan, versi: int) -> None:
    tuju = Layanan("http://127.0.0.1:9", PENGGUNA, Rahasia(SANDI), 1)
    klien = VERSI[versi](SetelanBsre(tuju))
    with pytest.raises(TandaGagal) as galat:
        klien.sign(dokumen_kosong().isi, minta(), Rahasia(FRASA), KINI)
    assert galat.value.sebab == Sebab.LAYANAN_PUTUS
    assert klien.status(minta().penanda, KINI) == StatusTanda(Siap.TAK_TERJAWAB)


@pytest.mark.parametrize("versi", [1, 2])
@pytest.mark.parametrize(
    ("nik", "keadaan"),
    [
        (NIK, Siap.SIAP),
        (NIK_ASING, Siap.TIDAK_TERDAFTAR),
        (NIK_TANPA_SERTIFIKAT, Siap.TIDAK_ADA),
        (NIK_KEDALUWARSA, Siap.KEDALUWARSA),
    ],
)
def test_state_of_a_person(layanan: Keadaan, versi: int, nik: str, keadaan: Siap) -> None:
    assert penanda(layanan, versi).status(minta(nik).penanda, KINI).keadaan == keadaan


def test_state_is_unknown_while_the_service_is_ill(layanan: Keadaan) -> None:
    layanan.ulah = "status_mati"
    assert penanda(layanan).status(minta().penanda, KINI).keadaan == Siap.TAK_TERJAWAB
    assert penanda(layanan, 1).status(minta("").penanda, KINI).keadaan == Siap.TANPA_NIK


@pytest.mark.parametrize("ulah", ["rusak", "tanpa_tanda"])
def test_tampered_answer_does_not_pass_the_check(layanan: Keadaan, ulah: str) -> None:
    layanan.ulah = ulah
    isi = sign(layanan, 1).isi
    assert not isi.startswith(dokumen_kosong().isi)


@pytest.mark.parametrize("versi", [1, 2])
def test_without_roots_the_service_judges_trust(layanan: Keadaan, versi: int) -> None:
    isi = sign(layanan, versi).isi
    klien = penanda(layanan, versi, akar=False)
    assert klien.verify(isi)[0].sah
    layanan.permintaan.clear()
    assert klien.verify(dokumen_kosong().isi) == []
    assert not layanan.permintaan


def test_judge_that_does_not_answer_leaves_it_open(layanan: Keadaan) -> None:
    isi = sign(layanan).isi
    layanan.ulah = "periksa_mati"
    with pytest.raises(HasilBelumDiketahui):
        penanda(layanan, akar=False).verify(isi)


def test_heights_may_count_from_above(layanan: Keadaan) -> None:
    klien = penanda(layanan)
    atas = BsreV2(replace(klien._setelan, sumbu="atas"))
    isi, letak = dokumen_kosong().isi, minta()
    assert letak.kotak
    _hal, x1, y1, _x2, y2 = letak.kotak
    assert klien._place(isi, letak)[1:3] == (round(x1), round(y1))
    tinggi = 841.89
    assert atas._place(isi, letak)[2] == round(tinggi - y2)


@pytest.mark.parametrize("versi", [1, 2])
@pytest.mark.parametrize("ulah", ["", "galat_500", "html_200", "putus_sesudah"])
def test_no_secret_is_in_a_log_or_an_exception(
    layanan: Keadaan, versi: int, ulah: str, caplog: pytest.LogCaptureFixture
) -> None:
    layanan.ulah = ulah
    teks = ""
    with caplog.at_level(logging.DEBUG):
        try:
            teks = repr(sign(layanan, versi))[:0]
        except (TandaGagal, HasilBelumDiketahui) as galat:
            teks = repr(galat) + repr(galat.__cause__) + repr(galat.__context__)
    for rahasia in (FRASA, SANDI, NIK):
        assert rahasia not in caplog.text + teks + repr(penanda(layanan)._setelan) + repr(minta())
