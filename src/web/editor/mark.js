// The short mark on a place that the page led to.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const SHOWN_MS = 1600;
const setMark = StateEffect.define();

export const mark = StateField.define({
  create: () => Decoration.none,
  update(marked, transaction) {
    const effect = transaction.effects.find((effect) => effect.is(setMark));
    return effect ? effect.value : marked.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Selects `range`, scrolls to it and marks it for a moment.
export function showMarked(view, { from, to }) {
  const marked = to > from ? Decoration.set(Decoration.mark({ class: "marked" }).range(from, to)) : Decoration.none;
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: [setMark.of(marked), EditorView.scrollIntoView(from, { y: "center" })],
  });
  setTimeout(() => {
    if (view.state.field(mark) === marked) view.dispatch({ effects: setMark.of(Decoration.none) });
  }, SHOWN_MS);
}
