import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAnchorFile } from "../../../src/adapters/anchors/anchor-file.ts";
import type { KeepsAnchors } from "../../../src/ports/anchors.ts";

const AT = new Date("2026-03-04T05:06:07Z");
const LATER = new Date("2026-03-04T06:06:07Z");
const ONE = { installation: 7, sequence: 3, hash: "a".repeat(64) };
const TWO = { installation: 8, sequence: 1, hash: "b".repeat(64) };
const THREE = { installation: 7, sequence: 9, hash: "c".repeat(64) };

let folder: string;
let anchors: KeepsAnchors;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdpoint-anchors-"));
  anchors = createAnchorFile(join(folder, "data"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the file of anchors", () => {
  test("that is not there has none, and nothing is wrong with it", async () => {
    expect(await anchors.read()).toEqual({ lines: 0, heads: [], newest: null, broken: null });
  });

  test("has a line for each time, and each tells the hash of the one before", async () => {
    const first = await anchors.append([ONE, TWO], AT);
    const second = await anchors.append([THREE], LATER);
    expect([first.line, second.line]).toEqual([1, 2]);
    const lines = (await readFile(anchors.path, "utf8")).split("\n");
    expect(lines).toEqual([
      `{"previous":"${"0".repeat(64)}","at":"2026-03-04T05:06:07.000Z","heads":[[7,3,"${ONE.hash}"],[8,1,"${TWO.hash}"]]}`,
      `{"previous":"${first.hash}","at":"2026-03-04T06:06:07.000Z","heads":[[7,9,"${THREE.hash}"]]}`,
      "",
    ]);
    expect(await anchors.read()).toEqual({
      lines: 2,
      heads: [ONE, TWO, THREE],
      newest: LATER,
      broken: null,
    });
  });

  const CHANGES: readonly [string, (lines: string[]) => string[], number][] = [
    ["a changed line", ([a = "", ...rest]) => [a.replace("[7,3,", "[7,2,"), ...rest], 2],
    ["a removed first line", (lines) => lines.slice(1), 1],
    ["a removed line", (lines) => lines.toSpliced(1, 1), 2],
    ["exchanged lines", ([a = "", b = "", ...rest]) => [b, a, ...rest], 1],
    ["a line that is none", ([a = "", ...rest]) => [a, "{}", ...rest], 2],
    ["a line that is no JSON", ([a = "", ...rest]) => [a, "nonsense", ...rest], 2],
  ];
  test.each(CHANGES)("%s is found, and nothing after it is believed", async (_, change, broken) => {
    for (const head of [ONE, TWO, THREE]) await anchors.append([head], AT);
    const lines = (await readFile(anchors.path, "utf8")).split("\n");
    await writeFile(anchors.path, change(lines).join("\n"));
    const read = await anchors.read();
    expect(read.broken).toBe(broken);
    expect(read.heads.length).toBe(broken - 1);
  });

  test("a line that the machine did not live to end is no line, and the next takes its place", async () => {
    await anchors.append([ONE], AT);
    await appendFile(anchors.path, '{"previous":"00');
    expect(await anchors.read()).toMatchObject({ lines: 1, broken: null });
    await anchors.append([THREE], LATER);
    expect(await anchors.read()).toMatchObject({ lines: 2, heads: [ONE, THREE], broken: null });
  });
});
