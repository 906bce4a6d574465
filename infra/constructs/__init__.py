"""What the template is made of: one module per function, named after it, and what they share."""
