"""What was typed and not saved, kept in the book outside its journal."""

from crm_app.db.drafts import drop, keep, keys, load

__all__ = ["drop", "keep", "keys", "load"]
