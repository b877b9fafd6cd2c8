"""Places where people ask."""
