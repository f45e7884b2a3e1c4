"""Scripts that build the derived tables and run the parts of the checks that want more tools."""
