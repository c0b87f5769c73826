"""Certificates, made once."""

import pytest

from .tls import Tls, certificates


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """A trust store with one authority, and servers it vouches for or not."""
    return certificates(tmp_path_factory.mktemp("tls"))
