"""What helps an agent write: ready phrases with variables, macros of several actions, and calling colleagues to a note."""
