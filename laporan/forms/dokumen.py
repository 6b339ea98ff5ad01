"""Forms of the signing ceremony and of an outcome nobody knows."""

from collections.abc import Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MAKS_BERKAS = 64 * 1024 * 1024


class TandaTanganForm(forms.Form):
    """Consent, passphrase, and the fingerprint of what was read. No secret is ever echoed.

    butuh_nik: the signing service does not know this person yet. butuh_sandi: the password of the
    account was given too long ago.
    """

    setuju = forms.BooleanField(
        label=_("Saya telah membaca laporan ini dan menyatakan isinya benar."),
        error_messages={"required": _("Beri tanda bahwa Anda telah membaca laporan ini.")},
    )
    nik = forms.CharField(
        label=_("NIK"),
        max_length=30,
        help_text=_("Nomor Induk Kependudukan Anda, 16 angka, seperti saat mendaftar sertifikat."),
        error_messages={"required": _("Isikan NIK Anda.")},
        validators=[RegexValidator(r"^(?:\s*\d){16}\s*$", _("NIK terdiri atas 16 angka."))],
        widget=forms.TextInput(
            attrs={"class": "isian", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    sandi = forms.CharField(
        label=_("Kata sandi akun"),
        max_length=200,
        strip=False,
        help_text=_("Kata sandi yang Anda pakai untuk masuk, untuk memastikan ini Anda."),
        error_messages={"required": _("Masukkan kata sandi akun Anda.")},
        widget=forms.PasswordInput(attrs={"class": "isian", "autocomplete": "current-password"}),
    )
    frasa_sandi = forms.CharField(
        label=_("Frasa sandi sertifikat elektronik"),
        max_length=200,
        strip=False,
        help_text=_("Frasa sandi (passphrase) sertifikat Anda. Tidak disimpan oleh aplikasi."),
        error_messages={"required": _("Masukkan frasa sandi sertifikat elektronik Anda.")},
        widget=forms.PasswordInput(attrs={"class": "isian", "autocomplete": "off"}),
    )
    sidik = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        butuh_nik: bool = False,
        butuh_sandi: bool = False,
    ) -> None:
        super().__init__(data)
        if not butuh_nik:
            del self.fields["nik"]
        if not butuh_sandi:
            del self.fields["sandi"]


class HasilLayananForm(forms.Form):
    """The signed document that somebody got from the signing service."""

    berkas = forms.FileField(
        label=_("PDF bertanda tangan dari layanan"),
        required=False,
        help_text=_(
            "Bila pengelola layanan memberi Anda berkasnya. Isinya diperiksa lebih dahulu."
        ),
        widget=forms.FileInput(attrs={"class": "isian", "accept": "application/pdf"}),
    )
    alasan = forms.CharField(
        label=_("Bagaimana Anda memastikan dokumen ini tidak jadi ditandatangani?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"class": "isian", "rows": 2}),
    )

    def clean_berkas(self) -> UploadedFile[bytes] | None:
        """Refuse what no signed report can be, before it is read."""
        berkas: UploadedFile[bytes] | None = self.cleaned_data["berkas"]
        if berkas and (berkas.size or 0) > MAKS_BERKAS:
            raise forms.ValidationError(_("Berkas terlalu besar."))
        return berkas
