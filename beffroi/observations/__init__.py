"""What machines observe: the latest of each thing, bounded, dated, disposable."""
