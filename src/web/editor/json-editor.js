// <json-editor>: CodeMirror in a shadow root, in place of the plain text field that stands inside the element.
//
//   <json-editor label="Identity policy"><textarea>{}</textarea></json-editor>
//
// Until this script is here, and where it never comes, the text field does the work. What was typed in it is kept.
//
//   label, description   attributes: its name, and what else a screen reader says of it
//   readonly             attribute
//   value                the text; the page may set it at any time, and hears only of what the learner changes
//   diagnostics          what is wrong with the text that the page set last: see findings.js
//   actions, names       what is offered inside strings: as values of `Action` and its like, as names of members
//   reveal(from, to)     selects, marks and focuses a range, in bytes of the text that the page set last
//   "change"             the learner changed the text, and paused, left, or pressed Ctrl and Enter; `detail` is the text
import { Annotation } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { showFindings, summary } from "./findings.js";
import { showMarked } from "./mark.js";
import { Revisions, difference, inPlainLines } from "./revisions.js";
import { startState, withReadOnly } from "./setup.js";
import styles from "./json-editor.css";

const PATIENCE_MS = 300;
const byPage = Annotation.define();
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

class JsonEditor extends HTMLElement {
  static observedAttributes = ["label", "description", "readonly"];

  // A page may have set it before this script was here.
  actions = this.actions ?? [];
  names = this.names ?? [];

  #root = this.attachShadow({ mode: "open" });
  #state = startState({
    attributes: (view) => this.#attributes(view),
    offers: (isName) => (isName ? this.names : this.actions),
    handOver: () => this.#handOver(),
    follow: (update) => this.#follow(update),
  });
  #view = null;
  #revisions = new Revisions();
  #said = "[]";
  #saidOf = this.#revisions.page;
  #isSet = false;
  #isTakenOver = false;
  #isChanged = false;
  #timer = 0;

  get value() {
    return this.#now.doc.toString();
  }

  set value(text) {
    this.#isSet = true;
    if (!this.#revisions.isNews(text)) return;
    this.#dispatch({ changes: difference(this.value, inPlainLines(text)), annotations: byPage.of(true) });
    this.#revisions.begin(text, this.#now.doc.length);
    this.#rest();
  }

  set diagnostics(found) {
    // The same again of the same text would only close a tooltip that is being read.
    const [said, of] = [JSON.stringify(found), this.#revisions.page];
    if (said === this.#said && of === this.#saidOf) return;
    [this.#said, this.#saidOf] = [said, of];
    this.#dispatch(showFindings(this.#now, found, this.#revisions));
  }

  reveal(from, to) {
    this.focus();
    const [range] = this.#revisions.ranges([{ from, to }]);
    if (range && this.#view) showMarked(this.#view, range);
  }

  focus() {
    this.#view?.focus();
  }

  connectedCallback() {
    if (this.#view) return;
    this.#root.adoptedStyleSheets = [sheet];
    this.#view = new EditorView({ state: this.#state, root: this.#root, parent: this.#root });
    this.attributeChangedCallback();
    if (!this.#isTakenOver) this.#takeOver();
  }

  // An element that only moves is back before the microtask runs.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected || !this.#view) return;
      this.#rest();
      this.#state = this.#view.state;
      this.#view.destroy();
      this.#view = null;
    });
  }

  attributeChangedCallback() {
    this.#view?.dispatch(withReadOnly(this.hasAttribute("readonly")));
  }

  get #now() {
    return this.#view?.state ?? this.#state;
  }

  #dispatch(change) {
    if (this.#view) this.#view.dispatch(change);
    else this.#state = this.#state.update(change).state;
  }

  // What the page said and the learner typed before this script was here.
  #takeOver() {
    this.#isTakenOver = true;
    const field = this.querySelector("textarea");
    const isFocused = field && field === field.getRootNode().activeElement;
    const value = this.#early("value") ?? (this.#isSet ? undefined : (field?.value ?? ""));
    if (value !== undefined) this.value = value;
    const diagnostics = this.#early("diagnostics");
    if (diagnostics) this.diagnostics = diagnostics;
    if (!field) return;

    if (field.value !== this.value) this.#view.dispatch({ changes: difference(this.value, field.value), userEvent: "input" });
    for (const label of field.labels) label.addEventListener("click", () => this.focus());
    if (isFocused) {
      this.#view.dispatch({ selection: { anchor: field.selectionStart, head: field.selectionEnd } });
      this.focus();
    }
  }

  // A property that was set on the element while it was no more than an unknown one.
  #early(name) {
    if (!Object.hasOwn(this, name)) return undefined;
    const value = this[name];
    delete this[name];
    return value;
  }

  #attributes(view) {
    const { text, isInvalid } = summary(view.state);
    return {
      "aria-label": this.getAttribute("label") ?? "JSON",
      "aria-description": [this.getAttribute("description"), text].filter(Boolean).join(" "),
      "aria-invalid": String(isInvalid),
    };
  }

  #follow(update) {
    if (!update.docChanged) return;
    this.#revisions.follow(update.changes);
    if (update.transactions.every((transaction) => !transaction.annotation(byPage))) {
      this.#isChanged = true;
      this.#wait();
    }
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#view.composing ? this.#wait() : this.#handOver()), PATIENCE_MS);
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#isChanged = false;
  }

  #handOver() {
    if (this.#isChanged) {
      this.#rest();
      const text = this.value;
      this.#revisions.handOver(text, this.#now.doc.length);
      this.dispatchEvent(new CustomEvent("change", { detail: text, bubbles: true, composed: true }));
    }
    return true;
  }
}

customElements.define("json-editor", JsonEditor);
