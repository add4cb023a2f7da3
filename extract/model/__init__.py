"""What reading learns from: annotated passages, and the code that reads them."""
