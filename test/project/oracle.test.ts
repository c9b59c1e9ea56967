import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Import, readImports } from "./imports.ts";

const imports = readImports(fileURLToPath(new URL("../simulate", import.meta.url)));
/** What both sides of the comparison speak in: types alone. */
const WORDS = ["fact.ts", "judgement.ts", "seen.ts"];

function isOracle(path: string): boolean {
  return path.startsWith("oracle/");
}

/** What the judge of a simulated year stands on, beyond itself. */
function standsOn(all: readonly Import[]): readonly Import[] {
  return all
    .filter(({ from }) => (isOracle(from) && !from.endsWith(".test.ts")) || WORDS.includes(from))
    .filter(({ to }) => !isOracle(to))
    .filter(({ to, typesOnly }) => !typesOnly || !WORDS.includes(to));
}

describe("the oracle of simulated years", () => {
  test("imports nothing of the product, and nothing of the simulated world but the words for its facts", () => {
    expect(standsOn(imports)).toEqual([]);
    expect(imports.filter(({ from }) => isOracle(from)).length).toBeGreaterThan(50);
  });

  test.each([
    ["a rule", { to: "../../src/domain/gate.ts", internal: true, typesOnly: false }],
    ["a type of the product", { to: "../../src/domain/gate.ts", internal: true, typesOnly: true }],
    ["the world that it judges", { to: "town.ts", internal: true, typesOnly: true }],
    ["a package", { to: "zod", internal: false, typesOnly: false }],
  ])("would be found to import %s", (_what, found) => {
    expect(standsOn([{ from: "oracle/gate.ts", ...found }])).toHaveLength(1);
    expect(standsOn([{ from: "fact.ts", ...found }])).toHaveLength(1);
  });
});
