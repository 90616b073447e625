"""The only SQL of assessment."""
