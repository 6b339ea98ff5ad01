"""Drawing an SOP: the matrix with five symbols, as SVG, checked by itself."""
