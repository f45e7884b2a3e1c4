"""Tables and channels become one compiled, memory-mapped file; text becomes Hits."""
