// The study engine in a worker of headless Chromium. Printed by `cargo xtask bench`.
import { heading, inWorker, show } from "./in_worker.mjs";

const figures = await inWorker(process.argv[2], `
  import init, { Memory, Sheets } from "./memory.js";
  await init();
  // The best of three, as in study.rs.
  const millis = (work) => Math.min(...[1, 2, 3].map(() => {
    const started = performance.now();
    work();
    return performance.now() - started;
  }));
  const replays = [1_000, 10_000, 100_000, 1_000_000].map((reviews) => {
    const memory = new Memory(reviews);
    const took = millis(() => memory.replay());
    memory.free();
    return [reviews, took];
  });
  const long = new Memory(100_000);
  const [next, counted] = [millis(() => long.next()), millis(() => long.count())];
  const told = new Memory(22_200);
  let answers;
  const fitted = millis(() => { answers = told.fit(); });
  const sheets = new Sheets(10_000);
  let questions;
  const read = millis(() => { questions = sheets.read(); });
  postMessage({ replays, next, counted, fitted, answers, read, questions });
`);
heading("study in the browser", "time");
for (const [reviews, took] of figures.replays) show(`${reviews} reviews replayed`, took, "ms", reviews === 100_000 ? "of 500 that it may take" : "");
show("next card from 10000 cards", figures.next, "ms", "of 5 that it may take");
show("statistics of 100000 reviews, drawn", figures.counted, "ms", "of 300 that it may take");
show(`parameters fitted to ${figures.answers} answers`, figures.fitted, "ms", "of 1000 that it may take");
show(`${figures.questions} questions read from markdown`, figures.read, "ms", "of 1000 that it may take");
