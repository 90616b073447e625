"""What cert_prep brings to the house."""
