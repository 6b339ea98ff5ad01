"""Form of the signing ceremony."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TandaTanganForm(forms.Form):
    """Consent, passphrase, and the fingerprint of what was read. The passphrase is never echoed."""

    setuju = forms.BooleanField(
        label=_("Saya telah membaca laporan ini dan menyatakan isinya benar."),
        error_messages={"required": _("Beri tanda bahwa Anda telah membaca laporan ini.")},
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
