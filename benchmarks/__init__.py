"""What is promised of speed: one module a promise, each figure a ratio within one run, medians of short rounds."""
