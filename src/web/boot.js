// Starts the page, or says in plain words what this browser lacks and what still works.
// A classic script on purpose: a module would not even load from `file://`.
(() => {
  "use strict";

  const self = document.currentScript.src;
  const lessons = { text: "The lessons and question sheets are plain text", link: "content/SUMMARY.md" };

  const stops = () => {
    if (location.protocol === "file:") {
      return "This page was opened as a file, and browsers do not load programs from files. Serve the folder with any web server, for example `python3 -m http.server`, and open the address it prints.";
    }
    if (typeof WebAssembly !== "object") {
      return "This browser has no WebAssembly, or it is turned off. The labs and the review need it.";
    }
    return null;
  };

  // A missing store is told by the page itself, which tries it.
  const lacks = () =>
    hasModuleWorkers() ? [] : ["This browser starts no workers that load modules, and the labs and the review need them. What you learned can still be saved as a file."];

  // The getter is asked only by a browser that knows module workers; the worker itself ends before it runs.
  const hasModuleWorkers = () => {
    let asked = false;
    const options = { get type() { asked = true; return "module"; } };
    if (typeof Worker === "function") new Worker(self, options).terminate();
    return asked;
  };

  const start = async () => {
    const stop = stops();
    if (stop) {
      explain(stop);
      return;
    }
    document.getElementById("starting").hidden = false;
    await show(/^#\/(labs|exam|statistics|decks|settings)\b/.test(location.hash) ? "labs" : "page");
    performance.mark("cipherdeck:page");
    if (shown) lacks().forEach((lack) => explain(lack, cipherdeck.notice("", cipherdeck.saveButton())));
  };

  // Two programs share the pages between them, and one at a time has the document. The page's own is named in the head,
  // where the browser begins to fetch it early.
  const programs = {
    page: () => [document.getElementById("page-module").href, document.getElementById("page-wasm").href],
    labs: () => ["labs.js", "labs_bg.wasm"].map((file) => new URL(file, document.baseURI).href),
  };
  const loaded = new Set();
  let shown = null;

  const show = async (name) => {
    try {
      await load(name);
    } catch (error) {
      explain(`The ${name === "labs" ? "labs, exams and statistics" : "page"} could not start: ${error.message}. Load the page again; if that does not help, a newer browser may.`);
      return;
    }
    // The program has begun, and draws in a task of its own, so that neither holds the page for long.
    await turn();
    // Somebody who has moved on meanwhile is left where they are.
    if (shown && !document.getElementById("starting")) return;
    const isFirst = !shown;
    shown = name;
    dispatchEvent(new CustomEvent("cipherdeck:show", { detail: name }));
    if (!isFirst) document.querySelector("h1")?.focus();
  };

  // A message, and not a timer, which a page in the background would wait a second for.
  const turn = () =>
    new Promise((go) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); go(); };
      port2.postMessage(null);
    });

  const load = async (name) => {
    if (loaded.has(name)) return;
    const [script, module] = programs[name]();
    const program = await import(script);
    await program.default({ module_or_path: module });
    loaded.add(name);
  };

  addEventListener("cipherdeck:elsewhere", () => show(shown === "labs" ? "page" : "labs"));

  const explain = (text, place = document.getElementById("starting") ?? cipherdeck.notice("")) => {
    const link = document.createElement("a");
    link.href = lessons.link;
    link.textContent = "read them as files";
    place.replaceChildren(text, document.createElement("br"), `${lessons.text}: `, link, ".");
    place.hidden = false;
  };

  start().then(() => dispatchEvent(new CustomEvent("cipherdeck:booted")));
})();
