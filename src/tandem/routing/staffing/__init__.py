"""How many people are needed: Erlang's formulas, and a simulation where they do not hold."""
