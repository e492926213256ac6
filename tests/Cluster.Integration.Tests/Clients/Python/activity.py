"""An activity and its worker: tasks are polled for, kept alive by heartbeats, answered, failed, and left alone until they time out."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import check
import sfn

NONE = "arn:aws:states:us-east-1:123456789012:activity:none"


def machine_of(activity):
    pack = {"Type": "Task", "Resource": activity, "TimeoutSeconds": 300, "HeartbeatSecondsPath": "$.heartbeat", "ResultPath": "$.packed", "End": True}
    return json.dumps({"StartAt": "Pack", "States": {"Pack": pack}})


def run(client):
    name = sfn.PREFIX + "-pack"
    activity = client.create_activity(name=name)["activityArn"]
    check.equal(activity, client.create_activity(name=name)["activityArn"], "the same activity once more")
    check.equal(name, client.describe_activity(activityArn=activity)["name"], "the name of the activity")
    check.true(activity in [one["activityArn"] for one in client.all_pages("list_activities", 100)["activities"]], "the activity is not listed")
    machine = client.create_state_machine(name=name, definition=machine_of(activity), roleArn=sfn.ROLE)["stateMachineArn"]

    def start(order, heartbeat):
        return client.start_execution(stateMachineArn=machine, name=order, input=json.dumps({"order": order, "heartbeat": heartbeat}))["executionArn"]

    def work(order):
        task = client.get_activity_task(activityArn=activity, workerName="worker of " + sfn.PREFIX)
        check.equal(order, json.loads(task["input"])["order"], "the order in the task's input")
        return task["taskToken"]

    with ThreadPoolExecutor() as pool:
        polled = pool.submit(work, "packed")
        time.sleep(1)  # The poll should be out before there is a task.
        packed = start("packed", 60)
        token = polled.result()
    client.send_task_heartbeat(taskToken=token)
    check.refused(client, "InvalidOutput", "send_task_success", taskToken=token, output="{")
    client.send_task_success(taskToken=token, output='{"boxes": 2}')
    told = check.ended(client, packed)
    check.equal(("SUCCEEDED", {"boxes": 2}), (told["status"], json.loads(told["output"])["packed"]), "the packed order")
    events = client.get_execution_history(executionArn=packed)["events"]
    check.equal(["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"], [event["type"] for event in events if "Activity" in event["type"]], "the history")
    check.equal("worker of " + sfn.PREFIX, events[3]["activityStartedEventDetails"]["workerName"], "the worker in the history")
    check.refused(client, "TaskTimedOut", "send_task_success", taskToken=token, output="{}")

    broken = start("broken", 60)
    client.send_task_failure(taskToken=work("broken"), error="Broken", cause="The box fell.")
    told = check.ended(client, broken)
    check.equal(("FAILED", "Broken", "The box fell."), (told["status"], told["error"], told["cause"]), "the broken order")

    if not client.is_slow:
        silent = start("silent", 1)
        token = work("silent")
        told = check.ended(client, silent)
        check.equal(("FAILED", "States.Timeout"), (told["status"], told["error"]), "the order of a worker that was not heard of")
        check.refused(client, "TaskTimedOut", "send_task_heartbeat", taskToken=token)

    client.delete_activity(activityArn=activity)
    check.refused(client, "ActivityDoesNotExist", "describe_activity", activityArn=activity)
    check.refused(client, "ActivityDoesNotExist", "get_activity_task", activityArn=NONE)
    if not client.is_slow:
        check.refused(client, "InvalidName", "create_activity", name="no spaces")
        check.refused(client, "InvalidArn", "describe_activity", activityArn="no-arn")
        check.refused(client, "TooManyTags", "create_activity", name=name + "-2", tags=[{"key": f"k{n}", "value": "v"} for n in range(51)])
