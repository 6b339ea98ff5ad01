"""Forms of the report and of its steps."""
