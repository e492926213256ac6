"""Every error of the operations on machines and executions comes as the class that the client has for it."""

import json

import check
import sfn

PASS = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
WAIT = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 600, "End": True}}})
ACCOUNT = "arn:aws:states:us-east-1:123456789012:"


def run(client):
    def refused(code, operation, **parameters):
        check.refused(client, code, operation, **parameters)

    def created(name, definition, **more):
        return client.create_state_machine(name=name, definition=definition, roleArn=sfn.ROLE, **more)["stateMachineArn"]

    name = sfn.PREFIX + "-errors"
    machine = created(name, WAIT)
    create = {"name": name, "definition": WAIT, "roleArn": sfn.ROLE}
    refused("InvalidName", "create_state_machine", **{**create, "name": "no spaces"})
    refused("InvalidDefinition", "create_state_machine", **{**create, "definition": '{"StartAt": "A", "States": {}}'})
    refused("InvalidArn", "create_state_machine", **{**create, "roleArn": "no-arn"})
    refused("StateMachineAlreadyExists", "create_state_machine", **{**create, "definition": PASS})
    refused("InvalidLoggingConfiguration", "create_state_machine", **{**create, "name": name + "-2", "loggingConfiguration": {"level": "ALL"}})
    refused("TooManyTags", "create_state_machine", **{**create, "name": name + "-3", "tags": [{"key": f"k{n}", "value": "v"} for n in range(51)]})
    refused("ValidationException", "create_state_machine", **{**create, "name": "x" * 81})
    refused("MissingRequiredParameter", "update_state_machine", stateMachineArn=machine)
    refused("InvalidDefinition", "update_state_machine", stateMachineArn=machine, definition="[")
    refused("StateMachineDoesNotExist", "update_state_machine", stateMachineArn=ACCOUNT + "stateMachine:none", definition=PASS)
    refused("StateMachineDoesNotExist", "describe_state_machine", stateMachineArn=ACCOUNT + "stateMachine:none")
    refused("InvalidArn", "describe_state_machine", stateMachineArn="arn:aws:nothing")
    refused("InvalidArn", "delete_state_machine", stateMachineArn="no-arn")

    client.start_execution(stateMachineArn=machine, name="one", input="{}")
    refused("ExecutionAlreadyExists", "start_execution", stateMachineArn=machine, name="one", input='{"another": true}')
    refused("InvalidExecutionInput", "start_execution", stateMachineArn=machine, input="{'a': 1}")
    refused("InvalidName", "start_execution", stateMachineArn=machine, name="no*stars")
    refused("InvalidArn", "start_execution", stateMachineArn="no-arn")
    refused("StateMachineDoesNotExist", "start_execution", stateMachineArn=ACCOUNT + "stateMachine:none")
    refused("ExecutionDoesNotExist", "describe_execution", executionArn=ACCOUNT + "execution:none:one")
    refused("ExecutionDoesNotExist", "stop_execution", executionArn=ACCOUNT + "execution:none:one")
    refused("ExecutionDoesNotExist", "get_execution_history", executionArn=ACCOUNT + "execution:none:one")
    refused("ExecutionDoesNotExist", "describe_state_machine_for_execution", executionArn=ACCOUNT + "execution:none:one")
    refused("InvalidArn", "stop_execution", executionArn="no-arn")
    refused("InvalidToken", "list_executions", stateMachineArn=machine, nextToken="forged")
    refused("InvalidToken", "list_state_machines", nextToken="forged")
    refused("ValidationException", "list_executions", stateMachineArn=machine, maxResults=1001)
    refused("StateMachineDoesNotExist", "list_executions", stateMachineArn=ACCOUNT + "stateMachine:none")
