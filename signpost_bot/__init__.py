"""Signpost: a carer asks in their own words and reads where to turn."""

__version__ = "0.1.0"
