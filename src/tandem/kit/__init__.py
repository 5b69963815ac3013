"""Small pure pieces that every room may use: no I/O, no clock of their own."""
