// Reads what was typed from standard input and writes how the browser reads it; what it cannot tell is "?".
import { readFileSync } from "node:fs";
import { read } from "../../frontend/answers.js";

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(answer)));

function answer(one) {
  const value = read(one.kind, one.typed, one.unit);
  return value === undefined ? "?" : value;
}
