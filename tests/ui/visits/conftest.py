from tests.ui.trips.hands import book, hands

__all__ = ["book", "hands"]
