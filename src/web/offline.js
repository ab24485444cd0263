// Keeps the site for offline use, and offers a new build without ever forcing it.
//
// The page hears on `window`:   `cipherdeck:offline-ready`  everything is kept, the network may go
//                               `cipherdeck:update-ready`   a new build waits
// and answers the second with:  `cipherdeck:update-now`     when the learner says yes.
// `data-offline` on the root element keeps the last word for a page that comes later: `ready`, `update` or `unavailable`.
(() => {
  "use strict";

  const say = (state, event) => {
    document.documentElement.dataset.offline = state;
    if (event) dispatchEvent(new CustomEvent(event));
  };

  const offer = () => say("update", "cipherdeck:update-ready");

  const follow = (worker, first) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && !first) offer();
      if (worker.state === "activated" && first) say("ready", "cipherdeck:offline-ready");
    });
  };

  const keep = async () => {
    // A browser offers service workers on https and on this machine's own addresses only.
    if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) {
      say("unavailable");
      return;
    }
    const workers = navigator.serviceWorker;
    const first = !workers.controller;
    let controlled = !first;
    let asked = false;

    const registration = await workers.register("sw.js", { updateViaCache: "none" });
    // A first installation passes through every state, and may have passed some by now: it is no update.
    const { installing, waiting, active } = registration;
    const kept = active?.state === "activated";
    if (kept) waiting ? offer() : say("ready");
    const coming = installing ?? (kept ? null : (waiting ?? active));
    if (coming) follow(coming, !kept);
    registration.addEventListener("updatefound", () => follow(registration.installing, !registration.active));

    addEventListener("cipherdeck:update-now", () => {
      asked = true;
      if (registration.waiting) registration.waiting.postMessage("skip-waiting");
      else location.reload();
    });
    // Only the tab whose learner said yes loads again. Another may hold an unsaved answer: it gets the offer.
    workers.addEventListener("controllerchange", () => {
      if (asked) location.reload();
      else if (controlled) offer();
      controlled = true;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") registration.update().catch(() => {});
    });
  };

  // After the page, so that it has its listeners and the network to itself.
  addEventListener("cipherdeck:booted", () => keep().catch(() => say("unavailable")), { once: true });
})();
