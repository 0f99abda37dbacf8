"""Hand edits of a kept draft: made, taken back, looked at; they survive a refresh of the figures."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from uuid import UUID

from crm_app import clock
from crm_app.briefs import codec, editing
from crm_app.briefs.content import Gap, Paper, gaps
from crm_app.briefs.editing import Edited, Place
from crm_app.briefs.settle import left_without, without
from crm_app.briefs.standing import Standing, standing
from crm_app.db.book import Book
from crm_app.db.unit import Unit
from crm_app.domain import paper_edits, phones
from crm_app.domain.paper_edits import Edit
from crm_app.domain.papers import IssuedPaper, PaperState
from crm_app.errors import NotFound, Refused
from crm_app.i18n import _, said_in
from crm_app.services.outcome import Outcome
from crm_app.services.papers import asked as common
from crm_app.services.papers.typefaces import set_in_own


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """One text of a kept draft as a hand may change it.

    ``drafted`` is what stands there by the rows today, ``text`` what is printed; ``edit`` is None where the two are
    one. ``place`` is None for an edit whose text is no longer drafted: it is kept, and printed nowhere.
    """

    place: Place | None
    drafted: str
    text: str
    edit: Edit | None = None

    @property
    def heads(self) -> bool:
        """Whether it is the paper's title or a heading in it."""
        return self.place is not None and self.place.part in (editing.TITLE, editing.HEADING)

    @property
    def outdated(self) -> bool:
        """Whether the figures under the edit changed since it was made or last looked at, or its text is gone."""
        return self.edit is not None and self.edit.drafted != self.drafted


def drafted_of(known: IssuedPaper) -> Paper:
    """Return the content of a kept paper as it was composed; of a final one as it was issued."""
    return codec.from_json(known.content or "")


def edited_of(known: IssuedPaper) -> Edited:
    """Return a kept paper with its hand edits; a final one holds them already."""
    kept = () if known.state is PaperState.FINAL else paper_edits.from_json(known.edits)
    # A number typed into a text is masked as one in its own field is.
    return editing.edited(
        drafted_of(known), [dataclasses.replace(edit, text=phones.mask_all(edit.text)) for edit in kept]
    )


def paper_of(known: IssuedPaper) -> Paper:
    """Return the content a kept paper prints: as composed, with its hand edits."""
    made = edited_of(known)
    return without(made.paper, {gap.text for gap in filled_by_hand(made)})


def standing_of(book: Book, paper: Paper, known: IssuedPaper | None) -> Standing:
    """Return where the figures and the texts of a paper stand on its pages.

    Of a kept draft, ``paper`` being what ``paper_of`` answers, the texts are named as ``texts_of`` names them.
    """
    with set_in_own(book):
        if known is None:
            return standing(paper, paper, range(len(paper.blocks)))
        made = edited_of(known)
        left = left_without(made.paper, {gap.text for gap in filled_by_hand(made)})
        return standing(paper, drafted_of(known), [made.origins[number] for number in left])


def filled_by_hand(made: Edited) -> list[Gap]:
    """Return the gaps whose red mark a hand edit has written over."""
    mark, gap_words = (said_in(made.paper.language, words) for words in ("[to fill in: {label}]", "{label} is missing"))
    label = re.compile(re.escape(mark).replace(re.escape("{label}"), "(.+?)"))
    written = {
        gap_words.format(label=name)
        for edit, place in made.places
        for name in label.findall(place.text)
        if mark.format(label=name) not in edit.text
    }
    return [gap for gap in gaps(made.paper) if gap.text in written]


def texts_of(book: Book, paper_id: UUID) -> list[Written]:
    """Return the texts of a kept draft in the order of reading, edits without a text last."""
    with book.read() as reader:
        made = edited_of(reader.get(IssuedPaper, paper_id))
        drafted = drafted_of(reader.get(IssuedPaper, paper_id))
    edits = {(place.index, place.part): edit for edit, place in made.places}
    found = [
        Written(place, place.text, edit.text if edit else place.text, edit)
        for place in editing.places(drafted)
        for edit in [edits.get((place.index, place.part))]
    ]
    return [*found, *(Written(None, "", edit.text, edit) for edit in made.lost)]


def edit_text(book: Book, paper_id: UUID, place: Place, text: str) -> Outcome[None]:
    """Print ``text`` in place of what is drafted there; the drafted words themselves take the edit back.

    Raise Refused for a final paper, NotFound where the paper was composed anew meanwhile and has no such text.
    """
    with book.unit(_("Change the text of a paper")) as unit:
        known = _draft(unit, paper_id)
        unit.about(known.title)
        made = edited_of(known)
        here = next((now for now in editing.places(drafted_of(known)) if _same(now, place)), None)
        if here is None:
            raise NotFound(_("This text is no longer in the paper; open the texts again."))
        kept = paper_edits.from_json(known.edits)
        own = next((edit for edit, at in made.places if _same(at, here)), None)
        left = [edit for edit in kept if own is None or edit.id != own.id]
        if text != here.text:
            person = common.author(unit)
            number = own.id if own else 1 + max((edit.id for edit in kept), default=0)
            at = clock.now_ms()
            left.append(Edit(number, here.section, here.block, here.part, here.text, text, person, at))
        return _keep(unit, known, left)


def _same(one: Place, other: Place) -> bool:
    return (one.section, one.block, one.part) == (other.section, other.block, other.part)


def take_back(book: Book, paper_id: UUID, edit_id: int) -> Outcome[None]:
    """Print again what is drafted from the rows."""
    with book.unit(_("Take back a change of a paper's text")) as unit:
        known = _draft(unit, paper_id)
        unit.about(known.title)
        kept = paper_edits.from_json(known.edits)
        return _keep(unit, known, [edit for edit in kept if edit.id != edit_id])


def look_at(book: Book, paper_id: UUID, edit_id: int) -> Outcome[None]:
    """Let an edit stand over what is drafted there now; raise NotFound for one that has no text any more."""
    with book.unit(_("Let a change of a paper's text stand")) as unit:
        known = _draft(unit, paper_id)
        unit.about(known.title)
        found = {edit.id: place for edit, place in edited_of(known).places}
        if edit_id not in found:
            raise NotFound(_("This text is no longer drafted; put it elsewhere or take it back."))
        place = found[edit_id]
        return _keep(
            unit,
            known,
            [
                dataclasses.replace(edit, section=place.section, block=place.block, drafted=place.text)
                if edit.id == edit_id
                else edit
                for edit in paper_edits.from_json(known.edits)
            ],
        )


def _draft(unit: Unit, paper_id: UUID) -> IssuedPaper:
    known = unit.get(IssuedPaper, paper_id)
    if known.state is PaperState.FINAL:
        raise Refused(_("This paper is final; make a new one to correct it."))
    return known


def _keep(unit: Unit, known: IssuedPaper, edits: Sequence[Edit]) -> Outcome[None]:
    unit.update(IssuedPaper, known.id, edits=paper_edits.to_json(edits))
    return Outcome(unit.commit(), None)
