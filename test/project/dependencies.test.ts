import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const root = new URL("../../", import.meta.url);
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL("package.json", root), "utf8")));
const document = readFileSync(new URL("docs/dependencies.md", root), "utf8");

/** The names in the first column of the table under a heading. */
function documented(heading: string): readonly string[] {
  const section = document.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
  );
}

describe("dependencies", () => {
  test("each one at run time has its reason, and no reason stands for nothing", () => {
    expect(documented("At run time").toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted());
  });

  test("each one for development has its reason", () => {
    expect(documented("For development").toSorted()).toEqual(
      Object.keys(manifest.devDependencies).toSorted(),
    );
  });

  test("every version is exact", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z.]+)?$/.test(version))).toEqual(
      [],
    );
  });

  test("there are at most 22 at run time", () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(22);
  });
});
