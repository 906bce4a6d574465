"""Compiling Keras models for LiteRT: happens where functions are built; no deployed function holds this package."""
