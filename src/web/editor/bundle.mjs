// Makes one file of the editor and CodeMirror: `node src/web/editor/bundle.mjs FOLDER` leaves `editor.js` in that folder.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [folder] = process.argv.slice(2);
const licence = await readFile(new URL("../../../node_modules/@codemirror/state/LICENSE", import.meta.url), "utf8");

await build({
  entryPoints: [fileURLToPath(new URL("json-editor.js", import.meta.url))],
  outfile: join(folder, "editor.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  loader: { ".css": "text" },
  banner: { js: `/*! CodeMirror, https://codemirror.net\n\n${licence}*/` },
  logLevel: "warning",
});
