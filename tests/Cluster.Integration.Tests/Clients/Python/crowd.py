"""An activity has 1,000 places for workers that poll; the test holds them all."""

import os

import check


def run(client):
    check.refused(client, "ActivityWorkerLimitExceeded", "get_activity_task", activityArn=os.environ["CLUSTER_CROWD"])
