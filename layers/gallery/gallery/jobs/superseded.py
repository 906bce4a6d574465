"""How a long job learns that it is no longer the one to go on."""


class JobSuperseded(Exception):
    """A conditional write found the job over, or another process at work on it; this one has to stop."""
