"""Plain pixels from the reader child as a picture of Qt's; and what the clipboard holds as something to attach."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from crm_app import clock
from crm_app.i18n import _
from crm_app.services.attachments import Given, Picture


def image_of(picture: Picture) -> QImage:
    """Return a picture of Qt's; its pixels are copied, so nothing of the answer must be kept."""
    kind = QImage.Format.Format_RGBA8888 if picture.clear else QImage.Format.Format_RGB888
    stride = picture.width * (4 if picture.clear else 3)
    return QImage(picture.pixels, picture.width, picture.height, stride, kind).copy()


def files_of(data: QMimeData) -> list[Given]:
    """Return the files of this computer that are dragged or were copied; folders are left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [Given.file(path) for path in paths if path.is_file()]


def pasted(data: QMimeData) -> list[Given]:
    """Return what is to be attached of the clipboard: files, or the one picture."""
    found = files_of(data)
    if found or not data.hasImage():
        return found
    # The bytes as another program put them there: they are not decoded here.
    content = bytes(data.data("image/png").data()) if data.hasFormat("image/png") else _as_png(data)
    now = clock.local(clock.now_ms())
    return [Given(_("Picture {moment}.png").format(moment=f"{now:%Y-%m-%d %H.%M.%S}"), content)] if content else []


def _as_png(data: QMimeData) -> bytes:
    image = data.imageData()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if isinstance(image, QImage):
        image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
