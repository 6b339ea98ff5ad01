"""The plan: tujuan, sasaran, indikator and their target per triwulan."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinerja.rules.komposit import Susunan
from kinerja.rules.nilai import JenisNilai
from kinerja.rules.target import MAKS_URAIAN, IsiTarget
from organisasi.models import Instansi, UnitKerja


class Tujuan(models.Model):
    """What the office wants to have reached at the end of its plan."""

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="tujuan", verbose_name=_("instansi")
    )
    kode = models.CharField(_("kode"), max_length=20)
    uraian = models.CharField(
        _("uraian"), max_length=500, help_text=_("Kondisi yang ingin dicapai pada akhir Renstra.")
    )
    tahun_awal = models.PositiveSmallIntegerField(
        _("tahun awal"), help_text=_("Tahun pertama Renstra.")
    )
    tahun_akhir = models.PositiveSmallIntegerField(
        _("tahun akhir"), help_text=_("Tahun terakhir Renstra.")
    )

    class Meta:
        verbose_name = _("tujuan")
        verbose_name_plural = _("tujuan")
        ordering = ["instansi", "tahun_awal", "kode"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "tahun_awal", "kode"], name="kinerja_tujuan_kode_unik"
            ),
            models.CheckConstraint(
                condition=Q(tahun_akhir__gte=F("tahun_awal")), name="kinerja_tujuan_rentang"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.uraian}"


class Sasaran(models.Model):
    """A measurable condition that serves a tujuan."""

    tujuan = models.ForeignKey(
        Tujuan, on_delete=models.PROTECT, related_name="sasaran", verbose_name=_("tujuan")
    )
    kode = models.CharField(_("kode"), max_length=20)
    uraian = models.CharField(
        _("uraian"), max_length=500, help_text=_("Hasil terukur yang mendukung tujuan.")
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("sasaran")
        verbose_name_plural = _("sasaran")
        ordering = ["tujuan", "urutan", "kode"]
        constraints = [
            models.UniqueConstraint(fields=["tujuan", "kode"], name="kinerja_sasaran_kode_unik")
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.uraian}"


class Label(models.Model):
    """A word by which an office sorts its indikator: IKU, IKI, IKD, IKK, or one of its own."""

    # Offered to every office, whether it has used them or not.
    BAKU = ("IKU", "IKI", "IKD", "IKK")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="label", verbose_name=_("instansi")
    )
    nama = models.CharField(_("nama"), max_length=30)

    class Meta:
        verbose_name = _("label indikator")
        verbose_name_plural = _("label indikator")
        ordering = ["instansi", "nama"]
        constraints = [
            models.UniqueConstraint(fields=["instansi", "nama"], name="kinerja_label_nama_unik")
        ]

    def __str__(self) -> str:
        return self.nama


class Indikator(models.Model):
    """What is measured for a sasaran, how, and by which unit."""

    class Polaritas(models.TextChoices):
        NAIK = "naik", _("Makin tinggi makin baik")
        TURUN = "turun", _("Makin rendah makin baik")
        TETAP = "tetap", _("Makin dekat target makin baik")

    class Rumus(models.TextChoices):
        PER_TARGET = "per_target", _("Realisasi dibagi target")
        CERMIN = "cermin", _("Dua kali target dikurangi realisasi, dibagi target")
        KEBALIKAN = "kebalikan", _("Target dibagi realisasi")
        STABIL = "stabil", _("Jarak dari target, dalam toleransi 100")
        TANGGAL = "tanggal", _("Tepat waktu 100, terlambat menurut tabel")
        KATA = "kata", _("Dinilai dengan kata, tanpa persentase")

    class JenisNilai(models.TextChoices):
        ANGKA = "angka", _("Angka")
        PERSEN = "persen", _("Persen")
        RASIO = "rasio", _("Rasio atau indeks")
        RUPIAH = "rupiah", _("Rupiah")
        ORDINAL = "ordinal", _("Predikat atau tingkat")
        TANGGAL = "tanggal", _("Tanggal")
        YA_TIDAK = "ya_tidak", _("Ya atau tidak")
        KUALITATIF = "kualitatif", _("Uraian")

    class Agregasi(models.TextChoices):
        TERAKHIR = "terakhir", _("Nilai terakhir (posisi)")
        JUMLAH = "jumlah", _("Jumlah triwulan")
        RERATA = "rerata", _("Rata-rata triwulan")
        TERTINGGI = "tertinggi", _("Nilai tertinggi")
        TERENDAH = "terendah", _("Nilai terendah")

    class Susunan(models.TextChoices):
        LANGSUNG = "langsung", _("Diisi langsung")
        BAGI = "bagi", _("Pembilang dibagi penyebut, dikali pengali")
        JUMLAH = "jumlah", _("Jumlah komponen")
        TERTIMBANG = "tertimbang", _("Rata-rata tertimbang komponen")

    sasaran = models.ForeignKey(
        Sasaran, on_delete=models.PROTECT, related_name="indikator", verbose_name=_("sasaran")
    )
    kode = models.CharField(_("kode"), max_length=20)
    nama = models.CharField(_("nama"), max_length=300, help_text=_("Seperti pada dokumen rencana."))
    satuan = models.CharField(_("satuan"), max_length=60)
    polaritas = models.CharField(
        _("polaritas"),
        max_length=8,
        choices=Polaritas,
        default=Polaritas.NAIK,
        help_text=_("Arah nilai yang dianggap baik."),
    )
    rumus = models.CharField(
        _("rumus capaian"),
        max_length=12,
        choices=Rumus,
        default=Rumus.PER_TARGET,
        help_text=_("Indikator yang makin rendah makin baik mempunyai dua rumus; pilih satu."),
    )
    batas = models.DecimalField(
        _("batas capaian"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_(
            "Persentase tertinggi yang dihitung, misalnya 120. Kosong berarti tanpa batas."
        ),
    )
    jenis_nilai = models.CharField(
        _("jenis nilai"), max_length=10, choices=JenisNilai, default=JenisNilai.ANGKA
    )
    agregasi = models.CharField(
        _("penggabungan triwulan"),
        max_length=9,
        choices=Agregasi,
        default=Agregasi.TERAKHIR,
        help_text=_("Cara nilai triwulan menjadi nilai setahun. Target triwulan mengikutinya."),
    )
    lantai = models.DecimalField(
        _("lantai capaian"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        default=Decimal(0),
        help_text=_("Persentase terendah yang dihitung. Kosong berarti tanpa lantai."),
    )
    toleransi = models.DecimalField(
        _("toleransi"),
        max_digits=20,
        decimal_places=6,
        default=Decimal(0),
        help_text=_("Untuk arah tetap: jarak dari target yang masih dihitung 100%."),
    )
    tingkatan = models.TextField(
        _("tingkatan"),
        blank=True,
        help_text=_(
            "Satu baris satu tingkat. Predikat: “WTP = 4”. Tanggal: hari terlambat dan "
            "persennya, “7 = 90”. Uraian: penilaian pemeriksa dan persennya, “Tercapai = 100”; "
            "kosong berarti dinilai tanpa persen."
        ),
    )
    is_dapat_negatif = models.BooleanField(
        _("dapat negatif"),
        default=False,
        help_text=_("Nilainya dapat kurang dari nol, misalnya pertumbuhan."),
    )
    nilai_maks = models.DecimalField(
        _("nilai paling tinggi"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_(
            "Realisasi di atasnya ditolak, misalnya 100 untuk cakupan. Kosong: tanpa batas."
        ),
    )
    susunan = models.CharField(
        _("cara mengisi realisasi"),
        max_length=10,
        choices=Susunan,
        default=Susunan.LANGSUNG,
        help_text=_("Realisasi yang dihitung dari komponen diisi komponennya, bukan hasilnya."),
    )
    pengali = models.DecimalField(
        _("pengali"),
        max_digits=14,
        decimal_places=4,
        default=Decimal(100),
        help_text=_("Untuk pembilang dibagi penyebut: 100 untuk persen, 1.000 untuk per mil."),
    )
    label = models.ManyToManyField(
        Label,
        blank=True,
        related_name="indikator",
        verbose_name=_("label"),
        help_text=_("IKU, IKI, IKD, IKK, atau label lain milik kantor."),
    )
    desimal = models.PositiveSmallIntegerField(
        _("desimal"), default=0, help_text=_("Angka di belakang koma paling sedikit yang dicetak.")
    )
    unit = models.ForeignKey(
        UnitKerja,
        on_delete=models.PROTECT,
        related_name="indikator",
        verbose_name=_("penanggung jawab"),
        help_text=_("Unit yang mengisi realisasi."),
    )
    definisi_operasional = models.TextField(
        _("definisi operasional"),
        blank=True,
        help_text=_("Apa yang diukur dan bagaimana, sehingga dibaca sama oleh semua orang."),
    )
    cara_hitung = models.TextField(
        _("rumus dengan kata"),
        blank=True,
        help_text=_("Cara menghitung realisasi, seperti pada dokumen IKU."),
    )
    alasan_pemilihan = models.TextField(
        _("alasan pemilihan"),
        blank=True,
        help_text=_("Mengapa indikator ini mengukur sasarannya."),
    )
    sumber_data = models.CharField(_("sumber data"), max_length=300, blank=True)
    is_aktif = models.BooleanField(
        _("aktif"), default=True, help_text=_("Indikator yang tidak dipakai lagi tidak dihapus.")
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["sasaran", "urutan", "kode"]
        constraints = [
            models.UniqueConstraint(fields=["sasaran", "kode"], name="kinerja_indikator_kode_unik"),
            models.CheckConstraint(
                condition=Q(polaritas="naik", rumus="per_target")
                | Q(polaritas="naik", rumus="kata")
                | Q(polaritas="turun", rumus__in=["cermin", "kebalikan", "tanggal"])
                | Q(polaritas="tetap", rumus="stabil"),
                name="kinerja_indikator_rumus_searah",
            ),
            models.CheckConstraint(
                condition=Q(batas=None) | Q(batas__gte=100), name="kinerja_indikator_batas"
            ),
            models.CheckConstraint(
                condition=Q(jenis_nilai__in=[j.value for j in JenisNilai]),
                name="kinerja_indikator_jenis_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(desimal__lte=6), name="kinerja_indikator_desimal_tersimpan"
            ),
            models.CheckConstraint(
                condition=Q(toleransi__gte=0), name="kinerja_indikator_toleransi"
            ),
            models.CheckConstraint(
                condition=Q(susunan__in=[s.value for s in Susunan], pengali__gt=0),
                name="kinerja_indikator_susunan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class KomponenIndikator(models.Model):
    """One figure that goes into the realisasi of a composed indikator."""

    class Peran(models.TextChoices):
        PEMBILANG = "pembilang", _("Pembilang")
        PENYEBUT = "penyebut", _("Penyebut")
        BAGIAN = "bagian", _("Komponen")

    indikator = models.ForeignKey(
        Indikator, on_delete=models.CASCADE, related_name="komponen", verbose_name=_("indikator")
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    nama = models.CharField(_("nama"), max_length=200)
    peran = models.CharField(_("peran"), max_length=9, choices=Peran)
    bobot = models.DecimalField(_("bobot"), max_digits=10, decimal_places=4, default=Decimal(1))

    class Meta:
        verbose_name = _("komponen indikator")
        verbose_name_plural = _("komponen indikator")
        ordering = ["indikator_id", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "urutan"], name="kinerja_komponen_urutan_unik"
            ),
            models.CheckConstraint(
                condition=Q(peran__in=["pembilang", "penyebut", "bagian"], bobot__gt=0),
                name="kinerja_komponen_sah",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class Target(models.Model):
    """The value one indikator shall have reached at the end of one triwulan."""

    indikator = models.ForeignKey(
        Indikator, on_delete=models.PROTECT, related_name="target", verbose_name=_("indikator")
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    triwulan = models.PositiveSmallIntegerField(_("triwulan"))
    nilai = models.DecimalField(
        _("nilai"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Posisi sampai akhir triwulan, dalam satuan indikator."),
    )
    nilai_atas = models.DecimalField(
        _("batas atas"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Untuk target berupa rentang; nilai di atas menjadi batas bawahnya."),
    )
    uraian = models.CharField(
        _("uraian"),
        max_length=MAKS_URAIAN,
        blank=True,
        default="",
        db_default="",
        help_text=_("Untuk indikator yang dinilai dengan kata: keadaan yang harus tercapai."),
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("target")
        ordering = ["indikator_id", "tahun", "triwulan"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "tahun", "triwulan"], name="kinerja_target_periode_unik"
            ),
            models.CheckConstraint(
                condition=Q(triwulan__range=(1, 4)), name="kinerja_target_triwulan"
            ),
            models.CheckConstraint(
                condition=Q(nilai_atas=None) | Q(nilai_atas__gt=F("nilai")),
                name="kinerja_target_rentang",
            ),
            models.CheckConstraint(
                condition=Q(nilai__isnull=False, uraian="")
                | Q(nilai=None, nilai_atas=None) & ~Q(uraian=""),
                name="kinerja_target_nilai_atau_uraian",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indikator.kode} TW {self.triwulan} {self.tahun}"

    @property
    def isi(self) -> IsiTarget:
        """As the rules know it."""
        return IsiTarget(self.nilai, self.nilai_atas, self.uraian)
