from tests.ui.enterprises.conftest import battery, book, hands

__all__ = ["battery", "book", "hands"]
