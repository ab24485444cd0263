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
    const starting = document.getElementById("starting");
    starting.hidden = false;
    try {
      const page = await import(document.getElementById("page-module").href);
      await page.default({ module_or_path: document.getElementById("page-wasm").href });
      performance.mark("cipherdeck:page");
      lacks().forEach((lack) => explain(lack, cipherdeck.notice("", cipherdeck.saveButton())));
    } catch (error) {
      explain(`The lab could not start: ${error.message}. Load the page again; if that does not help, a newer browser may.`);
    }
  };

  const explain = (text, place = document.getElementById("starting") ?? cipherdeck.notice("")) => {
    const link = document.createElement("a");
    link.href = lessons.link;
    link.textContent = "read them as files";
    place.replaceChildren(text, document.createElement("br"), `${lessons.text}: `, link, ".");
    place.hidden = false;
  };

  start().then(() => dispatchEvent(new CustomEvent("cipherdeck:booted")));
})();
