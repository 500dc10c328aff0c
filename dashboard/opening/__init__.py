"""A new store, for an office or with the sample."""
