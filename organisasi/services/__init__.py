"""Acts on the organisation."""
