// A plain static server: files below one path, types, 404, an ETag. It stands for any host that the site may be put on.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".md": "text/markdown; charset=utf-8",
  ".toml": "text/plain; charset=utf-8",
};

export class StaticServer {
  #folder;
  #path;
  #server = null;
  #port = 0;

  constructor(folder, path) {
    this.#folder = folder;
    this.#path = path;
  }

  get address() {
    return `http://127.0.0.1:${this.#port}${this.#path}`;
  }

  get folder() {
    return this.#folder;
  }

  // Listens on the port it had before, so that the address stays.
  async start() {
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject).listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = this.#server.address().port;
  }

  // Nothing answers any more, and open connections end.
  async stop() {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async #answer(request, response) {
    const file = await this.#file(new URL(request.url, "http://host").pathname);
    if (!file) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("not found\n");
      return;
    }
    const body = await readFile(file);
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, { ETag: etag }).end();
      return;
    }
    // Ten minutes is what GitHub Pages says.
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "max-age=600", ETag: etag });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  async #file(pathname) {
    if (!pathname.startsWith(this.#path)) return null;
    const file = normalize(join(this.#folder, decodeURIComponent(pathname.slice(this.#path.length))));
    if (file !== normalize(this.#folder) && !file.startsWith(normalize(this.#folder + sep))) return null;
    const found = await stat(file).catch(() => null);
    if (!found) return null;
    return found.isDirectory() ? join(file, "index.html") : file;
  }
}
