// What is offered while one types inside a string: { label, detail, type }. Actions belong into values, condition keys
// and operators before a colon; a word of any other type is offered in both.
import { autocompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";

const ONLY_NAMES = new Set(["key", "operator"]);
const ONLY_VALUES = new Set(["action"]);
const WORD = /^[\w:.*-]*$/;

export const completion = (words) => autocompletion({ override: [(context) => offer(context, words())], icons: false });

function offer({ state, pos, explicit }, words) {
  const line = state.doc.lineAt(pos);
  const start = startOfString(line.text.slice(0, pos - line.from));
  if (start < 0 || !words.length) return null;
  const from = line.from + start;
  if (!explicit && from === pos) return null;
  const unfit = isName(state, from) ? ONLY_VALUES : ONLY_NAMES;
  return { from, options: words.filter(({ type }) => !unfit.has(type)), validFor: WORD };
}

// Where the string that is open at the end of `before` begins, behind its quote; -1 where none is open. A string of JSON
// never leaves its line.
function startOfString(before) {
  let start = -1;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === "\\") at += 1;
    else if (before[at] === '"') start = start < 0 ? at + 1 : -1;
  }
  return start;
}

function isName(state, pos) {
  for (let node = syntaxTree(state).resolveInner(pos, -1); node; node = node.parent) {
    if (node.name === "PropertyName" || node.name === "Object") return true;
    if (node.name === "Property" || node.name === "Array") return false;
  }
  return true;
}
