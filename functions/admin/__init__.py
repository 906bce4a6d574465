"""What admins see and do beyond everybody else."""
