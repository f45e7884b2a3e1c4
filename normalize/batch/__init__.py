"""Corpora: batches of rows go through the checks, shard by shard, and nothing is lost on the way."""
