"""What the recipes share: paths, sentence pairs, pieces, the model, its files."""
