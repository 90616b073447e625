"""Brokers for tests, where they answer: Redis and RabbitMQ."""

import os
import socket
from urllib.parse import urlsplit

import pytest

from tests.support.missing import missing


def _answering(kind: str, url: str, port: int, remedy: str) -> str:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or port), timeout=1).close()
    except OSError as why:
        missing(kind, f"{url.rpartition('@')[2]}: {why}", remedy)
    return url


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis that answers: LMS_TEST_REDIS_URL, or a database of the local one that nothing else uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    url = os.environ.get("LMS_TEST_REDIS_URL", f"redis://127.0.0.1:6379/{8 + int(worker[2:]) % 8}")
    return _answering("Redis", url, 6379, "`apt-get install redis-server`, or set LMS_TEST_REDIS_URL")


@pytest.fixture(scope="session")
def rabbitmq_url() -> str:
    """A RabbitMQ that answers: LMS_TEST_RABBITMQ_URL, or the local one."""
    url = os.environ.get("LMS_TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")
    return _answering("RabbitMQ", url, 5672, "`apt-get install rabbitmq-server`, or set LMS_TEST_RABBITMQ_URL")


@pytest.fixture(
    params=[pytest.param("redis", marks=pytest.mark.redis), pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)]
)
def broker_url(request: pytest.FixtureRequest) -> str:
    """A broker: the test runs on Redis and on RabbitMQ."""
    chosen: str = request.getfixturevalue(f"{request.param}_url")
    return chosen
