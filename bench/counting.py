"""Count the queries of an answer into its headers."""

from django.db import connection
from django.http import HttpRequest, HttpResponse


class Queries:
    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        taken = 0

        def count(execute, sql, params, many, context):
            nonlocal taken
            taken += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response["X-Queries"] = str(taken)
        return response
