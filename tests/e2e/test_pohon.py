"""The tree of the plan by keyboard alone: every branch opens, closes and is walked with arrows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.orang import PERENCANA

pytestmark = pytest.mark.e2e


def test_arrows_walk_the_tree_and_close_a_tujuan(buka: Callable[..., Page]) -> None:
    halaman = buka(PERENCANA)
    halaman.goto("/capaian/pohon/?tahun=2026")
    tujuan = halaman.locator("[data-pohon]").first
    kepala, sasaran = tujuan.locator("summary").nth(0), tujuan.locator("summary").nth(1)
    indikator = tujuan.locator(".pohon__baris a").first
    kepala.focus()
    for kini in (sasaran, indikator):
        halaman.keyboard.press("ArrowDown")
        expect(kini).to_be_focused()
    for kini in (sasaran, sasaran, kepala):
        halaman.keyboard.press("ArrowLeft")
        expect(kini).to_be_focused()
    expect(indikator).to_be_hidden()
    halaman.keyboard.press("ArrowLeft")
    expect(sasaran).to_be_hidden()
    halaman.keyboard.press("ArrowRight")
    expect(sasaran).to_be_visible()
    halaman.keyboard.press("Enter")
    expect(sasaran).to_be_hidden()
