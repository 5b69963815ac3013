"""The HTTP and socket face of all rooms: guards, problem documents, limits, the gateway."""
