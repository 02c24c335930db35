import pytest

from wire import Echo


@pytest.fixture(scope="module")
def echo():
    with Echo() as server:
        yield server


@pytest.fixture
def client(echo):
    with echo.connect() as connection:
        yield connection
