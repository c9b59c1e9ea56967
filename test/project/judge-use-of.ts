import { readFile, rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import { judgeUse } from "./used-permissions.ts";

const lines = z.array(z.object({ routes: z.array(z.string()), events: z.array(z.string()) }));

/**
 * Holds what `app.yml` asks for against what all stories together used, and fails the run where the two differ. Where not every story
 * ran, or one failed, nothing is judged.
 */
export async function judgeUseOf(project: TestProject, useFile: string): Promise<void> {
  const text = await readFile(useFile, "utf8").catch(() => "");
  await rm(useFile, { force: true });
  if (!(await everyStoryPassed(project))) return;
  const used = lines.parse(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line): unknown => JSON.parse(line)),
  );
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
  const wrong = judgeUse({
    routes: unique(used.flatMap(({ routes }) => routes)),
    events: unique(used.flatMap(({ events }) => events)),
  });
  if (wrong.length === 0) return;
  process.stderr.write(
    `\nWhat the App asks for and what all stories used of it are not the same:\n- ${wrong.join("\n- ")}\n`,
  );
  process.exitCode = 1;
}

async function everyStoryPassed(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles();
  const stories = testFiles.filter((file) => file.includes("/test/stories/"));
  const passed = new Set(
    project.vitest.state
      .getFiles()
      .filter(({ result }) => result?.state === "pass")
      .map(({ filepath }) => filepath),
  );
  const isNarrowed = project.vitest.config.testNamePattern !== undefined;
  return !isNarrowed && stories.length > 0 && stories.every((file) => passed.has(file));
}
