"""A server of pages that tests make up.

    with Shelf() as shelf:
        url = shelf.put("<h1>Hello</h1>")
"""

import http.server
import threading


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


class Shelf:
    """127.0.0.1; by the name localhost it is another host."""

    def __init__(self):
        self.pages = {}
        self.httpd = None

    def __enter__(self):
        pages = self.pages

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body, headers = pages.get(self.path, (None, {}))
                self.send_response(404 if body is None else 200)
                body = body or b""
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                                     Handler)
        threading.Thread(target=self.httpd.serve_forever,
                         daemon=True).start()
        return self

    def __exit__(self, *_):
        self.httpd.shutdown()
        self.httpd.server_close()

    @property
    def port(self):
        return self.httpd.server_address[1]

    def put(self, text, kind="text/html; charset=utf-8", **headers):
        """Its URL. headers: content_security_policy="..." and the like."""
        path = f"/page-{len(self.pages)}"
        self.pages[path] = (text.encode(), {"Content-Type": kind, **{
            name.replace("_", "-"): value
            for name, value in headers.items()}})
        return f"http://127.0.0.1:{self.port}{path}"

    def picture(self):
        """The URL of one, at another host."""
        return self.put(PICTURE, "image/svg+xml").replace("127.0.0.1",
                                                          "localhost")
