"""What comes in and goes out of assessment."""
