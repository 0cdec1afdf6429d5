from __future__ import annotations

import pytest

from graph.errors import Cancelled, Problem, StepError, WorkflowError, nearest


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("is bad."), "is bad."),
        (Problem("is bad.", "Mend it."), "is bad. Mend it."),
        (Problem("is bad.", "", "a"), "a: is bad."),
        (Problem("is bad.", "Mend it.", "a", "p"), "a.p: is bad. Mend it."),
    ],
)
def test_a_problem_says_where_and_what_to_do(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_workflow_error_is_all_its_problems() -> None:
    assert str(WorkflowError([Problem("one."), Problem("two.", node="b")])) == "one.\nb: two."


def test_a_step_error_is_its_message_and_remedy() -> None:
    assert str(StepError("is bad.", "Mend it.")) == "is bad. Mend it."
    assert str(StepError("is bad.")) == "is bad."


def test_a_node_cannot_swallow_a_cancel_by_accident() -> None:
    assert not issubclass(Cancelled, Exception)


def test_the_nearest_name() -> None:
    assert nearest("treshold", ["size", "threshold"]) == "Did you mean 'threshold'?"
    assert nearest("q", ["size", "threshold"]) == "There is: size, threshold."
    assert nearest("q", [f"name{index}" for index in range(13)]).endswith("name11, ….")
    assert nearest("q", []) == ""
