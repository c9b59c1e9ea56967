import { startRun } from "./ci.ts";
import { headOf, type MoveContext, type Played } from "./context.ts";
import { newTicket } from "./tickets.ts";

const AUTHORS = ["monalisa", "hubot-fan", "octocat"];
const SUBJECTS = [
  "Charge in euros",
  "Cache the menu",
  "Ask before leaving",
  "Round to cents",
  "Sort by name",
];
/** A push that breaks a job, and one that mends what is broken. */
const BREAKS = 0.05;
const MENDS = 0.06;

/** One commit straight onto the trunk. */
export async function push(context: MoveContext): Promise<void> {
  const { dice } = context;
  const carries = dice.chance(0.93) ? [await pickTicket(context)] : [];
  await commitToTrunk(context, { subject: subjectOf(context, carries), carries });
}

export async function revert(context: MoveContext): Promise<Played> {
  const { place, dice } = context;
  const since = place().trunk.indexOf(place().production) + 1;
  const candidates = place().trunk.slice(Math.max(1, since - 2));
  if (candidates.length === 0) return "impossible";
  const reverted = dice.pick(candidates);
  await commitToTrunk(context, {
    subject: `Revert "a change"`,
    body: `\n\nThis reverts commit ${reverted}.`,
    carries: [],
    reverts: reverted,
  });
  return "played";
}

interface Wanted {
  readonly subject: string;
  readonly body?: string;
  readonly carries: readonly string[];
  readonly reverts?: string;
  readonly files?: Readonly<Record<string, string | null>>;
}

export async function commitToTrunk(context: MoveContext, wanted: Wanted): Promise<void> {
  const { town, dice, place, index } = context;
  const { name: repository } = place();
  const author = dice.pick(AUTHORS);
  const parent = headOf(place());
  const { sha } = await town.outside.github.control.commit({
    repository,
    branch: "main",
    message: `${wanted.subject}${wanted.body ?? ""}`,
    author,
    files: { [`file-${String(town.next())}.txt`]: "changed\n", ...wanted.files },
  });
  town.note({
    kind: "commit",
    repository,
    sha,
    parents: [parent],
    author,
    subject: wanted.subject,
    carries: wanted.carries,
    reverts: wanted.reverts ?? null,
  });
  town.note({ kind: "branch", repository, branch: "main", sha });
  town.change(index, { trunk: [...place().trunk, sha] });
  await pushed(context);
}

/** What was pushed may break something, or mend it; CI mostly looks. */
async function pushed(context: MoveContext): Promise<void> {
  const { town, dice, place, index } = context;
  const broken = new Set(place().broken);
  for (const job of ["integration db", "integration api"]) {
    if (broken.has(job) && dice.chance(MENDS)) broken.delete(job);
    else if (dice.chance(BREAKS)) broken.add(job);
  }
  town.change(index, { broken });
  if (dice.chance(0.8)) await startRun(context);
}

export async function mergePullRequest(context: MoveContext): Promise<void> {
  const { town, dice, place, index } = context;
  const { control } = town.outside.github;
  const { name: repository } = place();
  const author = dice.pick(AUTHORS);
  const carries = [await pickTicket(context)];
  const title = subjectOf(context, carries);
  const branch = `work-${String(town.next())}`;
  const base = headOf(place());
  const { sha: head } = await control.commit({
    repository,
    branch,
    from: "main",
    message: title,
    author,
    files: { [`file-${String(town.next())}.txt`]: "changed\n" },
  });
  const made = { repository, author, subject: title, carries, reverts: null };
  town.note({ kind: "commit", ...made, sha: head, parents: [base] });
  town.note({ kind: "branch", repository, branch, sha: head });
  const { number } = await control.openPullRequest({ repository, head: branch, title, by: author });
  const method = dice.pick(["merge", "squash"] as const);
  const { sha } = await control.mergePullRequest({ repository, number, method, by: author });
  const parents = method === "merge" ? [base, head] : [base];
  const merged = method === "merge" ? { ...made, subject: `Merge #${String(number)}`, carries: [] } : made;
  town.note({ kind: "commit", ...merged, sha, parents });
  town.note({ kind: "merged", repository, number, author, title, carries, sha });
  town.note({ kind: "branch", repository, branch: "main", sha });
  town.change(index, { trunk: [...place().trunk, sha] });
  await pushed(context);
}

/** The trunk loses its newest commits. */
export async function forcePush(context: MoveContext): Promise<Played> {
  const { town, dice, place, index } = context;
  const { name: repository, trunk, production } = place();
  const left = trunk.slice(0, Math.max(trunk.indexOf(production) + 1, trunk.length - dice.between(1, 2)));
  const to = left.at(-1);
  if (to === undefined || left.length === trunk.length) return "impossible";
  await town.outside.github.control.forcePush({ repository, branch: "main", to });
  town.note({ kind: "branch", repository, branch: "main", sha: to });
  town.change(index, { trunk: left });
  return "played";
}

/** What is live moves on along the trunk; mostly to its head, now and then back. */
export async function release(context: MoveContext): Promise<Played> {
  const { town, dice, place, index } = context;
  const { name: repository, trunk, production } = place();
  const live = trunk.indexOf(production);
  const to = dice.chance(0.7)
    ? headOf(place())
    : dice.pick(trunk.slice(Math.max(0, live - (dice.chance(0.2) ? 2 : 0))));
  if (to === production) return "impossible";
  await town.outside.github.control.forcePush({ repository, branch: "production", to });
  town.note({ kind: "branch", repository, branch: "production", sha: to });
  town.change(index, { production: to, keys: place().keys.slice(-6) });
  return "played";
}

async function pickTicket(context: MoveContext): Promise<string> {
  const { dice, place } = context;
  const keys = place().keys.slice(-4);
  return keys.length > 0 && dice.chance(0.5) ? dice.pick(keys) : newTicket(context);
}

function subjectOf({ dice }: MoveContext, carries: readonly string[]): string {
  return [...carries.map((key) => `${key}:`), dice.pick(SUBJECTS)].join(" ");
}
