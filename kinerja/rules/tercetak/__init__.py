"""What offices have printed: reading its figures and formulas, and judging its percentages."""
