"""The handoff: giving a customer to a person with everything already known, each fact citing where it was said."""
