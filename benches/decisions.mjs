// Policy decisions in a worker of headless Chromium. Printed by `cargo xtask bench`.
import { heading, inWorker, show } from "./in_worker.mjs";

const figures = await inWorker(process.argv[2], `
  import init, { Decisions } from "./decisions.js";
  await init();
  const cases = new Decisions();
  // The best of three half seconds, as in engines.rs.
  const rate = (work, many) => Math.max(...[1, 2, 3].map(() => {
    const started = performance.now();
    let done = 0;
    while (performance.now() - started < 500) { work(many); done += many; }
    return done / (performance.now() - started) * 1000;
  }));
  postMessage({
    decided: rate((many) => cases.decide(many), 100),
    traced: rate((many) => cases.trace(many), 10),
    hostile: 1e6 / rate((many) => cases.resist(many), 1) / cases.hostile,
  });
`);
heading("policy engine in the browser", "rate");
show("policy decisions, 10 × 3 statements", figures.decided, "1/s", "of 40,000 at least");
show("policy decisions with their trace", figures.traced, "1/s", `${(figures.traced / figures.decided).toFixed(2)} × without trace`);
show("hostile pattern, mean of all places", figures.hostile, "µs", "of 1,000 that it may take");
