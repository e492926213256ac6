"""Pagination by the client's own paginator: 2,500 executions and a history of 3,000 events, which the test has made."""

import os

import check


def run(client):
    executions = client.all_pages("list_executions", 100, stateMachineArn=os.environ["CLUSTER_MANY"])["executions"]
    check.equal(2_500, len(executions), "executions")
    check.equal({f"number-{number}" for number in range(2_500)}, {execution["name"] for execution in executions}, "their names")
    check.true(executions[0]["startDate"] > executions[-1]["startDate"], "the newest are not first")

    events = client.all_pages("get_execution_history", 500, executionArn=os.environ["CLUSTER_LONG"])["events"]
    check.equal(list(range(1, 3_001)), [event["id"] for event in events], "the ids of the events")
    check.equal(("ExecutionStarted", "ExecutionSucceeded"), (events[0]["type"], events[-1]["type"]), "the ends of the history")
