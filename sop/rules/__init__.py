"""Pure rules of the SOP: values in, values out, no framework."""
