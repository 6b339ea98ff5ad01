// What the text editor (static/js/naskah.js) needs of ProseMirror. script/vendor bundles this file into
// static/vendor/prosemirror-<version>/prosemirror.js; it is never loaded by a page.
export {baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn} from "prosemirror-commands";
export {history, redo, undo} from "prosemirror-history";
export {inputRules, wrappingInputRule} from "prosemirror-inputrules";
export {keymap} from "prosemirror-keymap";
export {DOMParser, DOMSerializer, Schema} from "prosemirror-model";
export {liftListItem, sinkListItem, splitListItem, wrapInList} from "prosemirror-schema-list";
export {EditorState, NodeSelection, Plugin, Selection, TextSelection} from "prosemirror-state";
export {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  mergeCells,
  splitCell,
  tableEditing,
  tableNodes,
} from "prosemirror-tables";
export {EditorView} from "prosemirror-view";
