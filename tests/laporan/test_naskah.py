"""Writing chapters and handing over versions."""

import re
from datetime import datetime

import pytest

from laporan.models import BabNaskah, Draf, VersiNaskah
from laporan.selectors.naskah import build_tampilan, list_kosong
from laporan.services import naskah
from laporan.services.naskah import IsianBab, hand_over_naskah, save_bab
from organisasi.models import Pengguna
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.teks_kaya import mark_blok
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]


@pytest.fixture
def di_perencana(now: datetime) -> tuple[Kantor, Draf]:
    """A draft on the desk of the Perencana."""
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    return kantor, draf


def bab_pertama(draf: Draf) -> BabNaskah:
    """The first chapter, as stored now."""
    return BabNaskah.objects.get(draf=draf, urutan=1)


def penulis(kantor: Kantor, draf: Draf) -> Pengguna:
    """Who writes now."""
    return kantor.pelaku(aktif(draf)[0])


def test_text_is_cleaned_and_counted(di_perencana: tuple[Kantor, Draf], now: datetime) -> None:
    kantor, draf = di_perencana
    kotor = '<p onclick="x()">Teks <a href="http://x">tautan</a><img src="file:///etc/passwd"></p>'
    isian = IsianBab(kotor, versi=1)
    bab = save_bab(bab_id=bab_pertama(draf).pk, isian=isian, aktor=penulis(kantor, draf), now=now)
    assert bab.isi == mark_blok("<p>Teks tautan</p>")
    assert (bab.versi, Draf.objects.get(pk=draf.pk).naskah_urut) == (2, 1)
    assert "disposisi" not in bab.petunjuk


def test_unchanged_text_makes_no_new_edition(
    di_perencana: tuple[Kantor, Draf], now: datetime
) -> None:
    kantor, draf = di_perencana
    bab = bab_pertama(draf)
    save_bab(bab_id=bab.pk, isian=IsianBab("", 1), aktor=penulis(kantor, draf), now=now)
    assert bab_pertama(draf).versi == 1


def test_stale_edition_is_refused(di_perencana: tuple[Kantor, Draf], now: datetime) -> None:
    kantor, draf = di_perencana
    bab, aktor = bab_pertama(draf), penulis(kantor, draf)
    save_bab(bab_id=bab.pk, isian=IsianBab("<p>a</p>", 1), aktor=aktor, now=now)
    with pytest.raises(TransisiDitolak, match="sudah berubah sejak Anda buka"):
        save_bab(bab_id=bab.pk, isian=IsianBab("<p>b</p>", 1), aktor=aktor, now=now)


def test_endless_text_is_refused(
    di_perencana: tuple[Kantor, Draf], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    kantor, draf = di_perencana
    monkeypatch.setattr(naskah, "MAKS_KARAKTER_BAB", 20)
    with pytest.raises(IsianTidakSah, match="terlalu panjang"):
        save_bab(
            bab_id=bab_pertama(draf).pk,
            isian=IsianBab(f"<p>{'x' * 30}</p>", 1),
            aktor=penulis(kantor, draf),
            now=now,
        )


def test_only_the_holder_of_a_writing_step_writes(
    di_perencana: tuple[Kantor, Draf], now: datetime
) -> None:
    kantor, draf = di_perencana
    bab = bab_pertama(draf)
    lain = next(o for o in kantor.orang.values() if o != penulis(kantor, draf))
    with pytest.raises(AksesDitolak, match="dikerjakan oleh"):
        save_bab(bab_id=bab.pk, isian=IsianBab("<p>x</p>", 1), aktor=lain, now=now)
    perencana = penulis(kantor, draf)
    while nomor_kini(draf) != 7:
        draf = kantor.work_all(draf, now)
    with pytest.raises(AksesDitolak, match="penyusunan atau koreksi"):
        save_bab(bab_id=bab.pk, isian=IsianBab("<p>x</p>", 1), aktor=perencana, now=now)


def test_hand_over_freezes_text_once_until_it_changes(
    di_perencana: tuple[Kantor, Draf], now: datetime
) -> None:
    kantor, draf = di_perencana
    aktor = penulis(kantor, draf)
    satu = hand_over_naskah(draf, oleh=aktor, now=now)
    assert hand_over_naskah(draf, oleh=aktor, now=now) == satu
    save_bab(bab_id=bab_pertama(draf).pk, isian=IsianBab("<p>Baru</p>", 1), aktor=aktor, now=now)
    dua = hand_over_naskah(draf, oleh=aktor, now=now)
    assert (satu.nomor, dua.nomor) == (1, 2)
    assert satu.sidik != dua.sidik
    assert build_tampilan(draf, satu, pada=now)[0].html == ""
    pertama = bab_pertama(draf).judul
    assert pertama in list_kosong(build_tampilan(draf, satu, pada=now))
    assert pertama not in list_kosong(build_tampilan(draf, dua, pada=now))
    assert build_tampilan(draf, dua, pada=now)[0].html == mark_blok("<p>Baru</p>")
    assert build_tampilan(draf, None, pada=now)[0].html == mark_blok("<p>Baru</p>")


def test_versions_never_change(di_perencana: tuple[Kantor, Draf], now: datetime) -> None:
    kantor, draf = di_perencana
    versi = hand_over_naskah(draf, oleh=penulis(kantor, draf), now=now)
    with pytest.raises(TypeError, match="never changes"):
        versi.save()
    with pytest.raises(TypeError, match="never changes"):
        VersiNaskah.objects.get(pk=versi.pk).delete()


def test_walking_leaves_one_version_per_change(
    di_perencana: tuple[Kantor, Draf], now: datetime
) -> None:
    kantor, draf = di_perencana
    aktor = penulis(kantor, draf)
    save_bab(bab_id=bab_pertama(draf).pk, isian=IsianBab("<p>Satu</p>", 1), aktor=aktor, now=now)
    while nomor_kini(draf) != 6:
        draf = kantor.work_all(draf, now)
    assert VersiNaskah.objects.filter(draf=draf).count() == 1
    save_bab(bab_id=bab_pertama(draf).pk, isian=IsianBab("<p>Dua</p>", 2), aktor=aktor, now=now)
    draf = kantor.work_all(draf, now)
    assert [v.isi[0]["html"] for v in draf.versi_naskah.order_by("nomor")] == [
        mark_blok("<p>Satu</p>"),
        mark_blok("<p>Dua</p>"),
    ]


def test_a_megabyte_pasted_at_once_is_refused_in_words(
    di_perencana: tuple[Kantor, Draf], now: datetime
) -> None:
    kantor, draf = di_perencana
    for panjang in (1_000_000, 3_500_000):
        with pytest.raises(IsianTidakSah, match=r"paling banyak 400\.000"):
            save_bab(
                bab_id=bab_pertama(draf).pk,
                isian=IsianBab("x" * panjang, 1),
                aktor=penulis(kantor, draf),
                now=now,
            )
    assert bab_pertama(draf).versi == 1


def test_plain_words_become_paragraphs(di_perencana: tuple[Kantor, Draf], now: datetime) -> None:
    kantor, draf = di_perencana
    isian = IsianBab("Satu\n\n- dua\n- tiga", 1)
    bab = save_bab(bab_id=bab_pertama(draf).pk, isian=isian, aktor=penulis(kantor, draf), now=now)
    tanpa_kode = re.sub(' data-blok="[^"]+"', "", bab.isi)
    assert tanpa_kode == "<p>Satu</p><ul><li><p>dua</p></li><li><p>tiga</p></li></ul>"
