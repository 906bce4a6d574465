"""Words and classes: ImageNet's 1000 classes in WordNet, groups of them, words as search compares them."""
