"""The order story: a machine is created, described, listed and updated; its executions run, wait, are stopped and listed; it is deleted."""

import json

import check
import sfn

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:"
ORDER = {
    "StartAt": "Validate",
    "States": {
        "Validate": {"Type": "Task", "Resource": FUNCTION + "echo-validate", "ResultPath": "$.validated", "Next": "In stock?"},
        "In stock?": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.quantity", "NumericGreaterThan": 0, "Next": "Charge"}],
            "Default": "Out of stock",
        },
        "Charge": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "echo-charge", "Payload": {"amount.$": "$.amount"}},
            "ResultSelector": {"amount.$": "$.Payload.amount"},
            "ResultPath": "$.paid",
            "Next": "Pack",
        },
        "Pack": {"Type": "Wait", "SecondsPath": "$.packing", "Next": "Shipped"},
        "Shipped": {"Type": "Pass", "Parameters": {"orderId.$": "$.orderId", "paid.$": "$.paid.amount"}, "End": True},
        "Out of stock": {"Type": "Fail", "Error": "OutOfStock", "Cause": "Nothing is left."},
    },
}
TYPES = [
    "ExecutionStarted",
    "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited",
    "ChoiceStateEntered", "ChoiceStateExited",
    "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited",
    "WaitStateEntered", "WaitStateExited",
    "PassStateEntered", "PassStateExited",
    "ExecutionSucceeded",
]


def order(number, quantity, packing):
    return json.dumps({"orderId": f"Größe-{number}-漢字", "quantity": quantity, "amount": 12.5, "packing": packing}, ensure_ascii=False)


def run(client):
    definition = json.dumps(ORDER)
    name = sfn.PREFIX + "-orders"
    machine = client.create_state_machine(name=name, definition=definition, roleArn=sfn.ROLE)["stateMachineArn"]
    described = client.describe_state_machine(stateMachineArn=machine)
    check.equal((name, definition, "ACTIVE", "STANDARD"), tuple(described[key] for key in ("name", "definition", "status", "type")), "the machine")
    check.true(machine in [one["stateMachineArn"] for one in client.list_state_machines()["stateMachines"]], "the machine is not listed")

    paid = client.start_execution(stateMachineArn=machine, name="paid", input=order(1, 2, 1))["executionArn"]
    held = client.start_execution(stateMachineArn=machine, name="held", input=order(2, 1, 600))["executionArn"]

    told = check.ended(client, paid)
    check.equal(("SUCCEEDED", {"orderId": "Größe-1-漢字", "paid": 12.5}), (told["status"], json.loads(told["output"])), "the paid order")
    check.true(told["startDate"] < told["stopDate"], "a date of end after that of start")
    history = client.get_execution_history(executionArn=paid)["events"]
    check.equal(TYPES, [event["type"] for event in history], "the history")
    check.equal(list(range(1, len(TYPES) + 1)), [event["id"] for event in history], "the ids of the history")
    check.equal("echo-charge", json.loads(history[9]["taskScheduledEventDetails"]["parameters"])["FunctionName"], "the scheduled call")

    client.stop_execution(executionArn=held, error="Withdrawn", cause="The customer changed his mind.")
    stopped = client.describe_execution(executionArn=held)
    check.equal(("ABORTED", "Withdrawn", "The customer changed his mind."), (stopped["status"], stopped["error"], stopped["cause"]), "the held order")
    listed = client.list_executions(stateMachineArn=machine, statusFilter="ABORTED")["executions"]
    check.equal(["held"], [execution["name"] for execution in listed], "the executions that were stopped")
    if not client.is_slow:
        tell_more(client, machine, paid)
    client.delete_state_machine(stateMachineArn=machine)
    check.refused(client, "StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=machine)


def tell_more(client, machine, paid):
    none = client.start_execution(stateMachineArn=machine, name="none", input=order(3, 0, 1))["executionArn"]
    failed = check.ended(client, none)
    check.equal(("FAILED", "OutOfStock", "Nothing is left."), (failed["status"], failed["error"], failed["cause"]), "the order without stock")
    held = client.start_execution(stateMachineArn=machine, name="held-again", input=order(4, 1, 600))["executionArn"]
    again = client.start_execution(stateMachineArn=machine, name="held-again", input=order(4, 1, 600))["executionArn"]
    check.equal(held, again, "the same name and input once more")
    check.until("the held order waits", lambda: client.get_execution_history(executionArn=held, reverseOrder=True, maxResults=1)["events"],
                lambda events: events[0]["type"] == "WaitStateEntered")
    for status, names in (("SUCCEEDED", ["paid"]), ("FAILED", ["none"]), ("RUNNING", ["held-again"])):
        listed = client.list_executions(stateMachineArn=machine, statusFilter=status)["executions"]
        check.equal(names, [execution["name"] for execution in listed], "the executions that are " + status)

    definition = json.dumps(ORDER)
    changed = json.dumps({**ORDER, "Comment": "Changed."})
    client.update_state_machine(stateMachineArn=machine, definition=changed)
    check.equal(changed, client.describe_state_machine(stateMachineArn=machine)["definition"], "the changed definition")
    check.equal(definition, client.describe_state_machine_for_execution(executionArn=paid)["definition"], "the definition as it ran")
