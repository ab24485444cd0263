// What CodeMirror is put together from.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { findings } from "./findings.js";
import { mark } from "./mark.js";
import { typing } from "./typing.js";
import { completion } from "./words.js";

const reading = new Compartment();

// An empty text. Tab stays the browser's: it leaves the editor.
export const startState = ({ attributes, offers, handOver, follow }) =>
  EditorState.create({
    extensions: [
      keymap.of([{ key: "Mod-Enter", run: handOver }]),
      findings,
      lineNumbers(),
      history(),
      json(),
      syntaxHighlighting(classHighlighter),
      bracketMatching(),
      closeBrackets(),
      completion(offers),
      search({ top: true }),
      mark,
      typing,
      keymap.of([...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of(attributes),
      EditorView.updateListener.of(follow),
      EditorView.domEventHandlers({ blur: () => void handOver() }),
      reading.of(EditorState.readOnly.of(false)),
    ],
  });

export const withReadOnly = (isReadOnly) => ({ effects: reading.reconfigure(EditorState.readOnly.of(isReadOnly)) });
