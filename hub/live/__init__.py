"""Live streams: what one desktop does, the others see within a moment."""
