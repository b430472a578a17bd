"""NeTEx (CEN/TS 16614; French and European profiles): stop places, quays, lines."""
