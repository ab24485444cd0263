// Rust counts a text's UTF-8 bytes, JavaScript its UTF-16 units.

// Where each byte offset into `text` lies in it, in UTF-16 units once its lines end in a line feed alone. An offset behind the
// end is the end, one inside a character is behind that character.
export function places(text, offsets) {
  const found = new Map();
  let at = 0;
  let unit = 0;
  let byte = 0;
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    while (byte < offset && at < text.length) {
      const code = text.codePointAt(at);
      const units = code > 0xffff ? 2 : 1;
      const isHalfLineEnd = code === 13 && text.charCodeAt(at + 1) === 10;
      at += units;
      unit += isHalfLineEnd ? 0 : units;
      byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    found.set(offset, unit);
  }
  return found;
}
