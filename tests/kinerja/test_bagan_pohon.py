"""The tree as a drawing: nothing overlaps, nothing is lost, and pages follow each other."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.rules.bagan_pohon import KERTAS, Simpul, arrange, check_lembar
from kinerja.rules.bagan_svg import write_berkas, write_lembar
from kinerja.services.muat import load_rencana
from organisasi.models import Instansi
from tests.factories.kinerja import IndikatorFactory, SasaranFactory, TargetFactory
from tests.factories.organisasi import UnitKerjaFactory
from tests.kinerja.conftest import Bidang
from tests.kinerja.test_muat import CONTOH

F4 = KERTAS["f4"]
SVG = "{http://www.w3.org/2000/svg}"
KATA = st.lists(
    st.sampled_from(["Meningkatnya", "mutu", "pelayanan/kesehatan", "x" * 70]),
    min_size=1,
    max_size=40,
).map(" ".join)


def simpul(kunci: str, *anak: Simpul, teks: str = "Teks", **isi: object) -> Simpul:
    """One box."""
    return Simpul(kunci, "sasaran", f"Sasaran {kunci}", teks, anak=anak, **isi)  # type: ignore[arg-type]


def bernomor(akar: list[Simpul], awal: str = "") -> list[Simpul]:
    """The same forest with a key of its own for every box."""
    return [
        replace(s, kunci=f"{awal}{n}.", anak=tuple(bernomor(list(s.anak), f"{awal}{n}.")))
        for n, s in enumerate(akar)
    ]


def pohon_acak() -> st.SearchStrategy[list[Simpul]]:
    """Forests of up to five levels, with long and short texts and gaps."""
    celah = st.lists(st.just("Belum ada target akhir Renstra"), max_size=3).map(tuple)
    daun = st.builds(simpul, st.just("k"), teks=KATA, catatan=KATA, celah=celah)
    cabang = st.recursive(
        daun,
        lambda anak: st.lists(anak, max_size=6).flatmap(
            lambda a: st.builds(lambda t, c: simpul("k", *a, teks=t, celah=c), KATA, celah)
        ),
        max_leaves=40,
    )
    return st.lists(cabang, max_size=4).map(bernomor)


def semua(akar: list[Simpul]) -> Iterator[Simpul]:
    """Every box of a forest."""
    for s in akar:
        yield s
        yield from semua(list(s.anak))


@given(pohon_acak(), st.sampled_from(sorted(KERTAS)))
@settings(max_examples=60, deadline=None)
def test_random_trees_have_no_fault_and_lose_no_box(akar: list[Simpul], kode: str) -> None:
    kertas = KERTAS[kode]
    lembar = arrange(akar, kertas)
    for satu in lembar:
        # A single branch may be higher than paper only when its own text is.
        tinggi = max(kertas.isi[1], max(k.tinggi for k in satu.kotak))
        assert check_lembar(satu, tinggi) == []
    asli = Counter(s.kunci for s in semua(akar))
    pertama = {k.simpul.kunci: k.simpul for satu in reversed(lembar) for k in satu.kotak}
    assert set(pertama) == set(asli)
    utuh = {s.kunci: s for s in semua(akar)}
    for kunci, s in pertama.items():
        assert (s.judul, s.teks, s.celah) == (
            utuh[kunci].judul,
            utuh[kunci].teks,
            utuh[kunci].celah,
        )
    ET.fromstring(write_berkas(lembar, "Pohon"))  # noqa: S314 - made by the code under test


def test_an_empty_plan_has_no_page() -> None:
    assert arrange([], F4) == []
    assert 'viewBox="-1 -1 3 3"' in write_berkas([], "Kosong")


def test_parent_stands_in_the_middle_and_a_large_parent_centres_its_child() -> None:
    (lembar,) = arrange([simpul("a", simpul("b"), simpul("c"), teks="T")], F4)
    kotak = {k.simpul.kunci: k for k in lembar.kotak}
    assert abs(2 * kotak["a"].tengah - kotak["b"].tengah - kotak["c"].tengah) <= 2
    (lembar,) = arrange([simpul("a", simpul("b"), teks="kata " * 90)], F4)
    besar, kecil = (next(k for k in lembar.kotak if k.simpul.kunci == n) for n in "ab")
    assert abs(besar.tengah - kecil.tengah) <= 1
    assert besar.tinggi > kecil.tinggi


def test_a_branch_moves_whole_to_the_next_page_and_a_larger_one_is_continued() -> None:
    def cabang(nama: str, n: int) -> Simpul:
        return simpul(nama, *(simpul(f"{nama}{i}", teks="kata " * 20) for i in range(n)))

    akar = [simpul("t", cabang("a", 4), cabang("b", 4), cabang("c", 40), catatan="sekali")]
    lembar = arrange(akar, F4)
    assert len(lembar) > 3
    isi = [{k.simpul.kunci for k in satu.kotak} for satu in lembar]
    assert {"b0", "b3"} <= next(ada for ada in isi if "b" in ada)
    lanjut = [k.simpul for k in lembar[-1].kotak if k.simpul.kunci in ("t", "c")]
    assert [s.judul.endswith("(lanjutan)") for s in lanjut] == [True, True]
    assert {s.catatan for s in lanjut} == {""}
    assert sum("sekali" in write_lembar(satu, "") for satu in lembar) == 1


def test_the_rest_of_a_branch_never_has_a_page_almost_to_itself() -> None:
    def cabang(nama: str, n: int) -> Simpul:
        return simpul(nama, *(simpul(f"{nama}{i}", teks="kata " * 20) for i in range(n)))

    for n in range(4, 16):
        lembar = arrange([simpul("t", cabang("a", n), cabang("b", 8), cabang("c", 8))], F4)
        assert all(2 * satu.tinggi > F4.isi[1] for satu in lembar[:-1]), n


def test_the_check_finds_what_is_wrong() -> None:
    (lembar,) = arrange([simpul("a", simpul("b"), simpul("c"))], F4)
    assert check_lembar(lembar, F4.isi[1]) == []
    a, b, c = sorted(lembar.kotak, key=lambda k: k.simpul.kunci)

    def kata(*kotak: object, tinggi: int = F4.isi[1]) -> str:
        return "; ".join(check_lembar(replace(lembar, kotak=kotak), tinggi))  # type: ignore[arg-type]

    assert "b menimpa c" in kata(a, b, replace(c, y=b.y))
    assert "c: teks keluar dari kotak" in kata(a, b, replace(c, y=b.y))
    assert "b: teks keluar dari kotak" in kata(a, replace(b, lebar=20), c)
    assert "c: keluar dari lembar" in kata(a, b, replace(c, x=lembar.lebar))
    assert "b: garis tidak lewat gang" in kata(a, replace(b, x=a.x), c)
    assert "lebih tinggi daripada kertas" in kata(a, b, c, tinggi=10)


def test_words_of_people_stay_words_and_gaps_have_one_mark() -> None:
    s = simpul("a", teks="<script>alert(1)</script>", celah=("Belum " * 30, "Belum ada pagu"))
    (lembar,) = arrange([s], F4)
    svg = write_lembar(lembar, 'Pohon "A"')
    assert ET.fromstring(svg).attrib["aria-label"] == 'Pohon "A"'  # noqa: S314 - ours
    assert not re.search(r"<script|style=|\son\w+=|class=", svg)
    assert svg.count('Z"') == 2


@pytest.fixture
def dinkes(bidang: Bidang, now: datetime) -> Instansi:
    """The demo plan in the office of the test."""
    for kode in ("SET", "KESMAS", "YANKES", "SDK"):
        UnitKerjaFactory(instansi=bidang.instansi, kode=kode)
    load_rencana(
        teks=CONTOH.read_text(encoding="utf-8"), instansi=bidang.instansi, aktor=None, now=now
    )
    return bidang.instansi


@pytest.mark.django_db
def test_page_file_and_paper_show_the_same_drawing(
    client: Client, bidang: Bidang, dinkes: Instansi
) -> None:
    client.force_login(bidang.kolega.pengguna)
    halaman = client.get("/capaian/pohon/bagan/?tahun=2026&kertas=a3")
    lembar: list[str] = list(halaman.context["bagan"].lembar)
    assert all(satu in halaman.content.decode() for satu in lembar)
    svg = client.get("/capaian/pohon/bagan.svg?tahun=2026&kertas=a3")
    assert svg["Content-Type"] == "image/svg+xml"
    teks = [t.text for t in ET.fromstring(svg.content).iter(f"{SVG}text")]  # noqa: S314 - ours
    assert "Tujuan 1" in teks
    assert "Belum didukung program" in teks
    pdf = client.get("/capaian/pohon/bagan.pdf?tahun=2026&kertas=a3")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].endswith('-a3.pdf"')
    client.force_login(bidang.orang_luar.pengguna)
    assert client.get("/capaian/pohon/bagan.pdf?tahun=2026").status_code == 422
    assert "Belum ada rencana" in client.get("/capaian/pohon/bagan/").content.decode()


@pytest.mark.django_db
def test_tree_narrows_to_gaps_and_to_a_unit(client: Client, bidang: Bidang) -> None:
    sasaran = SasaranFactory(tujuan__instansi=bidang.instansi)
    lengkap = IndikatorFactory(sasaran=sasaran, unit=bidang.unit, definisi_operasional="D")
    for tw in (1, 2, 3, 4):
        TargetFactory(indikator=lengkap, triwulan=tw)
    lengkap.target_renstra.create(tahun=2029, nilai=1)
    kurang = IndikatorFactory(sasaran=sasaran, unit=bidang.kolega.unit)
    client.force_login(bidang.kolega.pengguna)
    semua_ = client.get("/capaian/pohon/?tahun=2026").content.decode()
    celah = client.get("/capaian/pohon/?tahun=2026&celah=1").content.decode()
    unit = client.get(f"/capaian/pohon/?tahun=2026&unit={bidang.unit.pk}").content.decode()
    dua = client.get(f"/capaian/pohon/?tahun=2026&celah=1&unit={bidang.unit.pk}").content.decode()
    ada = [(lengkap.nama in isi, kurang.nama in isi) for isi in (semua_, celah, unit)]
    assert ada == [(True, True), (False, True), (True, False)]
    assert "Belum didukung program" in dua
    asing = client.get("/capaian/pohon/?tahun=2026&unit=99999&celah=1").content.decode()
    assert "Tidak ada celah pada unit ini" in asing
