// The expression language in the browser; yimen/foundations/definitions/rules/expressions.py says what it means.
// Both give the same answers (tests/specs/expressions.json). Expressions reach a page only after the server has checked
// them, and whatever a page decides, the server decides again.
import { Environment } from "@marcbachmann/cel-js";

const LONGEST = 500;
const LONGEST_LIST = 200;
const NOT_NAMES = new Set(["true", "false", "null", "in"]);
const TOKENS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\.?[A-Za-z_]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[^]/g;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 1000, maxDepth: 120, maxListElements: LONGEST_LIST, maxCallArguments: 8 },
});
// The library tells whole numbers from others; here all numbers are alike, so a size is one of them too.
environment.registerFunction("sizeOf(dyn): double", (value) => {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  throw new TypeError("it has no size");
});

const compiled = new Map();

function compile(expression) {
  let found = compiled.get(expression);
  if (!found) {
    if (expression.length > LONGEST) throw new RangeError("条件式太长");
    const names = new Set();
    const written = expression.replace(TOKENS, (token) => {
      if (token === "size") return "sizeOf";
      if (/^[A-Za-z_]/.test(token) && !NOT_NAMES.has(token)) names.add(token);
      return /^\d+$/.test(token) ? `${token}.0` : token;
    });
    found = { run: environment.parse(written), names };
    compiled.set(expression, found);
  }
  return found;
}

function into(value) {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST) throw new RangeError("列表太长");
    return value.map(into);
  }
  if (typeof value === "object") {
    return new Map(Object.entries(value).map(([key, one]) => [key, into(one)]));
  }
  return value;
}

function outOf(value) {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(outOf);
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

// What the expression says about the facts; null when it has no answer. Throws when it cannot be read.
export function evaluate(expression, facts) {
  const { run, names } = compile(expression);
  try {
    const known = {};
    for (const name of names) known[name] = Object.prototype.hasOwnProperty.call(facts, name) ? into(facts[name]) : null;
    return outOf(run(known));
  } catch {
    return null;
  }
}

// Does the condition hold? Without an answer it does not.
export function holds(expression, facts) {
  return evaluate(expression, facts) === true;
}

// The names the expression asks for.
export function namesIn(expression) {
  return compile(expression).names;
}
