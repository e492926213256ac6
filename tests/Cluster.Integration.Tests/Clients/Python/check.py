"""What the stories are judged by, and what they wait with."""

import time

from sfn import Refusal

PATIENCE = 30  # seconds
POLL_EVERY = 0.1  # seconds
LONGEST = 1_000  # characters of a value in a message
SEEN = set()


def short(value):
    text = repr(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def equal(expected, actual, what):
    if expected != actual:
        raise AssertionError(f"{what}: expected {short(expected)}, got {short(actual)}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


def refused(sfn, code, operation, **parameters):
    """The call fails with this code, and as the class that the client has for it. A slow client is asked for each code once in a story."""
    if sfn.is_slow and code in SEEN:
        return
    SEEN.add(code)
    try:
        answer = getattr(sfn, operation)(**parameters)
    except Refusal as refusal:
        equal(code, refusal.code, f"the error of {operation} ({refusal.message})")
        if sfn.models(code):
            equal(code, refusal.carrier, f"the class of the error of {operation}")
        return
    raise AssertionError(f"{operation} should fail with {code}, and answered {answer!r}")


def until(what, ask, fits):
    """Asks until the answer fits; the answer."""
    end = time.monotonic() + PATIENCE
    while True:
        answer = ask()
        if fits(answer):
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {PATIENCE} seconds; the last answer was {answer!r}")
        time.sleep(POLL_EVERY)


def ended(sfn, execution):
    """Waits for the end of an execution; its description."""
    return until("the end of " + execution, lambda: sfn.describe_execution(executionArn=execution), lambda told: told["status"] != "RUNNING")
