"""The letter box of progress."""
