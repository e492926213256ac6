"""What Terraform asks for a state machine, in its order: validate, create, read, plan again, update, tag, delete, read until it is gone."""

import json

import check
import sfn

ORDERS = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}


def run(client):
    name = sfn.PREFIX + "-terraform"
    definition = json.dumps(ORDERS)
    knows_validate = client.knows("validate_state_machine_definition")
    if knows_validate:
        told = client.validate_state_machine_definition(definition=definition, type="STANDARD")
        check.equal(("OK", []), (told["result"], told["diagnostics"]), "a good definition")
        told = client.validate_state_machine_definition(definition='{"StartAt": "B", "States": {"A": {"Type": "Pass", "End": true}}}', severity="ERROR")
        check.equal("FAIL", told["result"], "a bad definition")
        check.equal("ERROR", told["diagnostics"][0]["severity"], "its diagnostic")

    create = {
        "name": name, "definition": definition, "roleArn": sfn.ROLE, "type": "STANDARD",
        "loggingConfiguration": {"level": "OFF", "includeExecutionData": False},
        "tracingConfiguration": {"enabled": False},
        "tags": [{"key": "team", "value": "orders"}],
    }
    # Which Terraform always tells, where its SDK knows it.
    more = {"publish": False} if client.knows("list_state_machine_versions") else {}
    machine = client.create_state_machine(**create, **more)["stateMachineArn"]

    def read():
        described = client.describe_state_machine(stateMachineArn=machine)
        if client.knows("list_state_machine_versions"):
            check.equal([], client.list_state_machine_versions(stateMachineArn=machine)["stateMachineVersions"], "the versions")
        return described, {tag["key"]: tag["value"] for tag in client.list_tags_for_resource(resourceArn=machine)["tags"]}

    described, tags = read()
    kept = {key: described[key] for key in ("name", "definition", "roleArn", "type", "loggingConfiguration", "tracingConfiguration")}
    check.equal({key: create[key] for key in kept}, kept, "the machine as it was written")
    check.equal({"team": "orders"}, tags, "its tags")

    changed = json.dumps({**ORDERS, "Comment": "Changed."})
    client.update_state_machine(stateMachineArn=machine, definition=changed, roleArn=sfn.ROLE + "-2", loggingConfiguration=create["loggingConfiguration"])
    client.tag_resource(resourceArn=machine, tags=[{"key": "stage", "value": "test"}])
    client.untag_resource(resourceArn=machine, tagKeys=["team"])
    described, tags = read()
    check.equal((changed, sfn.ROLE + "-2", {"stage": "test"}), (described["definition"], described["roleArn"], tags), "the changed machine")

    client.delete_state_machine(stateMachineArn=machine)
    check.refused(client, "StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=machine)
    client.delete_state_machine(stateMachineArn=machine)
