// Writes the specification's conformance suite as conformance.json.gz: one array of cases.
// The cases come from the npm package @bufbuild/cel-spec 0.6.1 (Apache-2.0; suite of cel-spec v0.25.1):
//   npm install --no-save @bufbuild/cel-spec@0.6.1 && node export.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const entry = createRequire(join(process.cwd(), "export.mjs")).resolve("@bufbuild/cel-spec/testdata/tests.js");
// The module beside the entry holds the cases as they stand in the suite's own JSON form.
const { tests: suite } = await import(pathToFileURL(join(dirname(entry).replace("/cjs/", "/esm/"), "conformance.js")));

const cases = [];
for (const section of suite.suites)
    for (const group of section.suites ?? [])
        for (const test of group.tests ?? [])
            cases.push({ section: section.name, group: group.name, ...test.original, description: undefined });

writeFileSync("conformance.json.gz", gzipSync(JSON.stringify(cases), { level: 9 }));
console.log(`${cases.length} cases`);
