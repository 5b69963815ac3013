"""Those who take customers: what they are good at, what they can carry, whether they are there."""
