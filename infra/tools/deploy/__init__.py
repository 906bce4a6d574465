"""A stage of the gallery in a real account: `make deploy`, `make diff`, `make destroy`."""
