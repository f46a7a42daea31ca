// What was typed, in the shape in which the server keeps it (forms/engine/reading.py): money in whole fen, days as ISO
// text, numbers as numbers. Nothing typed, and what the server cannot read either, is null; what only the server can read
// is undefined.
// tests/specs/test_answers.py asks both sides.
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const UNSEEN = /[\p{Cf}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;
// Texts of other signs are normalised with more care than is worth repeating here.
const PLAIN = /^[ -~\u2014\u2018-\u201d\u2026\u3001-\u3003\u3007-\u3011\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e\s]*$/;
const DAY = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/;

const seen = (text) => text.replace(UNSEEN, "");
const narrow = (text) => seen(text).normalize("NFKC").replace(/\s+/g, " ").trim();
const bare = (text) => narrow(text).replace(/\s/g, "");
const line = (text) =>
  seen(text).replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\s+/g, " ").trim();

const READERS = {
  number(text, unit) {
    let typed = bare(text);
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed)) typed = typed.replaceAll(",", "");
    if (unit && typed.endsWith(unit)) typed = typed.slice(0, -unit.length);
    return /^[+-]?\d+(\.\d+)?$/.test(typed) ? Number(typed) : null;
  },
  money(text) {
    const found = /^(-?)¥? ?(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))? ?(?:元|圆)?$/.exec(narrow(text).replace("￥", "¥"));
    if (!found || (found[1] && found[2])) return null;
    const fen = Number(found[3].replaceAll(",", "")) * 100 + Number((found[4] ?? "").padEnd(2, "0"));
    return found[1] || found[2] ? -fen : fen;
  },
  date(text) {
    const found = DAY.exec(bare(text));
    if (!found) return null;
    const [year, month, day] = [found[1], found[2] ?? found[4], found[3] ?? found[5]].map(Number);
    const told = new Date(Date.UTC(year, month - 1, day));
    const there = told.getUTCFullYear() === year && told.getUTCMonth() === month - 1 && told.getUTCDate() === day;
    return there ? told.toISOString().slice(0, 10) : null;
  },
  phone(text) {
    const digits = bare(text).replace(/[-().]/g, "");
    return /^1[3-9]\d{9}$/.test(digits) ? digits : undefined;
  },
  id_number(text) {
    const typed = bare(text).toUpperCase();
    return /^\d{17}[\dX]$/.test(typed) ? typed : undefined;
  },
  pattern: () => undefined,
  text: (text) => (PLAIN.test(seen(text)) ? line(text) : undefined),
  person: (text) => (/^[\u4e00-\u9fff]+$/.test(text.replace(/\s/g, "")) ? text.replace(/\s/g, "") : undefined),
};

// The value of what was typed into a question of this kind.
export function read(kind, text, unit = "") {
  if (line(text) === "") return null;
  return (READERS[kind] ?? READERS.text)(text, unit);
}

// The value of one question on the page: its inputs are all in `field`.
export function answerOf(field) {
  const inputs = [...field.querySelectorAll("input, select, textarea")].filter((input) => input.name);
  const [first] = inputs;
  if (!first) return null;
  if (first.type === "radio") {
    const chosen = inputs.find((input) => input.checked);
    if (!chosen) return null;
    return chosen.dataset.kind === "yesno" ? chosen.value === "yes" : chosen.value;
  }
  if (first.type === "checkbox") {
    if (inputs.length === 1 && !first.closest("fieldset")) return first.checked;
    const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
    return chosen.length ? chosen : null;
  }
  // Of papers that came before the page knows nothing.
  if (first.type === "file") return first.files.length ? [...first.files].map((file) => file.name) : undefined;
  if (first.tagName === "SELECT") return first.value || null;
  const number = first.type === "number" || first.dataset.number !== undefined;
  return read(first.dataset.kind ?? (number ? "number" : "text"), first.value, first.dataset.unit);
}
