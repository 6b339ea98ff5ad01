"""REPORT: the draft that walks an SOP, its text, its PDF and its signature."""
