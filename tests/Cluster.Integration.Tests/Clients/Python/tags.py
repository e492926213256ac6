"""Tags of machines and activities."""

import json

import check
import sfn

PASS = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})


def run(client):
    name = sfn.PREFIX + "-tags"
    machine = client.create_state_machine(
        name=name, definition=PASS, roleArn=sfn.ROLE, tags=[{"key": "team", "value": "orders"}, {"key": "stage", "value": "test"}])["stateMachineArn"]
    activity = client.create_activity(name=name, tags=[{"key": "team", "value": "orders"}])["activityArn"]

    def tags(arn):
        return {tag["key"]: tag["value"] for tag in client.list_tags_for_resource(resourceArn=arn)["tags"]}

    check.equal({"team": "orders", "stage": "test"}, tags(machine), "the tags of the machine")
    check.equal({"team": "orders"}, tags(activity), "the tags of the activity")
    client.tag_resource(resourceArn=machine, tags=[{"key": "team", "value": "größe"}, {"key": "cost", "value": ""}])
    client.untag_resource(resourceArn=machine, tagKeys=["stage", "none"])
    check.equal({"team": "größe", "cost": ""}, tags(machine), "the changed tags of the machine")
    many = [{"key": f"k{number}", "value": "v"} for number in range(50)]
    check.refused(client, "TooManyTags", "tag_resource", resourceArn=machine, tags=many)
    none = machine.replace(name, "none")
    for operation, more in (("list_tags_for_resource", {}), ("tag_resource", {"tags": many[:1]}), ("untag_resource", {"tagKeys": ["k"]})):
        check.refused(client, "ResourceNotFound", operation, resourceArn=none, **more)
    check.refused(client, "InvalidArn", "list_tags_for_resource", resourceArn="no-arn")
