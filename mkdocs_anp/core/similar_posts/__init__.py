"""Similar posts."""
