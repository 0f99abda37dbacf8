"""Business cards: pasted text, a chat or a picture becomes contacts, each part confirmed beside where it stands."""

from crm_app.ui.cards.dialog import open_cards

__all__ = ["open_cards"]
