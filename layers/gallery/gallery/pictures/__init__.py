"""Pictures: the model, rows, objects, the catalogue that changes them, who may see them, counts."""
