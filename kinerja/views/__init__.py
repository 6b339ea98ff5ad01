"""Pages of performance: figures, evidence, the plan, what looks over them."""
