"""Files under aliases/ become validated Tables."""
