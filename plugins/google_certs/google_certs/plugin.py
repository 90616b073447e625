"""What google_certs brings to the house."""
