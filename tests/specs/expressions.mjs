// Reads cases from standard input and writes the browser's answers, in order.
import { readFileSync } from "node:fs";
import { evaluate } from "../../frontend/expressions.js";

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map((one) => evaluate(one.expression, one.facts))));
