import pytest

from tests.ports import free_ports


@pytest.fixture
def unused_ports() -> dict[str, str]:
    names = ("NEEDLEWISE_PORT", "ACTIONS_PORT", "SERVICES_PORT")
    return {name: str(port) for name, port in zip(names, free_ports(3), strict=True)}
