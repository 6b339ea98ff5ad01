"""Walks a report of any office through the browser: whoever holds a turn opens it, fills in what
its page asks, and presses its one main button. Knows no SOP.

Which turns are open, and whose, is read from the database of the installation, as a person would
ask a colleague; every act goes through the pages.
"""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ElementHandle, Locator, Page, expect

from tests.e2e.conftest import Pasang
from tests.e2e.jalan import MULAI, fill_realisasi, sign

_TERBUKA = """
SELECT t.id, l.nomor, l.tindakan, l.simbol, COALESCE(u.kode, ''), p.nip
FROM laporan_tugas t
JOIN laporan_kunjungan k ON k.id = t.kunjungan_id
JOIN sop_langkah l ON l.id = k.langkah_id
LEFT JOIN organisasi_unitkerja u ON u.id = t.unit_id
JOIN organisasi_penugasan m ON m.jabatan_id = t.jabatan_id
  AND (m.unit_id IS NULL OR t.unit_id IS NULL OR m.unit_id = t.unit_id)
  AND m.mulai <= datetime('now') AND (m.selesai IS NULL OR m.selesai > datetime('now'))
JOIN organisasi_pengguna p ON p.id = m.pengguna_id
WHERE t.draf_id = ? AND t.status = 'aktif' ORDER BY l.nomor, t.id, m.unit_id IS NULL
"""
# What a person writes where a page asks for something and the SOP does not say what.
_DIMINTA = ":is(input, select, textarea):is(:required, [aria-invalid=true])"
_KATA = "textarea:is([name^=penjelasan], [name^=rtl])"
_CONTOH = {"date": "2026-10-12", "time": "09:00", "number": "2", "url": "https://contoh.go.id/"}


@dataclass(frozen=True)
class Giliran:
    """One open turn. nip: somebody who may do it."""

    tugas: int
    langkah: int
    tindakan: str
    simbol: str
    unit: str
    nip: str


@dataclass
class Penelusur:
    """One report of one office on its way. lampiran: a file that any upload may use."""

    buka: Callable[..., Page]
    pasang: Pasang
    lampiran: Path
    draf: int = 0
    jejak: list[tuple[int, str]] = field(default_factory=list)
    _halaman: dict[str, Page] = field(default_factory=dict)

    def page_of(self, nip: str) -> Page:
        """The browser of that person."""
        if nip not in self._halaman:
            self._halaman[nip] = self.buka(nip)
        return self._halaman[nip]

    def start(self, nip: str, periode: str, tahun: int = 2026) -> None:
        """Order the report from Meja Kerja."""
        halaman = self.page_of(nip)
        halaman.get_by_role("link", name=MULAI).click()
        halaman.get_by_label("Periode").select_option(label=periode)
        halaman.get_by_label("Tahun").fill(str(tahun))
        halaman.get_by_role("button", name="Mulai laporan").click()
        halaman.wait_for_url(re.compile(r"/(tugas|laporan)/\d+/"))
        ((draf,),) = self.ask("SELECT max(id) FROM laporan_draf")
        self.draf = int(draf)

    def list_terbuka(self) -> list[Giliran]:
        """Open turns, each once, with somebody who may do it."""
        unik: dict[int, Giliran] = {}
        for baris in self.ask(_TERBUKA, self.draf):
            tugas, langkah, *kata = baris
            unik.setdefault(int(tugas), Giliran(int(tugas), int(langkah), *map(str, kata)))
        return list(unik.values())

    def walk(self, *, sampai: int = 0) -> None:
        """Do every turn, decisions with Ya, until the report ends or that step is reached."""
        for _ in range(60):
            terbuka = self.list_terbuka()
            if not terbuka or terbuka[0].langkah == sampai:
                return
            self.work(terbuka[0])
        raise AssertionError(f"no end: {self.jejak}")

    def work(self, giliran: Giliran) -> None:
        """Do one turn on its page, however many stages the page has."""
        halaman = self.page_of(giliran.nip)
        halaman.goto(f"/tugas/{giliran.tugas}/")
        for _tahap in range(6):
            if halaman.locator("#tugas").count() == 0 and giliran.tindakan != "tanda_tangan":
                halaman.goto(f"/tugas/{giliran.tugas}/")
            if giliran.tindakan == "tanda_tangan":
                self._sign(halaman)
            else:
                self.fill(halaman)
                self._press(halaman)
            if giliran.tugas not in {g.tugas for g in self.list_terbuka()}:
                self.jejak.append((giliran.langkah, giliran.unit))
                return
        galat = halaman.locator(".galat, .pesan--bata").all_inner_texts()
        raise AssertionError(f"{giliran} does not end: {galat}")

    def send_back(self, giliran: Giliran, *, unit: str, alasan: str) -> None:
        """Find one row of one unit wanting, and answer Tidak."""
        halaman = self.page_of(giliran.nip)
        halaman.goto(f"/tugas/{giliran.tugas}/")
        baris = halaman.locator("details.periksa-unit", has_text=unit).locator("fieldset").first
        baris.get_by_text("Perlu perbaikan").click()
        baris.get_by_label("Catatan untuk unit").fill(alasan)
        halaman.get_by_role("button", name="Kembalikan").click()
        expect(halaman.get_by_text("Dikembalikan.")).to_be_visible()

    def fill(self, halaman: Page) -> None:
        """Figures into the table, a sentence into the text, an answer to whatever is asked."""
        baca = halaman.get_by_role("button", name="Saya sudah membaca versi ini")
        if baca.count():
            with halaman.expect_navigation():
                baca.click()
        self._fill_kisi(halaman)
        self._judge(halaman)
        penyunting = halaman.locator("#tugas [contenteditable=true]")
        if penyunting.count() and not penyunting.first.inner_text().strip():
            penyunting.first.click()
            penyunting.first.press_sequentially("Disusun dari data unit.", delay=0)
        # Handles stay with their field, which loses its mark as soon as it is saved by itself.
        for diminta in halaman.locator(f"#tugas {_DIMINTA}").element_handles():
            self._answer(diminta)
        for pesan in halaman.locator(".pesan--bata li").all_inner_texts():
            for ruas in halaman.get_by_label(pesan.partition(":")[0], exact=True).all():
                self._answer(ruas)
        hadir = halaman.get_by_role("group", name="Yang hadir")
        if hadir.count() and not hadir.locator(":checked").count():
            hadir.get_by_role("checkbox").first.check()
        unggah = halaman.locator("#tugas input[type=file]")
        if unggah.count() and halaman.get_by_text("RTL", exact=False).count():
            unggah.first.set_input_files(str(self.lampiran))

    def _fill_kisi(self, halaman: Page) -> None:
        for n, baris in enumerate(halaman.locator("[data-baris]").all()):
            fill_realisasi(halaman, baris, n)
        for ruas in halaman.locator(
            "#tugas :is(textarea[name^=penjelasan], textarea[name^=rtl])"
        ).all():
            if not ruas.input_value():
                ruas.fill("Pendampingan diperluas pada triwulan ini.")

    def _judge(self, halaman: Page) -> None:
        """Every row before an examiner that has no verdict yet is right."""
        belum = halaman.locator("[data-periksa]:not(:has(:checked))")
        while belum.count():
            belum.first.get_by_text("Sesuai", exact=True).click()

    def _answer(self, ruas: Locator | ElementHandle) -> None:
        jenis = ruas.get_attribute("type") or ""
        if not ruas.is_visible() or not ruas.is_enabled():
            return
        if jenis in ("checkbox", "radio"):
            ruas.check()
        elif jenis == "file":
            ruas.set_input_files(str(self.lampiran))
        elif ruas.evaluate("r => r.tagName") == "SELECT":
            if not ruas.input_value():
                ruas.select_option(index=1)
        elif not ruas.input_value():
            ruas.fill(_CONTOH.get(jenis, f"Isian langkah pada laporan {self.draf}"))

    def _press(self, halaman: Page) -> None:
        tombol = halaman.locator("#tugas .bilah-aksi .tombol--utama").first
        if tombol.get_attribute("data-dialog"):
            tombol.click()
            tombol = halaman.locator("dialog[open] .tombol--utama")
        with halaman.expect_navigation():
            tombol.click()

    def _sign(self, halaman: Page) -> None:
        lanjut = halaman.get_by_role("link", name="Sudah saya baca, lanjutkan")
        lanjut.wait_for(timeout=60_000)
        baca = halaman.get_by_role("link", name="Buka PDF").get_attribute("href")
        assert halaman.request.get(str(baca)).headers["content-type"] == "application/pdf"
        lanjut.click()
        sign(halaman)
        selesai = halaman.get_by_role("heading", name=re.compile("telah ditandatangani"))
        expect(selesai).to_be_visible(timeout=60_000)

    def ask(self, sql: str, *nilai: object) -> list[tuple[int | str, ...]]:
        """What the database of the installation holds."""
        alamat = f"file:{self.pasang.folder / 'sakip.sqlite3'}?mode=ro"
        basis = sqlite3.connect(alamat, uri=True, timeout=20)
        try:
            return basis.execute(sql, nilai).fetchall()
        finally:
            basis.close()
