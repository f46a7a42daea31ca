// Bundles what the pages load into one folder that the web server serves as it is.
// Run by `make run`, `make test` and `make assets`; `--watch` builds again on every change.
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, "yimen", "foundations", "ui", "static", "dist");

// Each file of this list that exists becomes one file of the same name in dist/.
const entries = ["app.js", "app.css", "map.js", "map.css", "sw.js"].map((name) => join(here, name)).filter(existsSync);

const options = {
  entryPoints: entries,
  outdir: out,
  outbase: here,
  bundle: true,
  minify: true,
  // Old phones of the street's older residents; anything below safari15 fails on Tabler's destructuring.
  target: ["es2020", "chrome80", "safari15"],
  charset: "utf8",
  // No source maps: the static file storage would look for the sources they name.
  sourcemap: false,
  legalComments: "none",
  loader: { ".svg": "file", ".woff2": "file", ".woff": "file", ".png": "file" },
  assetNames: "[name]-[hash]",
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, logLevel: "info" });
  await context.watch();
} else {
  // A build that fails leaves the last good one in place.
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await esbuild.build({ ...options, outdir: fresh });
  const verbatim = join(here, "static");
  if (existsSync(verbatim)) await cp(verbatim, fresh, { recursive: true });
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
}
