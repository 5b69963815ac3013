"""Whose certificates are believed when Tandem calls others: everybody's usual ones, or those of the file that the machine names."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tandem.infra.outside import Outside, trusted


def _own_certificate(folder: Path) -> Path:
    """A certificate for localhost that nobody else vouches for, with its key in the same file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "own.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


async def _answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    await writer.drain()
    writer.close()


@asynccontextmanager
async def _calls() -> AsyncIterator[Outside]:
    """As of a process that has just started."""
    trusted.cache_clear()
    outside = Outside(frozenset({"localhost"}))
    yield outside
    await outside.close()
    trusted.cache_clear()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return _own_certificate(tmp_path)


@pytest.fixture
async def address(certificate: Path) -> AsyncIterator[str]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    async with await asyncio.start_server(_answers, "127.0.0.1", 0, ssl=tls) as server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}/"


async def test_a_certificate_that_nobody_vouches_for_is_not_believed(address: str) -> None:
    async with _calls() as outside:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await outside.fetch("GET", address)


async def test_a_system_with_a_certificate_of_the_company_is_called_once_the_machine_names_it(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with _calls() as outside:
        assert await outside.fetch("GET", address) == (200, b"ok")
