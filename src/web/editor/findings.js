// What is wrong with the text: squiggles, marks beside the line numbers, a tooltip with the help, a list of all.
//
// A diagnostic is { from, to, severity, message, help, code }: bytes of the text that the page set last; "error",
// "security-warning", "warning" or "suggestion"; sentences with code between backticks; the last two may be missing.
import { forEachDiagnostic, lintGutter, linter, nextDiagnostic, openLintPanel, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorView, closeHoverTooltips, hasHoverTooltips, keymap } from "@codemirror/view";

// CodeMirror has four levels, too, under other names, the worst first. The style sheet knows them by CodeMirror's.
const LEVELS = { error: "error", "security-warning": "warning", warning: "info", suggestion: "hint" };
const NAMES = { error: "error", warning: "security warning", info: "warning", hint: "suggestion" };

export const findings = [
  linter(null),
  lintGutter(),
  keymap.of([
    { key: "F8", run: goTo(nextDiagnostic), shift: goTo(previousDiagnostic) },
    { key: "Mod-Shift-m", run: openLintPanel, preventDefault: true },
    { key: "Escape", run: closeTooltips },
  ]),
];

// The change of state that shows `found` in place of what was shown.
export function showFindings(state, found, revisions) {
  const ranges = revisions.ranges(found);
  const diagnostics = found.flatMap((finding, index) => (ranges[index] ? [diagnostic(state.doc, finding, ranges[index])] : []));
  return setDiagnostics(state, diagnostics);
}

// How many there are, in words, and whether one is an error.
export function summary(state) {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  forEachDiagnostic(state, ({ severity }) => (counts[severity] += 1));
  const parts = Object.keys(counts).filter((level) => counts[level]);
  const words = parts.map((level) => `${counts[level]} ${NAMES[level]}${counts[level] > 1 ? "s" : ""}`);
  return { text: words.length ? `${words.join(", ")}. F8 goes to the next.` : "", isInvalid: counts.error > 0 };
}

function diagnostic(doc, { severity, message, help, code }, range) {
  const level = LEVELS[severity] ?? "info";
  return { ...visible(doc, range), severity: level, message, help, renderMessage: () => explanation(NAMES[level], message, help, code) };
}

// A place of no length takes in the character behind it, or the one before it at the end of a line.
function visible(doc, { from, to }) {
  if (to > from) return { from, to };
  const line = doc.lineAt(from);
  return from < line.to ? { from, to: from + 1 } : { from: Math.max(line.from, from - 1), to };
}

function explanation(severity, message, help, code) {
  const parts = document.createDocumentFragment();
  parts.append(element("b", severity), ": ", ...sentence(message));
  if (help) parts.append(element("span", ...sentence(help)));
  if (code) parts.append(element("samp", code));
  return parts;
}

const sentence = (text) => text.split("`").map((part, place) => (place % 2 ? element("code", part) : part));

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

// Moves there, opens the tooltip, and says it.
function goTo(move) {
  return (view) => {
    move(view);
    const { from, to } = view.state.selection.main;
    const said = [];
    forEachDiagnostic(view.state, ({ severity, message, help }, start, end) => {
      if (start === from && end === to) said.push(`${NAMES[severity]}: ${message}. ${help ?? ""}`);
    });
    if (said.length) view.dispatch({ effects: EditorView.announce.of(said.join(" ")) });
    return true;
  };
}

function closeTooltips(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}
