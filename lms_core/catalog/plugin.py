"""What catalog brings to the house."""
