"""Bytes become a Document with exact offsets, a Document becomes Segments."""
