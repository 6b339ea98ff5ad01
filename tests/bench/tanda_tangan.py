"""What a PDF costs: the whole report job against bare WeasyPrint, and signing against size.

Target: the job at most 1.15 times WeasyPrint on the same HTML, for reports that take half a second
or more; what takes less is shown only. Run by script/bench.
"""

import statistics
import sys
import time
from collections.abc import Callable

from tests.bench._basis import cetak, note_hasil, siapkan

siapkan()

import gc
from datetime import UTC, datetime

from sakip.common.pdf import VARIAN, BahanPdf, render_pdf
from sakip.common.rahasia import Rahasia
from sakip.common.ruas import Ruas
from sakip.common.tte_lokal import LokalPkcs12
from tests.tte import FRASA, folder_ca, permintaan

_KALI = 5
_BATAS = 1.15
_NYATA = 0.4
_BARIS = (10, 100, 300, 1000)


def make_html(baris: int) -> str:
    """A report with a table of so many rows and one box to sign in."""
    isi = "".join(
        f"<tr><td>{n}</td><td>Persentase layanan ke-{n} sesuai standar</td><td>98,24</td></tr>"
        for n in range(baris)
    )
    return f"""<!doctype html><html lang="id"><head><title>Uji</title>
<link rel="stylesheet" href="aset:laporan.css"></head><body><h1>Laporan</h1>
<table><thead><tr><th scope="col">No</th><th scope="col">Indikator</th><th scope="col">Capaian</th>
</tr></thead><tbody>{isi}</tbody></table><div class="kotak" id="sig-1"></div></body></html>"""


def render_polos(html: str) -> bytes:
    """WeasyPrint alone, with our own files and nothing else of ours."""
    from weasyprint import HTML

    from sakip.common.pdf import _fetcher_class

    dokumen = HTML(string=html, url_fetcher=_fetcher_class()())
    return bytes(dokumen.write_pdf(pdf_variant=VARIAN))


def render_kita(html: str) -> bytes:
    """What a job does: layout, repacking, places of the boxes, empty fields."""
    bahan = BahanPdf(ruas=lambda kotak: [Ruas("TTE_2", kotak["sig-1"], "Kepala", is_penutup=True)])
    return render_pdf(html, bahan=bahan, on_page=lambda _n: None).isi


def ukur(kerja: Callable[[], object]) -> float:
    """CPU seconds of one run: other work on the machine does not count."""
    gc.collect()
    mulai = time.process_time()
    kerja()
    return time.process_time() - mulai


def main() -> None:
    """Print both tables; fails when the job costs too much."""
    penanda, kini, terburuk = LokalPkcs12(folder_ca()), datetime.now(UTC), 0.0
    for baris in _BARIS:
        html = make_html(baris)
        isi = render_kita(html)
        render_polos(html)
        pasang = [
            (ukur(lambda: render_polos(html)), ukur(lambda: render_kita(html)))  # noqa: B023
            for _ in range(_KALI)
        ]
        polos, kita = (statistics.median(p) for p in zip(*pasang, strict=True))
        tanda = statistics.median(
            ukur(lambda: penanda.sign(isi, permintaan(), Rahasia(FRASA), kini))  # noqa: B023
            for _ in range(_KALI)
        )
        hasil = penanda.sign(isi, permintaan(), Rahasia(FRASA), kini).isi
        periksa = ukur(lambda: penanda.verify(hasil))  # noqa: B023
        if polos >= _NYATA:
            terburuk = max(terburuk, kita / polos)
        cetak(
            f"{baris:4} baris {len(isi) // 1024:5} kB: WeasyPrint {polos:5.2f} s, pekerjaan "
            f"{kita:5.2f} s ({kita / polos:4.2f}x), tanda tangan {tanda:5.2f} s, periksa "
            f"{periksa:5.2f} s"
        )
    note_hasil("P6", "pekerjaan PDF dibanding WeasyPrint polos", nilai=terburuk, batas=_BATAS)
    if terburuk > _BATAS:
        sys.exit(f"pekerjaan {terburuk:.2f}x WeasyPrint; batasnya {_BATAS}x")


if __name__ == "__main__":
    main()
