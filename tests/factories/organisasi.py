"""Factories of the organisation. Traits are named after states of the office."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan, UnitKerja

SANDI = "kata-sandi-uji-2026"
MULAI = datetime(2024, 1, 2, tzinfo=UTC)


class InstansiFactory(DjangoModelFactory[Instansi]):
    """An office in WIB."""

    class Meta:
        model = Instansi
        django_get_or_create = ("kode",)

    kode = factory.Sequence(lambda n: f"dinas-{n}")
    nama = factory.LazyAttribute(lambda o: f"Dinas Uji {o.kode}")
    nama_pendek = "Dinas Uji"
    pemerintah = "Pemerintah Kabupaten Uji"
    kota = "Uji"


class UnitKerjaFactory(DjangoModelFactory[UnitKerja]):
    """A bidang unless told otherwise."""

    class Meta:
        model = UnitKerja

    class Params:
        sekretariat = factory.Trait(jenis=UnitKerja.Jenis.SEKRETARIAT)
        seksi = factory.Trait(jenis=UnitKerja.Jenis.SEKSI)

    instansi = factory.SubFactory(InstansiFactory)
    kode = factory.Sequence(lambda n: f"B{n}")
    nama = factory.LazyAttribute(lambda o: f"Bidang {o.kode}")
    jenis = UnitKerja.Jenis.BIDANG
    urutan = factory.Sequence(lambda n: n)


class JabatanFactory(DjangoModelFactory[Jabatan]):
    """A staff post unless told otherwise."""

    class Meta:
        model = Jabatan

    instansi = factory.SubFactory(InstansiFactory)
    kode = factory.Sequence(lambda n: f"jabatan_{n}")
    nama = factory.LazyAttribute(lambda o: o.kode.replace("_", " ").title())
    tingkat = Jabatan.Tingkat.STAF


class PenggunaFactory(DjangoModelFactory[Pengguna]):
    """A person who can sign in with `SANDI`."""

    class Meta:
        model = Pengguna
        skip_postgeneration_save = True

    nip = factory.Sequence(lambda n: f"1980010120050110{n % 100:02d}" if n < 100 else f"{n:018d}")
    surel = factory.LazyAttribute(lambda o: f"{o.nip}@contoh.go.id")
    nama = factory.Sequence(lambda n: f"Pegawai {n}, S.E.")
    pangkat = "Penata"
    golongan = "III/c"

    @factory.post_generation
    def sandi(self: Pengguna, create: bool, extracted: str | None, **_: object) -> None:  # noqa: FBT001 - signature of factory_boy
        """Give the password `SANDI`, or the one named."""
        self.set_password(extracted or SANDI)
        if create:
            self.save(update_fields=["password"])


class PenugasanFactory(DjangoModelFactory[Penugasan]):
    """A mandate in force since 2024."""

    class Meta:
        model = Penugasan

    class Params:
        plh = factory.Trait(jenis=Penugasan.Jenis.PLH, dasar="SP/1/2026")
        berakhir = factory.Trait(selesai=datetime(2025, 1, 1, tzinfo=UTC))

    pengguna = factory.SubFactory(PenggunaFactory)
    jabatan = factory.SubFactory(JabatanFactory)
    jenis = Penugasan.Jenis.DEFINITIF
    mulai = MULAI
