"""How each kind of matter is dealt with: orders, products, delivery, knowledge, small talk, handing over."""
