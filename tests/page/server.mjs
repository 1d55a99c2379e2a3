// A static host in forty lines: the page under a path of its own, and a log of what was asked for.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  // As the plainest of hosts: `application/wasm` is not known to all of them.
  ".wasm": "application/octet-stream",
};

/** Serves `folder` under `/some/where/`; `asked` lists every request that came in. */
export async function serve(folder) {
  const base = "/some/where/";
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const answer = await file(folder, base, path);
    asked.push({ method: request.method, path, status: answer ? 200 : 404 });
    response.writeHead(answer ? 200 : 404, { "content-type": TYPES[extname(answer?.name ?? "")] ?? "text/plain" });
    response.end(answer?.bytes ?? "not here");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}${base}`;
  return { address, asked, close: () => server.close() };
}

async function file(folder, base, path) {
  if (!path.startsWith(base)) return undefined;
  const name = normalize(path.slice(base.length) || "index.html");
  if (name.startsWith("..")) return undefined;
  return readFile(join(folder, name)).then((bytes) => ({ name, bytes }), () => undefined);
}
