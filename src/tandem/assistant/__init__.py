"""The first to answer: reads what was said, decides, and composes a reply. It writes nothing itself; the caller commits."""
