import pytest
from fastapi.testclient import TestClient

from services.app import app


@pytest.fixture(scope="session")
def client() -> TestClient:
    return TestClient(app, raise_server_exceptions=False)
