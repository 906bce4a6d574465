"""How often a digit is written when one counts."""
