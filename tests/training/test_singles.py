"""Single lines teach only what their writers labelled."""

from levelhead.conversation import Speaker
from training.singles import singles


def test_of_a_line_written_for_promises_only_that_is_known() -> None:
    lines = [talk for talk in singles() if talk.id.startswith("line-promise-")]
    assert lines
    for talk in lines:
        assert talk.speakers[-1] is Speaker.AGENT
        assert all(label == {} for label in talk.labels[:-1])
        assert talk.labels[-1]["known_moves"] == ["promise"]
    assert {tuple(talk.labels[-1]["moves"]) for talk in lines} == {(), ("promise",)}
