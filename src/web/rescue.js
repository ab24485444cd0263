// What is left when the page's program has died: a plain notice, and the review log as a file, read straight from the store.
// After a panic the module's memory is not to be trusted, so nothing here calls into it.
(() => {
  "use strict";

  let fallen = false;

  const notice = (text, ...buttons) => {
    const line = document.createElement("p");
    line.className = "notice bad";
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words, ...buttons);
    board().append(line);
    return words;
  };

  // The page writes the whole body when it starts, so the place for notices is made when there is one to give.
  const board = () => {
    const standing = document.getElementById("rescue");
    if (standing) return standing;
    const made = document.createElement("section");
    made.id = "rescue";
    made.className = "notices";
    made.setAttribute("role", "alert");
    made.setAttribute("aria-label", "What this browser said");
    document.body.append(made);
    return made;
  };

  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };

  const fall = (message) => {
    if (fallen) return;
    fallen = true;
    notice(
      `Cipherdeck has stopped: this is a bug in it. Every answer that was saved is still there.${message ? ` (${message})` : ""}`,
      button("Load again", () => location.reload()),
      saveButton(),
    );
  };

  const saveButton = () =>
    button("Save the review log as a file", () => saveLog().catch((error) => notice(`The review log could not be read: ${error.message}`)));

  const saveLog = async () => {
    const file = new Blob([await exportFile(await readLog())], { type: "application/jsonl" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `cipherdeck-${new Date().toISOString().slice(0, 10)}.jsonl`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  // As src/bin/keeper/log_store.rs keeps it: one text a record in `entries`, one a thing in `kept`, and the site's folder in
  // the name. A database that was last opened by version 1 has no `kept`.
  const readLog = async () => {
    const folder = location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1);
    const opening = indexedDB.open(`cipherdeck:${folder}log`);
    // Where nothing was ever saved, nothing is made.
    opening.onupgradeneeded = () => opening.transaction.abort();
    const database = await settled(opening);
    const stores = [["entry", "entries"], ["kept", "kept"]].filter(([, name]) => database.objectStoreNames.contains(name));
    const all = stores.map(async ([kind, name]) => {
      const store = database.transaction(name).objectStore(name);
      const [keys, texts] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      return keys.map((key, index) => ({ kind, key, text: texts[index] }));
    });
    const records = (await Promise.all(all)).flat();
    database.close();
    return records;
  };

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  // As src/store/export.rs writes it, so that any Cipherdeck can import it. A text that is no JSON is kept aside as it is.
  const exportFile = async (records) => {
    const lines = records.map(({ kind, key, text }) => {
      try {
        JSON.parse(text);
        return `{"${kind}":${text}}\n`;
      } catch (error) {
        return `${JSON.stringify({ aside: { key: String(key), text: String(text), why: error.message } })}\n`;
      }
    });
    const body = lines.join("");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${JSON.stringify({ format: "cipherdeck review log", version: 2, lines: lines.length, sha256 })}\n${body}`;
  };

  // `unreachable` is how a panic leaves a wasm module.
  const died = (error) => error instanceof WebAssembly.RuntimeError;
  addEventListener("error", (event) => { if (died(event.error)) fall(event.message); });
  addEventListener("unhandledrejection", (event) => { if (died(event.reason)) fall(event.reason.message); });
  addEventListener("cipherdeck:panic", (event) => fall(event.detail));

  window.cipherdeck = { notice, saveButton };
})();
