"""Long jobs that a process works on while others watch: leases, and files that are made on request."""
