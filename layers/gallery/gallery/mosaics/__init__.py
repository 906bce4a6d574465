"""Mosaics of pictures, and the tiles they are made of."""
