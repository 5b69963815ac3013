"""The session cookie."""

_NAME = "tandem_session"


def cookie_name(secure: bool) -> str:
    """With the `__Host-` prefix a browser takes the cookie only over TLS and from this very host."""
    return f"__Host-{_NAME}" if secure else _NAME
