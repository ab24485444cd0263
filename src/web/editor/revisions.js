// Which text the page speaks of. The page hears of the learner's typing late and answers later still; what it then says
// of its text is carried over to the text as it stands now.
import { ChangeSet } from "@codemirror/state";
import { places } from "./bytes.js";

// A page that never answers must not fill the memory.
const MOST_PENDING = 16;

export class Revisions {
  #page = new Revision("", 0);
  // Handed over and not yet come back, the oldest first.
  #pending = [];

  // The one that the page speaks of.
  get page() {
    return this.#page;
  }

  // The page has set `text`, and it stands in the editor.
  begin(text, length) {
    this.#page = new Revision(text, length);
    this.#pending = [];
  }

  handOver(text, length) {
    this.#pending = [...this.#pending, new Revision(text, length)].slice(-MOST_PENDING);
  }

  // Whether the page says something new by setting `text`. What it was handed before comes back as an echo: the page
  // speaks of that text from now on, and the learner may be further.
  isNews(text) {
    if (text === this.#page.text) return false;
    const echo = this.#pending.findLastIndex((revision) => revision.text === text);
    if (echo < 0) return true;
    this.#page = this.#pending[echo];
    this.#pending = this.#pending.slice(echo + 1);
    return false;
  }

  follow(changes) {
    for (const revision of [this.#page, ...this.#pending]) revision.follow(changes);
  }

  // Ranges in bytes of the page's text as ranges of the text now; null for one whose text is gone.
  ranges(spans) {
    return this.#page.ranges(spans);
  }
}

class Revision {
  #since;

  constructor(text, length) {
    this.text = text;
    this.#since = ChangeSet.empty(length).desc;
  }

  follow(changes) {
    this.#since = this.#since.composeDesc(changes.desc);
  }

  ranges(spans) {
    const place = places(this.text, spans.flatMap(({ from, to }) => [from, to]));
    return spans.map(({ from, to }) => {
      const [start, end] = [place.get(from), Math.max(place.get(from), place.get(to))];
      const [now, nowEnd] = [this.#since.mapPos(start, 1), this.#since.mapPos(end, -1)];
      const isGone = end > start && nowEnd <= now;
      return isGone ? null : { from: now, to: Math.max(now, nowEnd) };
    });
  }
}

// The smallest single replacement that makes `after` of `before`, so that cursor and history stay where they can.
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

// CodeMirror's lines end in a line feed, whatever ended them before.
export const inPlainLines = (text) => text.replace(/\r\n?/g, "\n");
