import { expect, test } from "vitest";
import type { RunRecord } from "../run-phases.ts";
import { HEAD } from "./head.ts";
import { renderChaosReport } from "./render-chaos.ts";
import { readRows } from "./table.ts";

const machine = { cores: 2, processor: "a processor", memory: "8 GB", versions: "Node v24", load: 0.5 };

function record(seed: number, wrong: readonly string[]): RunRecord {
  return {
    seed,
    replicas: [2],
    postgres: "18",
    minutes: 1,
    faults: ["kill"],
    skipped: [],
    measures: [],
    counts: new Map(),
    wrong,
  };
}

function row(seed: number, kills: number, takeover: string, wrong: number): readonly string[] {
  return HEAD.map((name) => {
    if (name === "seed") return String(seed);
    if (name === "kills") return String(kills);
    if (name.startsWith("takeover")) return takeover;
    return name === "wrong" ? String(wrong) : name === "when (UTC)" ? `day ${String(seed)}` : "1";
  });
}

test("runs add up: each keeps its row and what was wrong in it, the total is made anew, notes stay", () => {
  const first = renderChaosReport({
    before: "",
    row: row(1, 400, "20.0 / 41.5", 1),
    rowsBefore: [],
    machine,
    record: record(1, ["acme/shop: two open issues"]),
  });
  const noted = first.replace("None.", "Found and mended: one thing.");
  const second = renderChaosReport({
    before: noted,
    row: row(2, 650, "22.0 / 30.0", 0),
    rowsBefore: readRows(noted, "Runs"),
    machine,
    record: record(2, []),
  });
  const total = second.split("\n").find((line) => line.startsWith("| **total**"));
  const cells = (total ?? "").slice(2, -2).split(" | ");
  expect(cells[HEAD.indexOf("kills")]).toBe("1050");
  expect(cells[HEAD.indexOf("wrong")]).toBe("1");
  expect(cells[HEAD.findIndex((name) => name.startsWith("takeover"))]).toBe("41.5 most");
  expect(second).toContain("| kills | 1050 | at least 1000 | reached |");
  expect(second).toContain("| doubled deliveries | 2 | at least 10000 | **MISS** |");
  expect(readRows(second, "Runs")).toHaveLength(2);
  expect(second).toContain("## Wrong in the run of day 1, seed 1\n\n- acme/shop: two open issues");
  expect(second.endsWith("## Notes\n\nFound and mended: one thing.\n")).toBe(true);
});
