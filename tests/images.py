"""Images for tests: files that say something of themselves, and a server that has some."""

from __future__ import annotations

import io
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image


def jpeg(size: tuple[int, int] = (40, 30), iptc: Mapping[int, str] | None = None) -> bytes:
    """Return a JPEG file, with these data sets of IPTC's application record in it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, "JPEG")
    data = buffer.getvalue()
    if not iptc:
        return data
    sets = b"".join(
        bytes([0x1C, 2, number]) + struct.pack(">H", len(text.encode())) + text.encode()
        for number, text in iptc.items()
    )
    padding = b"\0" * (len(sets) % 2)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + sets + padding
    segment = b"Photoshop 3.0\0" + resource
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


@contextmanager
def image_server(statuses: Mapping[str, int] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Serve one image at all paths, on the loopback interface.

    Args:
        statuses: The status at paths where it is not 200.

    Yields:
        The address of the server, and the requests that it gets (method and path).
    """
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(f"{self.command} {self.path}")
            status = (statuses or {}).get(self.path.partition("?")[0], 200)
            if status == 301:
                self.send_response(301)
                self.send_header("Location", "/moved.jpg")
                self.end_headers()
                return
            self.send_response(status)
            self.send_header("Content-Type", "image/jpeg")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(jpeg())

        do_HEAD = do_GET  # noqa: N815 (the name that the server calls)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        server.server_close()
