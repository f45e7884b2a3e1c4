"""Hits become Mentions, Candidates and Resolutions over a whole document."""
