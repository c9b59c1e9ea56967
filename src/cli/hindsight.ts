import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isCaseId } from "../domain/brands.ts";
import type { CaseId } from "../domain/compliance/case.ts";
import { type LookBack, lookBack } from "../domain/hindsight/look-back.ts";
import type { ResultsRead } from "../domain/hindsight/read-results.ts";
import type { Policy } from "../domain/policy.ts";
import * as wording from "../domain/wording/hindsight/options.ts";
import { hindsightHelp, pictureWritten } from "../domain/wording/hindsight/report.ts";
import type { Command, CommandInput } from "./command.ts";
import { type JudgedPolicy, askedPolicy } from "./hindsight/asked-policy.ts";
import { type HindsightDocument, buildHindsightDocument } from "./hindsight/document.ts";
import { drawPicture } from "./hindsight/draw-picture.ts";
import { type History, readHistory } from "./hindsight/read-history.ts";
import { type Given, OPTIONS, type Settings, readSettings } from "./hindsight/read-settings.ts";
import { type Years, drawnYears, readRecorded, recordedYear } from "./hindsight/read-year.ts";
import { renderHindsight } from "./hindsight/table.ts";
import { localRepository } from "./local-repository.ts";
import { readOptions } from "./read-options.ts";

/** How many halts a terminal is shown; the JSON has them all. */
const ROWS = 40;

/** What Holdpoint would have done to a real year. */
export const hindsight: Command = {
  help: hindsightHelp(),
  async run(input) {
    const options = readOptions(input.arguments, OPTIONS);
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    const [extra] = options.positionals;
    const { git } = options.values;
    const read = readSettings(options.values);
    const problems = [
      ...(git === undefined ? [wording.hindsightNeedsClone()] : []),
      ...(extra === undefined ? [] : [wording.takesNoMore(extra)]),
      ...(read.ok ? [] : read.problems),
    ];
    if (git === undefined || !read.ok || problems.length > 0) {
      input.err(wording.hindsightRefused(problems));
      return 2;
    }
    const looked = await look(input, { ...options.values, git }, read.settings);
    if (typeof looked === "string") {
      input.err(looked);
      return 2;
    }
    return await tell(input, options.values, looked);
  },
};

interface Looked {
  readonly document: HindsightDocument;
  readonly history: History;
  readonly found: LookBack;
}

/** A text is why it could not. */
async function look(
  input: CommandInput,
  given: Given & { readonly git: string },
  settings: Settings,
): Promise<Looked | string> {
  const policy = await loadAsked(input, given.policy);
  if (typeof policy === "string") return policy;
  const now = new Date();
  const recorded =
    typeof given.results === "string" ? await readRecorded(input.folder, given.results, now) : null;
  if (typeof recorded === "string") return refusal(recorded);
  const asked = askedPolicy(policy, settings, recorded?.results ?? null);
  const newestResult = Math.max(0, ...(recorded?.results ?? []).map(({ finishedAt }) => finishedAt));
  const read = await readHistory({
    path: resolve(input.folder, given.git),
    trunk: typeof given.trunk === "string" ? given.trunk : asked.trunk,
    days: settings.days,
    until: settings.until,
    atLeast: new Date(newestResult),
    environment: input.environment,
    signal: input.signal,
    now,
  });
  if (!read.ok) return refusal(read.message);
  const { history } = read;
  const years = yearsOf(history, given, settings, asked, recorded);
  if (typeof years === "string") return years;
  const found = lookBack({
    world: history.world,
    policy: asked,
    repositoryId: localRepository().id,
    caseId: caseNumber,
    seeds: years.seeds,
    draw: years.draw,
  });
  const document = buildHindsightDocument({
    history,
    name: typeof given.name === "string" ? given.name : history.name,
    days: settings.days,
    policyFile: typeof given.policy === "string" ? given.policy : null,
    policy: asked,
    results: years.told,
    found,
    names: given.names === true,
  });
  return { document, history, found };
}

/** A text is why it could not. */
async function loadAsked(input: CommandInput, file: Given["policy"]): Promise<Policy | null | string> {
  if (typeof file !== "string") return null;
  const { loadPolicy } = await import("./load-policy.ts");
  const loaded = await loadPolicy(input.folder, file);
  return loaded.ok ? loaded.policy : loaded.problem;
}

function yearsOf(
  history: History,
  { results: file }: Given,
  settings: Settings,
  { deferred }: JudgedPolicy,
  recorded: ResultsRead | null,
): Years | string {
  if (recorded === null || typeof file !== "string") return drawnYears(history, settings, deferred);
  const read = recordedYear(history, file, recorded, deferred);
  if (read.ok) return read.years;
  return read.lines ? read.message : refusal(read.message);
}

async function tell(input: CommandInput, { svg, json = false }: Given, looked: Looked): Promise<0 | 2> {
  const { document, history, found } = looked;
  const style = { columns: 100, colour: false, rows: ROWS };
  input.out(json === true ? `${JSON.stringify(document)}\n` : renderHindsight(document, style));
  if (typeof svg !== "string") return 0;
  try {
    await writeFile(resolve(input.folder, svg), drawPicture(document, history.world, found.year));
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
    input.err(refusal(wording.svgUnwritable(svg, error.code)));
    return 2;
  }
  input.err(`${pictureWritten(svg)}\n`);
  return 0;
}

function caseNumber(count: number): CaseId {
  if (!isCaseId(count)) throw new RangeError("case numbers count from 1");
  return count;
}

function refusal(message: string): string {
  return `holdpoint: ${message}\n`;
}
