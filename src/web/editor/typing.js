// Typing over a selection. A browser that deletes coloured text by itself gives what is typed next the old colour, as an
// inline style, which the Content Security Policy refuses with an error in the console. So it is deleted here.
import { EditorView } from "@codemirror/view";

export const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to } = view.state.selection.main;
    if (from === to || event.inputType !== "insertText" || !event.data || view.composing) return false;
    const typed = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, event.data, typed));
    if (!isTaken) view.dispatch(typed());
    return true;
  },
});
