"""Measurements printed as tables; each row is a ratio of two things timed in the same run."""
