"""What customers say about labels is kept, found for a whole list, and put into the glance at a conversation."""

from levelhead.conversation import Emotion
from levelhead.storage.books import Books
from levelhead.storage.objections import Objections
from tests.people import mr_doyle
from tests.storage.test_books import heard, keep

REFUND, OTHER = "the-late-refund", "another"


def test_the_glance_shows_what_the_customer_put_right(books: Books) -> None:
    keep(books, heard(mr_doyle("I am furious.")), heard(mr_doyle("And again.", 1)))
    before = books.conversations()[0]
    assert before.emotion is not None
    objections = Objections(books.shelf)
    objections.note(REFUND, 0, before.emotion, "Amira", instead="confused")
    assert books.conversations()[0].emotion is before.emotion, "of an earlier turn"
    objections.note(REFUND, 1, before.emotion, "Amira", instead="confused")
    after = books.conversations()[0]
    assert (after.emotion, after.intensity) == (Emotion.CONFUSED, 0)
    objections.note(REFUND, 1, before.emotion, "Amira")
    assert books.conversations()[0].emotion is Emotion.NEUTRAL


def test_marks_of_a_list_are_found_at_once_and_in_order(books: Books) -> None:
    keep(books, heard(mr_doyle("I am furious.")), heard(mr_doyle("Me too.", conversation=OTHER)))
    objections = Objections(books.shelf)
    for conversation, instead in ((REFUND, "confused"), (OTHER, None), (REFUND, "anxious")):
        objections.note(conversation, 0, "angry", "Amira", instead=instead)
    found = objections.among([REFUND, OTHER, "nobody knows"])
    assert {name: [mark.instead for mark in turns[0]] for name, turns in found.items()} == {
        REFUND: ["confused", "anxious"],
        OTHER: [None],
    }


def test_each_mark_knows_after_which_turn_it_came(books: Books) -> None:
    objections = Objections(books.shelf)
    for n in range(2):
        keep(books, heard(mr_doyle("I am furious.", n)))
        objections.note(REFUND, 0, "angry", "Amira")
    assert [after for after, _ in objections.by_arrival(REFUND)] == [1, 2]
