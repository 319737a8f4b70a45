/** Where the proxy listens, on the loopback interface. */
export const TUNNEL_PORT = 8888;

/**
 * An HTTP proxy to one host, so that Terraform and kubectl need no other name of the API server and no root permissions.
 * Amazon Linux 2023 has Python; without internet access a package could not be installed.
 */
const PROXY = `
import asyncio
import os
from urllib.parse import urlsplit

ENDPOINT = urlsplit(os.environ['ENDPOINT'])
TARGET = '%s:%d' % (ENDPOINT.hostname, ENDPOINT.port or 443)


async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


async def answer(writer, status):
    writer.write(b'HTTP/1.1 %s\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n' % status)
    await writer.drain()


async def serve(reader, writer):
    try:
        request = (await asyncio.wait_for(reader.readuntil(b'\\r\\n\\r\\n'), 30)).decode('latin-1').split()
        if request[0] != 'CONNECT' or request[1].lower() != TARGET:
            return await answer(writer, b'403 Forbidden')
        try:
            connection = asyncio.open_connection(ENDPOINT.hostname, ENDPOINT.port or 443, happy_eyeballs_delay=0.25)
            upstream, sink = await asyncio.wait_for(connection, 10)
        except (OSError, asyncio.TimeoutError):
            return await answer(writer, b'502 Bad Gateway')
        try:
            writer.write(b'HTTP/1.1 200 Connection established\\r\\n\\r\\n')
            await asyncio.gather(copy(reader, sink), copy(upstream, writer))
        finally:
            sink.close()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError, IndexError, OSError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', int(os.environ['PORT']))
    await server.serve_forever()


asyncio.run(main())
`.trim();

/** A user without a login that may write nowhere; systemd restarts the proxy, the Auto Scaling group the instance. */
const unit = (endpoint: string) =>
  `
[Unit]
Description=HTTP proxy to the Kubernetes API, and to nothing else

[Service]
Environment=ENDPOINT=${endpoint} PORT=${TUNNEL_PORT}
ExecStart=/usr/bin/python3 /usr/local/lib/tunnel-proxy.py
DynamicUser=yes
ProtectHome=yes
Restart=always

[Install]
WantedBy=multi-user.target
`.trim();

/** User data of an instance that runs the proxy. */
export function tunnelUserData(endpoint: string): string {
  return `#!/bin/bash
set -euo pipefail
cat > /usr/local/lib/tunnel-proxy.py <<'PYTHON'
${PROXY}
PYTHON
cat > /etc/systemd/system/tunnel-proxy.service <<'UNIT'
${unit(endpoint)}
UNIT
systemctl daemon-reload
systemctl enable --now tunnel-proxy
`;
}
