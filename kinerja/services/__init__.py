"""Acts on performance figures, each one transaction with its trail."""
