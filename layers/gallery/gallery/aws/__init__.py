"""Clients of AWS's services: the table, queues, other functions, accounts; retries and errors."""
