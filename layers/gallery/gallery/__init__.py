"""The domain of the gallery, shared by every function: pictures, catalogue, storage, access, problems."""
