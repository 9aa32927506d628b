"""The application server of the demonstration: votes in PostgreSQL, page views in Redis, JSON over HTTP.

Each request opens its own connections, as small web applications do, so every call shows on the network.
"""

import contextlib
import http.server
import json
import os
import socket

import psycopg2
import redis

RESTAURANTS = ("chipotle", "ihop", "outback", "bucadibeppo")


@contextlib.contextmanager
def database():
    # The address and the account come from the environment (PGHOST, PGUSER, ...).
    connection = psycopg2.connect("", connect_timeout=5)
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def votes():
    with database() as cursor:
        cursor.execute("SELECT name, count FROM restaurants ORDER BY name")
        return [{"name": name, "value": count} for name, count in cursor.fetchall()]


def vote(name):
    with database() as cursor:
        cursor.execute("UPDATE restaurants SET count = count + 1 WHERE name = %s RETURNING count", (name,))
        return {"name": name, "value": cursor.fetchone()[0]}


def page_views():
    with contextlib.closing(redis.Redis(os.environ["REDIS_HOST"], socket_timeout=5)) as store:
        return {"views": store.incr("pageviews")}


ROUTES = {
    "/api/getvotes": votes,
    "/api/pageviews": page_views,
    "/api/hostname": lambda: {"hostname": socket.gethostname()},
} | {"/api/" + name: lambda name=name: vote(name) for name in RESTAURANTS}


class Handler(http.server.BaseHTTPRequestHandler):
    server_version = "yelb-appserver/1.0"

    def do_GET(self):
        route = ROUTES.get(self.path.split("?")[0])
        if route is None:
            self.answer(404, {"error": "no such path"})
            return
        try:
            self.answer(200, route())
        except (psycopg2.Error, redis.RedisError) as problem:
            self.answer(503, {"error": str(problem).strip()})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet: one line a request would fill the log of a demonstration that runs for days."""


http.server.ThreadingHTTPServer(("", 4567), Handler).serve_forever()
