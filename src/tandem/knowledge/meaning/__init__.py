"""Finding articles by what was meant, when an encoder is set; without one, and whenever it fails, by words alone."""
