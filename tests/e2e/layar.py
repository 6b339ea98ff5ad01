"""What every page has to be, at any width: accessible, and no wider than the window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_ATURAN = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def check_lebar(halaman: Page, nama: str) -> None:
    """Nothing scrolls sideways."""
    lebih = halaman.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert lebih <= 0, f"{nama}: {lebih} px lebih lebar dari layar"


def check_halaman(halaman: Page, nama: str) -> None:
    """That, and no accessibility fault."""
    check_lebar(halaman, nama)
    hasil = Axe().run(halaman, options=_ATURAN)
    assert hasil.violations_count == 0, f"{nama}: {hasil.generate_report()}"
