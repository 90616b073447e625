"""The SQL of measurement: what was answered, and what was computed of it."""
