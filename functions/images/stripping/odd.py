"""What stops the cleaning of a file: anything in it that is not understood."""


class OddFileError(ValueError):
    """Something in a file is not as its specification has it, so that nothing can be promised of the file."""
