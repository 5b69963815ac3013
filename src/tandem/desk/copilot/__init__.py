"""The assistant at an agent's side: what he could answer and where that comes from, like cases, what happened meanwhile."""
