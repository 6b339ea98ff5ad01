"""Forms of performance: posted figures, rows of the plan."""
