"""Albums: their heads, the pictures in them, the people and the links that they are shared by."""
