"""Real servers for the suites: started where their programs are installed, each once a run.

Where one is missing the suite says which; under CI (the variable `CI`) that is a failure.
"""

from __future__ import annotations

import datetime
import importlib.util
import ipaddress
import os
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portalis.app.stack import servers
from portalis.app.stack.programs import POSTGRES, REDIS, REDIS_CLI, S3, Program
from portalis.app.stack.servers import free_port
from portalis.storage.state_sql import driven
from tests.ray_nodes import RayNodes

WAIT_S = 30.0


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


def needs(*programs: Program) -> None:
    for program in programs:
        if program.find() is None:
            missing(program.names[0])


def needs_ray() -> None:
    if importlib.util.find_spec("ray") is None:
        missing("Ray")


def wait_for(ready: Callable[[], bool]) -> None:
    assert servers.wait_for(ready, WAIT_S), "the server does not answer"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server's own database."""
    needs(POSTGRES)
    with tempfile.TemporaryDirectory(prefix="portalis-pg-") as folder:
        server = servers.postgres(Path(folder), free_port(), "a-password")
        with servers.running(server):
            yield server.url


@pytest.fixture
def postgres(postgres_server: str) -> str:
    """The URL of an empty database, that no other test sees."""
    return fresh_database(postgres_server)


def fresh_database(postgres_server: str) -> str:
    """The URL of an empty one."""
    name = f"of_{uuid.uuid4().hex}"
    url = sa.make_url(driven(postgres_server))
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres_server.rpartition("/")[0] + f"/{name}"


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The URL of an empty bucket; the environment says where it is, as it does for S3 itself."""
    needs(S3)
    with (
        tempfile.TemporaryDirectory(prefix="portalis-s3-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        server = servers.s3(Path(folder), free_port(), "a-secret")
        with servers.running(server):
            for name, value in servers.s3_environ(server, "a-secret").items():
                patch.setenv(name, value)
            yield f"s3://{servers.BUCKET}/here"


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """The URL of a Redis server."""
    needs(REDIS)
    with tempfile.TemporaryDirectory(prefix="portalis-redis-") as folder:
        server = servers.redis(Path(folder), free_port())
        with servers.running(server):
            yield server.url


@pytest.fixture(scope="session")
def redis_tls() -> Iterator[str]:
    """The URL of a Redis server that speaks nothing but TLS, with a certificate of its own."""
    needs(REDIS)
    with tempfile.TemporaryDirectory(prefix="portalis-redis-") as folder:
        certificate, key = _certificate(Path(folder))
        port = free_port()
        files = ("--tls-cert-file", str(certificate), "--tls-key-file", str(key))
        trust = ("--tls-ca-cert-file", str(certificate), "--tls-auth-clients", "no")
        listens = ("--port", "0", "--tls-port", str(port))
        with servers.running(servers.redis(Path(folder), port, *listens, *files, *trust)):
            yield f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={certificate}"


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Of this machine, for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    own = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([own]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    return folder / "certificate.pem", folder / "key.pem"


@pytest.fixture(scope="session")
def redis_cluster() -> Iterator[str]:
    """The URL of one of three masters of a cluster."""
    needs(REDIS, REDIS_CLI)
    ports: list[int] = []
    while len(ports) < 3:
        # A node of a cluster listens ten thousand ports higher, too.
        port = free_port()
        if port < 55_000 and port not in ports:
            ports.append(port)
    with tempfile.TemporaryDirectory(prefix="portalis-redis-") as folder, ExitStack() as stack:
        for port in ports:
            place = Path(folder) / str(port)
            server = servers.redis(place, port, "--cluster-enabled", "yes")
            stack.enter_context(servers.running(server))
        nodes = [f"127.0.0.1:{port}" for port in ports]
        made = ["redis-cli", "--cluster", "create", *nodes, "--cluster-yes"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        asked = ["redis-cli", "-p", str(ports[0]), "cluster", "info"]
        wait_for(
            lambda: (
                b"cluster_state:ok"
                in subprocess.run(asked, capture_output=True, check=False).stdout
            )
        )
        yield f"redis://127.0.0.1:{ports[0]}"


@pytest.fixture(scope="session")
def ray_nodes() -> Iterator[RayNodes]:
    """A Ray cluster whose only node is the head, without CPUs."""
    needs_ray()
    with RayNodes() as nodes:
        yield nodes
