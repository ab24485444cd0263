// What is offered while one types inside a string: names of members, and values of `Action` and its like.
import { autocompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";

const WORD = /^[\w:.*\/{}$-]*$/;
const OF_ACTIONS = /action"$/i;

// Enter means nothing else inside a string of JSON, so that it need not wait.
export const completion = (offers) =>
  autocompletion({ override: [(context) => offer(context, offers)], icons: false, interactionDelay: 0 });

function offer({ state, pos, explicit }, offers) {
  const line = state.doc.lineAt(pos);
  const start = startOfString(line.text.slice(0, pos - line.from));
  const from = line.from + start;
  if (start < 0 || (from === pos && !explicit)) return null;
  const { isName, isOfActions } = standing(state, from);
  if (!isName && !isOfActions) return null;
  return { from, options: offers(isName).map((label) => ({ label })), validFor: WORD };
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

// Whether a string at `pos` is a name, or a value of a member that holds actions.
function standing(state, pos) {
  const around = [];
  for (let node = syntaxTree(state).resolveInner(pos, -1); node; node = node.parent) around.push(node);
  const nearest = around.find(({ name }) => ["PropertyName", "Object", "Property", "Array"].includes(name));
  const isName = !nearest || nearest.name === "PropertyName" || nearest.name === "Object";
  const property = around.find(({ name }) => name === "Property")?.getChild("PropertyName");
  return { isName, isOfActions: !isName && property && OF_ACTIONS.test(state.sliceDoc(property.from, property.to)) };
}
