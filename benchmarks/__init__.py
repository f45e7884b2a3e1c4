"""What calque measures about itself; each module prints the numbers that docs/measures.md quotes."""
