"""Searching names on PostgreSQL: an index knows their words."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_a_search_of_names_has_its_index():
    with connection.cursor() as cursor:
        for other_way in ("seqscan", "indexscan", "indexonlyscan"):  # of an empty table, any way is quick enough
            cursor.execute(f"SET LOCAL enable_{other_way} = off")
        cursor.execute("EXPLAIN SELECT FROM delegates_delegate WHERE folded::text LIKE '%nguyen%'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "delegates_by_words" in plan
