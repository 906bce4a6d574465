"""What only admins need."""
