"""The name of a browser as its owner would say it."""

import re

# The first that fits counts: every browser claims to be the ones before it as well.
_PERAMBAN = (
    ("Edge", r"\bEdgA?/|\bEdgiOS/"),
    ("Opera", r"\bOPR/|\bOPT/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\bChrome/|\bChromium/|\bCriOS/|\bHeadlessChrome/"),
    ("Safari", r"\bSafari/"),
)
_SISTEM = (
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


def name_gawai(peramban: str) -> str:
    """ "Chrome di Windows" from what the browser says of itself; "" when it says nothing known.

    It is a memory aid for the owner: any program may claim to be any browser.
    """
    nama = _find(_PERAMBAN, peramban)
    sistem = _find(_SISTEM, peramban)
    return f"{nama} di {sistem}" if nama and sistem else nama or sistem


def _find(daftar: tuple[tuple[str, str], ...], teks: str) -> str:
    return next((nama for nama, pola in daftar if re.search(pola, teks)), "")
