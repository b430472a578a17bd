"""The calques: their tree, styles, legend, filters and tables."""
