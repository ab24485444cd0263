// The editor's own arithmetic, which needs no browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChangeSet } from "@codemirror/state";
import { places } from "../../src/web/editor/bytes.js";
import { Revisions, difference } from "../../src/web/editor/revisions.js";

test("byte offsets become places in the text, behind umlauts, emoji and every line end", () => {
  const text = 'aä€\u{1f511}\r\n"';
  const end = Buffer.byteLength(text);
  const found = places(text, [0, 1, 3, 6, 10, end - 1, end, 999]);
  assert.deepEqual([...found.values()], [0, 1, 2, 3, 5, 6, 7, 7]);
});

test("a range of the page's text is found again behind what was typed since, and is gone with its text", () => {
  const revisions = new Revisions();
  revisions.begin("[ä, b]", 6);
  revisions.follow(ChangeSet.of({ from: 0, insert: "\n\n" }, 6));
  assert.deepEqual(revisions.ranges([{ from: 5, to: 6 }]), [{ from: 6, to: 7 }]);
  revisions.follow(ChangeSet.of({ from: 5, to: 8 }, 8));
  assert.deepEqual(revisions.ranges([{ from: 5, to: 6 }, { from: 0, to: 1 }]), [null, { from: 2, to: 3 }]);
});

test("what the learner wrote comes back from the page as no news, in whatever order it is answered", () => {
  const revisions = new Revisions();
  revisions.begin("", 0);
  for (const text of ["a", "ab", "abc"]) {
    revisions.follow(ChangeSet.of({ from: text.length - 1, insert: text.at(-1) }, text.length - 1));
    revisions.handOver(text, text.length);
  }
  assert.equal(revisions.isNews(""), false, "an answer to something else");
  assert.equal(revisions.isNews("ab"), false, "two answers at once");
  assert.deepEqual(revisions.ranges([{ from: 1, to: 2 }]), [{ from: 1, to: 2 }]);
  assert.equal(revisions.isNews("abc"), false);
  assert.equal(revisions.isNews("a"), true, "the page takes a step back");
});

test("the page's text replaces no more than what differs", () => {
  for (const [before, after] of [["", "abc"], ["abc", ""], ["abab", "ab"], ["abc", "abc"], ["abc", "xbc"], ["aaa", "aaaa"]]) {
    const change = difference(before, after);
    assert.equal(before.slice(0, change.from) + change.insert + before.slice(change.to), after);
    assert.ok(change.insert.length + change.to - change.from <= Math.max(before.length, after.length));
  }
  assert.deepEqual(difference('{"a": 1}', '{"a": 22}'), { from: 6, to: 7, insert: "22" });
});
