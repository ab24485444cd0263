// Keeps the site for offline use. `cargo xtask finish` writes above this line:
//   VERSION  the build's name
//   PROGRAM  every file of the program and the hash of its content
//
// The program is kept whole, by content, and served from the cache: a build is all new or all old. Lessons and sheets
// live outside the version: the network is asked first, so that an author's edit arrives at the next visit.

// Sites in other folders of the same host share the store, so names carry this one's path.
const SITE = `cipherdeck ${new URL(registration.scope).pathname}`;
const PROGRAM_CACHE = `${SITE} program ${VERSION}`;
const CONTENT_CACHE = `${SITE} content`;
const SHELL = new URL("./", location).href;
const CONTENT = new URL("content/", SHELL).href;
const PATIENCE_MS = 4000;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data === "skip-waiting") skipWaiting();
});
addEventListener("fetch", (event) => {
  const answer = respond(event.request);
  if (answer) event.respondWith(answer);
});

async function install() {
  const cache = await caches.open(PROGRAM_CACHE);
  await Promise.all(Object.entries(PROGRAM).map(([path, integrity]) => keepProgramFile(cache, path, integrity)));
  await prefetchContent();
}

// A host in the middle of an upload answers with another build's file: its hash differs, and the installation waits for the next visit.
async function keepProgramFile(cache, path, integrity) {
  const url = new URL(path, SHELL).href;
  const response = await fetch(url, { cache: "reload", integrity });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  await cache.put(url, await withoutRedirect(response));
}

async function activate() {
  const own = (await caches.keys()).filter((name) => name.startsWith(`${SITE} program `));
  await Promise.all(own.filter((name) => name !== PROGRAM_CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

function respond(request) {
  const url = new URL(request.url);
  if (url.origin !== location.origin) return Response.error();
  if (request.method !== "GET" || !url.href.startsWith(SHELL)) return undefined;
  if (url.href.startsWith(CONTENT)) return contentFirstFromNetwork(request);
  if (request.mode === "navigate") return programFile(SHELL, request);
  return programFile(url.href, request);
}

async function programFile(url, request) {
  const cache = await caches.open(PROGRAM_CACHE);
  return (await cache.match(url)) ?? fetch(request);
}

async function contentFirstFromNetwork(request) {
  const cache = await caches.open(CONTENT_CACHE);
  const kept = await cache.match(request.url, { ignoreSearch: true });
  try {
    return await freshContent(cache, request.url, kept ? AbortSignal.timeout(PATIENCE_MS) : undefined);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function freshContent(cache, url, signal) {
  const response = await withoutRedirect(await fetch(url, { cache: "no-cache", signal }));
  if (response.ok) await cache.put(url, response.clone());
  else if (response.status === 404 || response.status === 410) await cache.delete(url);
  else if (response.status >= 500 && (await cache.match(url))) throw new Error(`${url}: ${response.status}`);
  return response;
}

// The course map names every lesson and sheet. What cannot be had now is fetched when it is first read.
async function prefetchContent() {
  const cache = await caches.open(CONTENT_CACHE);
  const summary = new URL("SUMMARY.md", CONTENT).href;
  try {
    const map = await (await freshContent(cache, summary)).clone().text();
    const links = [...map.matchAll(/\]\(<?([^)\s>#]+)/g)].map(([, path]) => new URL(path, CONTENT).href);
    const files = new Set([...links, new URL("facts.toml", CONTENT).href, new URL("exams.toml", CONTENT).href]);
    await Promise.allSettled([...files].filter((url) => url.startsWith(CONTENT)).map((url) => freshContent(cache, url)));
  } catch {
    // The program works without the course; the page says what it could not fetch.
  }
}

async function withoutRedirect(response) {
  if (!response.redirected) return response;
  return new Response(await response.blob(), { status: response.status, headers: response.headers });
}
