"""What university_outreach brings to the house."""
