"""Acts on reports, each one transaction."""
