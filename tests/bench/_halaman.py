"""The pages that are measured, each with the ceiling of the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from kinerja.models import Capaian, FormulirCapaian, Indikator
from laporan.models import ArsipDokumen, BabNaskah, Draf, Pemberitahuan, Tugas
from laporan.services.draf import LaporanBaru, start_draf
from organisasi.models import Pengguna, Penugasan
from tests.bench._kantor import LAPORAN, TUGAS, KantorPenuh
from tests.bench._pagu import Pagu
from tests.house.negeri import SAAT
from tests.laporan.rute import aktif


@dataclass(frozen=True)
class Halaman:
    """One page: whose, where, and what it is compared with."""

    nama: str
    alamat: str
    pengguna: Pengguna
    pagu: Pagu
    is_formulir: bool = False


_MEJA = """<ul>{% for t in daftar %}<li class="kerja"><h3>
<a href="{% url 'buka' t.pk %}">Susun</a></h3>
<p>{{ t.draf.judul }}{% if t.unit %}, {{ t.unit.nama }}{% endif %}</p>
<p class="meta">Langkah {{ t.kunjungan.langkah.nomor }}: {{ t.kunjungan.langkah.kegiatan }}.
Masuk {{ t.kunjungan.masuk|date:"l j F" }} pukul {{ t.kunjungan.masuk|date:"H.i" }}</p>
<p>Tenggat {{ t.tenggat|date:"l j F H.i" }}, {{ t.kunjungan.langkah.waktu_teks }}</p>
<a class="tombol" href="{% url 'kerja' t.pk %}">Buka dan kerjakan</a></li>{% endfor %}</ul>"""
_LAPORAN = """<ul>{% for d in daftar %}<li><a href="{% url 'buka' d.pk %}">{{ d.judul }}</a>
<span class="tanda">{{ d.get_status_display }}</span><br><span class="meta">
{{ d.sop.nama }}, dimulai
{{ d.dibuat_pada|date:"l j F" }}. Langkah {{ d.periode_ke }}, di meja {{ d.meja }} sejak
{{ d.dibuat_pada|date:"l j F" }}</span></li>{% endfor %}</ul>"""
_ARSIP = """<ul>{% for a in daftar %}<li><a href="{% url 'buka' a.dokumen.draf_id %}">
{{ a.dokumen.draf.judul }}</a><br><span class="meta">Diarsipkan
{{ a.diarsipkan_pada|date:"l, j F Y" }}.
</span><br><span title="Sidik">{{ a.sha256|slice:":16" }}…</span>
<a class="tombol" href="{% url 'kerja' a.pk %}">Unduh {{ a.dokumen.draf.judul }}</a>
</li>{% endfor %}</ul>"""
_ORANG = """<ul>{% for p in daftar %}{% ifchanged p.jabatan_id %}<li><h2>
<a href="{% url 'buka' p.jabatan_id %}">{{ p.jabatan.nama }}</a></h2>
{{ p.jabatan.get_tingkat_display }}
<a href="{% url 'kerja' p.jabatan_id %}">Tetapkan</a></li>{% endifchanged %}
<li><b>{{ p.pengguna.nama }}</b> {{ p.unit.nama }} {{ p.pengguna.pangkat }} sejak
{{ p.mulai|date:"j F Y" }} <a href="{% url 'buka' p.pk %}">Serah terima dari
{{ p.pengguna.nama }}</a>
<a href="{% url 'kerja' p.pk %}">Akhiri {{ p.pengguna.nama }}</a></li>{% endfor %}</ul>"""
_KABAR = """<ul>{% for k in daftar %}<li><form method="post" action="{% url 'kerja' k.pk %}">
{% csrf_token %}<span class="tanda">{{ k.get_jenis_display }}</span>{% if not k.dibaca_pada %}
<span class="tanda">Baru</span>{% endif %}<span class="meta">{{ k.dibuat_pada|date:"l j F" }} pukul
{{ k.dibuat_pada|date:"H.i" }}</span><br><button>{{ k.teks }}</button></form></li>{% endfor %}
</ul>"""
_MATRIKS = """<table>{% for f in daftar %}<tr><th>{{ f.unit.nama }}</th><td>
<a href="{% url 'buka' f.pk %}">{{ f.get_status_display }}</a> {{ f.diajukan_pada|date:"j F Y" }}
</td>
<td>{{ f.tahun }} {{ f.triwulan }}</td></tr>{% endfor %}</table>"""
_POHON = """<ul>{% for i in daftar %}<li><a href="{% url 'buka' i.pk %}">{{ i.kode }}
{{ i.nama }}</a>
{{ i.unit.nama }} {{ i.satuan }} {{ i.sasaran.uraian }} {{ i.get_polaritas_display }}
<a href="{% url 'kerja' i.pk %}">Target</a></li>{% endfor %}</ul>"""
_REKAP = """<table>{% for c in daftar %}<tr><td><a href="{% url 'buka' c.indikator_id %}">
{{ c.nama }}</a>
</td><td>{{ c.satuan }}</td><td>{{ c.target_nilai|floatformat:2 }}</td>
<td>{{ c.realisasi|floatformat:2 }}</td><td>{{ c.indikator.sasaran.uraian }}</td>
<td>{{ c.formulir.get_status_display }}</td></tr>{% endfor %}</table>"""
_ISIAN = """<form method="post" action="{% url 'menu' 1 %}">{% csrf_token %}
<table>{% for c in daftar %}
<tr id="b-{{ c.pk }}"><td>{{ forloop.counter }}</td><td>{{ c.nama }}<br>{{ c.satuan }}</td>
<td>{{ c.target_nilai|floatformat:2 }}</td><td><input name="realisasi-{{ c.pk }}"
id="realisasi-{{ c.pk }}" value="{{ c.realisasi|floatformat:2 }}" aria-label="Realisasi,
{{ c.nama }}"></td>
<td>{{ c.get_rumus_display }}</td><td><input type="file" name="bukti-{{ c.pk }}"
aria-label="Bukti, {{ c.nama }}"></td><td><textarea name="penjelasan-{{ c.pk }}"
aria-label="Penjelasan, {{ c.nama }}">{{ c.penjelasan }}</textarea></td></tr>
<tr><td><label>Kendala<textarea name="kendala-{{ c.pk }}">{{ c.kendala }}</textarea></label>
<label>Solusi<textarea name="solusi-{{ c.pk }}">{{ c.solusi }}</textarea></label>
<label>RTL<textarea name="rencana-{{ c.pk }}">{{ c.rencana }}</textarea></label></td>
</tr>{% endfor %}
</table><button>Simpan</button></form>"""
_BAB = """{% for b in daftar %}<section><h2>{{ b.judul }}</h2><p>{{ b.draf.judul }},
{{ b.draf.sop.nama }}
</p><div>{{ b.html|safe }}</div>{% endfor %}"""
_PUTUSAN = """<form method="post" action="{% url 'menu' 1 %}">{% csrf_token %}<label>Catatan
<textarea name="catatan" rows="3"></textarea></label><button name="hasil" value="ya">Setuju</button>
<button name="hasil" value="tidak">Kembalikan</button></form>"""
_TUGAS = """{% for t in daftar %}<p>{{ t.draf.judul }}, {{ t.draf.sop.nama }}. Langkah
{{ t.kunjungan.langkah.nomor }}: {{ t.kunjungan.langkah.kegiatan }}. Masuk
{{ t.kunjungan.masuk|date:"l j F H.i" }}, tenggat {{ t.tenggat|date:"l j F H.i" }}
</p>{% endfor %}"""


def list_halaman(kantor: KantorPenuh) -> Iterator[Halaman]:
    """Lists first, then forms."""
    yield from _list_daftar(kantor)
    yield from _list_formulir(kantor)


def _list_daftar(kantor: KantorPenuh) -> Iterator[Halaman]:
    n, perenc = kantor.negeri, kantor.negeri.orang["perenc"]
    jabatan = n.jabatan["perencana"].pk
    yield Halaman(
        "meja",
        reverse("laporan:meja-kerja"),
        perenc,
        Pagu(
            lambda: (
                Tugas.objects.filter(jabatan=jabatan, status="aktif")
                .select_related("draf", "kunjungan__langkah", "unit")
                .order_by("tenggat")[: TUGAS + 8]
            ),
            _MEJA,
        ),
    )
    yield Halaman(
        "laporan",
        reverse("laporan:list-draf"),
        perenc,
        Pagu(
            lambda: (
                Draf.objects.filter(instansi=n.instansi)
                .select_related("sop")
                .order_by("-dibuat_pada", "-pk")[:LAPORAN]
            ),
            _LAPORAN,
        ),
    )
    yield Halaman(
        "arsip",
        reverse("laporan:search-arsip"),
        perenc,
        Pagu(
            lambda: (
                ArsipDokumen.objects.filter(dokumen__draf__instansi=n.instansi)
                .select_related("dokumen__draf")
                .order_by("-diarsipkan_pada", "-pk")[:LAPORAN]
            ),
            _ARSIP,
        ),
    )
    yield Halaman(
        "pejabat",
        reverse("organisasi:list-penugasan"),
        n.orang["kelola"],
        Pagu(
            lambda: (
                Penugasan.objects.filter(jabatan__instansi=n.instansi)
                .select_related("pengguna", "jabatan", "unit")
                .order_by("jabatan", "pk")
            ),
            _ORANG,
        ),
    )
    yield Halaman(
        "pemberitahuan",
        reverse("laporan:list-pemberitahuan"),
        perenc,
        Pagu(
            lambda: Pemberitahuan.objects.filter(pengguna=perenc).order_by("-pk")[:LAPORAN], _KABAR
        ),
    )
    yield from _list_angka(kantor)


def _list_angka(kantor: KantorPenuh) -> Iterator[Halaman]:
    n, perenc = kantor.negeri, kantor.negeri.orang["perenc"]
    yield Halaman(
        "capaian",
        reverse("kinerja:list-capaian"),
        perenc,
        Pagu(
            lambda: FormulirCapaian.objects.filter(unit__instansi=n.instansi).select_related(
                "unit"
            ),
            _MATRIKS,
        ),
    )
    yield Halaman(
        "pohon",
        reverse("kinerja:view-pohon"),
        perenc,
        Pagu(
            lambda: Indikator.objects.filter(sasaran__tujuan__instansi=n.instansi).select_related(
                "sasaran", "unit"
            ),
            _POHON,
        ),
    )
    yield Halaman(
        "rekap",
        reverse("kinerja:view-rekap"),
        perenc,
        Pagu(
            lambda: Capaian.objects.filter(
                formulir__unit__instansi=n.instansi, formulir__triwulan=4
            ).select_related("indikator__sasaran", "formulir"),
            _REKAP,
        ),
    )


def _list_formulir(kantor: KantorPenuh) -> Iterator[Halaman]:
    n = kantor.negeri
    baris = Capaian.objects.filter(formulir=kantor.formulir).select_related("indikator")
    yield Halaman(
        "formulir",
        kantor.formulir.get_absolute_url(),
        n.orang["staf"],
        Pagu(lambda: baris.order_by("indikator__urutan", "pk"), _ISIAN),
        is_formulir=True,
    )
    disposisi = start_draf(
        versi=n.sop["kumpul"],
        laporan=LaporanBaru("triwulan", 2026, 1),
        aktor=n.orang["kepala"],
        now=SAAT,
    )
    tugas = aktif(disposisi)[0]
    yield _make_putusan("disposisi", tugas, n.orang["kepala"])
    yield _make_putusan("verifikasi", n.tugas("verifikasi"), n.orang["perenc"])
    yield _make_bab("naskah", n.tugas("susun"), n.orang["perenc"])
    yield _make_bab("koreksi", n.tugas("koreksi"), n.orang["sekret"])


def _make_putusan(nama: str, tugas: Tugas, orang: Pengguna) -> Halaman:
    baca = Tugas.objects.filter(pk=tugas.pk).select_related("draf__sop", "kunjungan__langkah")
    pagu = Pagu(lambda: baca.all(), _TUGAS + _PUTUSAN)
    return Halaman(nama, tugas.get_absolute_url(), orang, pagu, is_formulir=True)


def _make_bab(nama: str, tugas: Tugas, orang: Pengguna) -> Halaman:
    baca = BabNaskah.objects.filter(draf=tugas.draf_id).select_related("draf__sop")
    pagu = Pagu(lambda: baca.order_by("urutan"), _BAB + _PUTUSAN)
    return Halaman(nama, tugas.get_absolute_url(), orang, pagu, is_formulir=True)
