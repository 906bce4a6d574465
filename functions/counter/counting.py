"""How often a digit is written in 1, 2, 3 … n, for numbers of any length."""


def count(digit: int, number: str) -> int:
    """Return how often a digit 0…9 is written in the numbers from 1 to `number`, given by its decimal digits.

    Write n as 10·m + r, r its last digit. Among 1…n each x in 1…m-1 stands before ten last digits and m before r + 1,
    so that the digits before the last hold 10·C(m) - (9-r)·o, where C(m) is the count up to m and o how often the digit
    stands in m itself. As a last digit it stands m times, behind 0…m-1, and once more behind m if it is no greater
    than r; but no number is written with 0 in front, so the 0 behind nothing does not count, and behind 1…m it stands
    m times. Hence

        C(10·m + r) = 10·C(m) - (9-r)·o + m + [0 < digit ≤ r],   C(0) = 0,

    from the first digit to the last: a few additions of long numbers for each.
    """
    counted = prefix = occurrences = 0
    for last in map(int, number):
        counted = 10 * counted - (9 - last) * occurrences + prefix + (0 < digit <= last)
        prefix = 10 * prefix + last
        occurrences += digit == last and prefix > 0
    return counted
