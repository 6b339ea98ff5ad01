"""WHO: instansi, unit kerja, jabatan, penugasan, pengguna, and the audit trail."""
