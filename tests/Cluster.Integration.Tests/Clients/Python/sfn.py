"""The API as a story sees it: the same calls go through boto3 or through the AWS CLI, whichever the environment names."""

import functools
import json
import os
import re
import subprocess

ROLE = "arn:aws:iam::123456789012:role/any"
ENDPOINT = os.environ["CLUSTER_ENDPOINT"]
HOOKS = os.environ["CLUSTER_HOOKS"]
PREFIX = os.environ["CLUSTER_PREFIX"]


class Refusal(Exception):
    """What a client made of an error: its code, its message, and the class or the words that carried it."""

    def __init__(self, code, message, carrier):
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.carrier = code, message, carrier


class Boto3:
    # A call costs little.
    is_slow = False

    def __init__(self):
        import boto3
        from botocore.config import Config

        version = tuple(int(part) for part in boto3.__version__.split(".")[:2])
        # AWS_ENDPOINT_URL_SFN is read from 1.28 on; an older one must be told.
        endpoint = ENDPOINT if version < (1, 28) else None
        self._client = boto3.client("stepfunctions", endpoint_url=endpoint, config=Config(read_timeout=75))

    def knows(self, operation):
        return hasattr(self._client, operation)

    def models(self, code):
        return hasattr(self._client.exceptions, code)

    def all_pages(self, operation, page_size, **parameters):
        pages = self._client.get_paginator(operation).paginate(PaginationConfig={"PageSize": page_size}, **parameters)
        return pages.build_full_result()

    def __getattr__(self, operation):
        from botocore.exceptions import ClientError

        def call(**parameters):
            try:
                return getattr(self._client, operation)(**parameters)
            except ClientError as error:
                told = error.response["Error"]
                raise Refusal(told["Code"], told.get("Message", ""), type(error).__name__) from error

        return call


class Cli:
    # Each call is a process that has all of AWS to read.
    is_slow = True

    # Where the CLI calls a parameter differently, since it has a flag of that name already.
    RENAMED = {("send_task_success", "output"): "task-output"}

    def __init__(self, program):
        self._program = program
        version = tuple(int(part) for part in re.search(r"aws-cli/(\d+)\.(\d+)", os.environ["CLUSTER_CLI_VERSION"]).groups())
        # AWS_ENDPOINT_URL_SFN is read from 1.29 and 2.13 on.
        self._endpoint = ["--endpoint-url", ENDPOINT] if version < (1, 29) or (2, 0) <= version < (2, 13) else []

    @functools.cache
    def knows(self, operation):
        return self._run([operation.replace("_", "-"), "--generate-cli-skeleton"]).returncode == 0

    def models(self, code):
        return True

    def all_pages(self, operation, page_size, **parameters):
        return self._call(operation, ["--page-size", str(page_size)], parameters)

    def __getattr__(self, operation):
        return lambda **parameters: self._call(operation, [], parameters)

    def _call(self, operation, arguments, parameters):
        arguments = [operation.replace("_", "-"), *arguments]
        for name, value in parameters.items():
            flag = self.RENAMED.get((operation, name)) or re.sub(r"[A-Z]", lambda upper: "-" + upper[0].lower(), name)
            if isinstance(value, bool):
                arguments.append("--" + ("" if value else "no-") + flag)
            else:
                arguments += ["--" + flag, value if isinstance(value, str) else json.dumps(value)]
        ended = self._run(arguments)
        if ended.returncode == 0:
            return json.loads(ended.stdout or "{}")
        told = re.search(r"An error occurred \((\S+)\) when calling the \S+ operation[^:]*: (.*)", ended.stderr, re.DOTALL)
        if told is None:
            raise AssertionError(f"aws {' '.join(arguments)}\nended with {ended.returncode}: {ended.stderr}")
        raise Refusal(told[1], told[2].strip(), told[1])

    def _run(self, arguments):
        whole = [self._program, "stepfunctions", *arguments, *self._endpoint, "--output", "json", "--cli-read-timeout", "75"]
        return subprocess.run(whole, capture_output=True, text=True)


def connect():
    program = os.environ.get("CLUSTER_CLI")
    return Cli(program) if program else Boto3()
