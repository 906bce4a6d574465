"""Having a language model write a sentence about a picture."""
