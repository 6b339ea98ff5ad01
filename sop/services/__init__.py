"""Acts on SOPs, each one transaction with its trail."""
