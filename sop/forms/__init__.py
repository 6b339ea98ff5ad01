"""Forms of the SOP: its steps, its identity page, its publication."""
