"""What a language model is told to do. Each file is one version; a changed instruction is a new file."""
