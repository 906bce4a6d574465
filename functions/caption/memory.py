"""A budget of memory that several threads draw from, waiting for one another when it is spent."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class MemoryBudget:
    """So many bytes; whoever wants more than there are in all gets all of them."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._free = total
        self._returned = Condition()

    @contextmanager
    def reserved(self, amount: int) -> Iterator[None]:
        """Hold an amount for as long as the context lasts, once it is free."""
        amount = min(amount, self._total)
        with self._returned:
            self._returned.wait_for(lambda: self._free >= amount)
            self._free -= amount
        try:
            yield
        finally:
            with self._returned:
                self._free += amount
                self._returned.notify_all()
