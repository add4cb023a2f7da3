"""How well a reader does against gold: what counts, the figures, the mistakes, the page."""
