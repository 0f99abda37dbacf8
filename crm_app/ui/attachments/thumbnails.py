"""Small pictures of attachments, asked of the reader child one by one, so that other reads go on beside."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from crm_app.domain.attachments import Attachment
from crm_app.errors import CrmError
from crm_app.services import attachments
from crm_app.services.attachments import Held, Picture
from crm_app.ui.attachments.pixels import image_of
from crm_app.ui.session import Session

_LONGEST = 240
"""Pixels of the longer side: sharp at 200 %, and cut to the tile."""
_MOST_KEPT = 200
"""Thumbnails that are remembered, 200 KB each."""


class Thumbnails(QObject):
    """``come`` is emitted when another one is there, or is known not to be shown."""

    come = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.known: dict[str, QPixmap | None] = {}
        """By the content's SHA-256; None for what cannot be shown."""
        self._wanted: list[Attachment] = []
        self._asking = False

    def get(self, attachment: Attachment) -> QPixmap | None:
        """Return the small picture where it has come."""
        return self.known.get(attachment.sha256)

    def want(self, wanted: Iterable[Attachment]) -> None:
        """Ask for those that have not come yet, before what was wanted earlier."""
        self._wanted = [*(one for one in wanted if Held(one).has_preview), *self._wanted][:_MOST_KEPT]
        self._ask()

    def _ask(self) -> None:
        one = next((one for one in self._wanted if one.sha256 not in self.known), None)
        if one is None or self._asking:
            return
        self._asking = True
        attachment = one

        def come(picture: Picture) -> None:
            self._came(attachment.sha256, image_of(picture))

        def failed(_error: CrmError) -> None:
            # Opening it says what is wrong.
            self._came(attachment.sha256, None)

        self._session.read(lambda book: attachments.preview(book, attachment, _LONGEST), come, failed, owner=self)

    def _came(self, sha256: str, image: QImage | None) -> None:
        self._asking = False
        while len(self.known) >= _MOST_KEPT:
            self.known.pop(next(iter(self.known)))
        self.known[sha256] = QPixmap.fromImage(image) if image is not None else None
        self.come.emit()
        self._ask()
