"""What microsoft_certs brings to the house."""
