"""GET keeps its word: looking at a page changes nothing but the log of events, the session and the cache."""

import re

import pytest
from django.db import connection

from accounts.permissions import Role, granted
from tests.house.test_access import GATED, address, names

READS = re.compile(r"\s*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|EXPLAIN|SET)\b", re.IGNORECASE)
MAY_BE_WRITTEN = re.compile(r'"(accounts_event|django_session|cache|usersessions_usersession)"')


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "view", "arguments"), GATED, ids=names)
def test_looking_changes_nothing(client, member, name, view, arguments):
    role = next(role for role in Role if view.permission in granted(role))
    url = address(name, arguments, member(role).organisation)
    written = []

    def watch(execute, sql, params, many, context):
        if not READS.match(sql) and not MAY_BE_WRITTEN.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        response = client.get(url)
        if response.streaming:
            response.close()
    assert written == []
