"""Keeping knowledge true: what needs both the knowledge and the matching."""
