"""An approval: a function hands a task's token out, and whoever has it ends the task."""

import json
import urllib.request

import check
import sfn

ASK = {
    "Type": "Task",
    "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
    "Parameters": {"FunctionName": "ask-approval", "Payload": {"key.$": "$$.Execution.Id", "token.$": "$$.Task.Token"}},
    "TimeoutSeconds": 300,
    "ResultPath": "$.approval",
    "End": True,
}


def token_of(execution):
    """The token that the function was given; the answer comes once it was."""
    asked = urllib.request.Request(sfn.HOOKS + "/token", json.dumps({"key": execution}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=check.PATIENCE) as answer:
        return json.load(answer)


def run(client):
    name = sfn.PREFIX + "-approval"
    definition = json.dumps({"StartAt": "Ask", "States": {"Ask": ASK}})
    machine = client.create_state_machine(name=name, definition=definition, roleArn=sfn.ROLE)["stateMachineArn"]

    def start(order):
        execution = client.start_execution(stateMachineArn=machine, name=order, input=json.dumps({"order": order}))["executionArn"]
        return execution, token_of(execution)

    approved, token = start("approved")
    middle = len(token) // 2
    forged = token[:middle] + ("B" if token[middle] == "A" else "A") + token[middle + 1:]
    check.refused(client, "InvalidToken", "send_task_success", taskToken=forged, output="{}")
    check.refused(client, "InvalidToken", "send_task_heartbeat", taskToken="forged")
    check.refused(client, "InvalidOutput", "send_task_success", taskToken=token, output="yes")
    client.send_task_heartbeat(taskToken=token)
    client.send_task_success(taskToken=token, output='{"by": "Ada"}')
    told = check.ended(client, approved)
    check.equal(("SUCCEEDED", {"order": "approved", "approval": {"by": "Ada"}}), (told["status"], json.loads(told["output"])), "the approved order")
    types = [event["type"] for event in client.get_execution_history(executionArn=approved)["events"]]
    check.equal(["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"], types[2:6], "the history")
    check.refused(client, "TaskTimedOut", "send_task_failure", taskToken=token, error="Late")

    rejected, token = start("rejected")
    client.send_task_failure(taskToken=token, error="Rejected", cause="Too dear.")
    told = check.ended(client, rejected)
    check.equal(("FAILED", "Rejected", "Too dear."), (told["status"], told["error"], told["cause"]), "the rejected order")

    if not client.is_slow:
        withdrawn, token = start("withdrawn")
        client.stop_execution(executionArn=withdrawn)
        check.refused(client, "TaskTimedOut", "send_task_success", taskToken=token, output="{}")
