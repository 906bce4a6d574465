"""Finding pictures by what a text means, and pictures that are like another."""
