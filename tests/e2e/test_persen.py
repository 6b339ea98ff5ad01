"""What the browser shows while a figure is typed is what the engine will say, to the last digit."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from kinerja.rules.capaian import Rumus, Setelan, reckon_capaian
from kinerja.rules.komposit import Komponen, Peran, Susunan, compose
from sakip.common.angka import MAKS_DESIMAL, bulatkan, format_angka

pytestmark = pytest.mark.e2e
BANYAK = 600
RUMUS = (Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN, Rumus.STABIL)
HITUNG = """async (semua) => {
  const {pecahan, persen, tulis} = await import("/static/js/persen.js");
  const baca = (isi) => Object.fromEntries(
    Object.entries(isi).map(([nama, teks]) => [nama, nama === "rumus" ? teks : pecahan(teks)]));
  return semua.map(([setelan, r]) => {
    const p = persen(baca(setelan), pecahan(r));
    return p === null ? "" : `${tulis(p, 2)}%`;
  });
}"""
SUSUN = """async (semua) => {
  const {pecahan, susun, tulis} = await import("/static/js/persen.js");
  return semua.map(([cara, bagian]) => {
    const isi = bagian.map(([peran, bobot, nilai]) =>
      ({peran, bobot: pecahan(bobot), nilai: pecahan(nilai)}));
    const r = susun(cara, pecahan("100"), isi);
    return r === null ? "" : tulis(r, 6, false);
  });
}"""


@pytest.fixture
def acak() -> random.Random:
    """The same figures in every run."""
    return random.Random(20261121)  # noqa: S311 - figures of a test


@pytest.fixture
def halaman(buka: Callable[..., Page]) -> Page:
    """Any page of the application: its scripts may be loaded there."""
    halaman = buka("")
    halaman.goto("/masuk/")
    return halaman


def figure(acak: random.Random) -> Decimal:
    """A figure as people type them: small, large, below zero, up to six decimals."""
    bulat = acak.randint(-9 if acak.random() < 0.1 else 0, acak.choice([3, 10, 100, 10**6]))
    desimal = acak.choice([0, 0, 1, 2, 3, 6])
    return bulat + Decimal(acak.randint(0, 10**desimal)).scaleb(-desimal)


def plain(nilai: Decimal | None) -> str:
    """A plain decimal as the page carries it."""
    return "" if nilai is None else f"{nilai:f}"


def test_every_percentage_is_the_engines_own(halaman: Page, acak: random.Random) -> None:
    kirim, mau = [], []
    for _n in range(BANYAK):
        target, realisasi = figure(acak), figure(acak)
        setelan = Setelan(
            acak.choice(RUMUS),
            batas=acak.choice([None, Decimal(100), Decimal("120.5")]),
            lantai=acak.choice([None, Decimal(0), Decimal(10)]),
            atas=target + abs(figure(acak)) + 1 if acak.random() < 0.2 else None,
            toleransi=acak.choice([Decimal(0), Decimal("0.5")]),
        )
        ruas = {n: plain(getattr(setelan, n)) for n in ("batas", "lantai", "atas", "toleransi")}
        kirim.append(
            [ruas | {"rumus": setelan.rumus.value, "target": plain(target)}, plain(realisasi)]
        )
        hasil = reckon_capaian(target, realisasi, setelan)
        mau.append("" if hasil.persen is None else hasil.teks)
    assert halaman.evaluate(HITUNG, kirim) == mau


def test_every_composed_realisasi_is_the_engines_own(halaman: Page, acak: random.Random) -> None:
    kirim, mau = [], []
    for _n in range(BANYAK):
        susunan = acak.choice([Susunan.BAGI, Susunan.JUMLAH, Susunan.TERTIMBANG])
        peran = [Peran.BAGIAN] * 3
        if susunan is Susunan.BAGI:
            peran = [Peran.PEMBILANG, Peran.PENYEBUT, Peran.PENYEBUT]
        bagian = [
            Komponen(
                p,
                bulatkan(abs(figure(acak)) + 1, 4),
                figure(acak) if acak.random() > 0.05 else None,
            )
            for p in peran
        ]
        kirim.append(
            [susunan.value, [[k.peran.value, plain(k.bobot), plain(k.nilai)] for k in bagian]]
        )
        nilai = compose(susunan, bagian, kali=Decimal(100)).nilai
        mau.append("" if nilai is None else format_angka(bulatkan(nilai, MAKS_DESIMAL)))
    assert halaman.evaluate(SUSUN, kirim) == mau
