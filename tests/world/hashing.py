"""Quick passwords for people in tests. What must be slow is tested with the real hasher."""

from argon2 import PasswordHasher

from tandem.access import act as access

REAL_HASHER = access._hasher


def make_quick() -> None:
    """Hashing is slow on purpose, and each test has people who sign in."""
    access._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
