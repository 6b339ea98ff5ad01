"""The kernel: small mechanisms that know no app."""
