import { createSpectator } from "../../src/sandbox/spectator.ts";
import { openOthers } from "./other-repositories.ts";
import { STOREFRONT } from "./policies.ts";
import type { Stage } from "./open-stage.ts";
import { createTools, OWNER, PEOPLE, type Tools } from "./world-tools.ts";

const HOUR = 3_600_000;
/** Where tests and pictures begin. */
export interface World {
  /** Tickets of the storefront, by what is wrong with them. */
  readonly tickets: {
    readonly withoutChecks: string;
    readonly inReview: string;
    readonly ready: string;
  };
  /** The commit that carries no ticket. */
  readonly unticketed: string;
  /** The head of the storefront's trunk. */
  readonly head: string;
  /** Where the long job turned red. */
  readonly red: string;
  /** What production is. */
  readonly live: string;
}

/** A shop that deploys a lot: repositories in every state there is. */
export async function buildWorld(stage: Stage): Promise<World> {
  const { control } = stage.box.github;
  await control.createUser({ login: "hubot", email: "hubot@example.com" });
  const { installationId } = await control.createOrganisation({ login: OWNER });
  const world = createTools(stage);
  const storefront = await openStorefront(stage, world);
  await openOthers(stage, world);
  const finished = await finishStorefront(stage, world, {
    ...storefront,
    installationId: installationId ?? 0,
  });
  await stage.tick("reconciliation");
  await stage.tick("installations");
  return finished;
}

type Begun = Pick<World, "red" | "live">;

const INTEGRATION = ["storefront", "enterprise.yml", "integration (postgres)"] as const;
const NIGHTLY = ["storefront", "search.yml", "nightly"] as const;
const MOBILE = ["storefront", "mobile.yml", "end-to-end"] as const;
const UNIT = ["storefront", "ci.yml", "unit (node)"] as const;

/** Days ago: all green, a release, then work of several people, and one of the long jobs turns red. */
async function openStorefront(stage: Stage, tools: Tools): Promise<Begun> {
  const { ticket, merge, run, commit, release, repository } = tools;
  await repository("storefront", STOREFRONT, ["ci.yml", "enterprise.yml", "search.yml", "mobile.yml"]);
  for (const [name, workflow, job] of [UNIT, INTEGRATION, NIGHTLY, MOBILE]) {
    await run(name, workflow, job, "success");
  }
  for (const summary of ["Show opening hours", "Cache the menu", "Sort venues by distance"]) {
    await commit("storefront", `${ticket({ summary })}: ${summary}`, "monalisa");
    await run(...UNIT, "success");
    stage.pass(3 * HOUR);
    await run(...INTEGRATION, "success");
    await run(...NIGHTLY, "success");
  }
  const live = await commit("storefront", "MINOR: a release", "octocat");
  await run(...UNIT, "success");
  await release("storefront");
  stage.pass(8 * HOUR);
  const rounding = ticket({ summary: "Round prices to cents", risk: "medium: receipts change" });
  const red = await merge(
    "storefront",
    `${rounding}: Round prices to cents`,
    [`${rounding}: Round prices to cents`, `${rounding}: Round discounts, too`],
    "hubot",
  );
  await run(...UNIT, "success");
  await run(...INTEGRATION, "failure");
  await stage.tick("deadlines");
  await haltForAWhile(stage);
  stage.pass(28 * HOUR);
  await run(...NIGHTLY, "success");
  await run(...MOBILE, "success");
  stage.pass(10 * HOUR);
  await commit(
    "storefront",
    `${ticket({ type: "Task", summary: "Rotate the signing keys", project: "OPS" })}: Rotate the signing keys`,
    "octocat",
  );
  await run(...UNIT, "success");
  await run(...INTEGRATION, "failure");
  await run(...NIGHTLY, "failure");
  await stage.tick("deadlines");
  return { red, live };
}

/** Two hours, long ago: somebody halts by a comment, and ends it. */
async function haltForAWhile(stage: Stage): Promise<void> {
  const repository = `${OWNER}/storefront`;
  const title = "Receipts show the wrong tax";
  const { number } = await control(stage).openIssue({ repository, title, by: PEOPLE.writer });
  const said = { repository, number, by: PEOPLE.writer };
  await control(stage).comment({ ...said, body: "/holdpoint halt because receipts show the wrong tax" });
  await stage.quiet();
  stage.pass(2 * HOUR);
  await control(stage).comment({ ...said, body: "/holdpoint resume because the tax is right again" });
  await control(stage).editIssue({ ...said, state: "closed" });
  await stage.quiet();
}

/** One hour, today: an admin lets a deploy out in spite of the halt, and it ends by itself. */
async function overrideForAWhile(stage: Stage, installationId: number): Promise<void> {
  const repository = `${OWNER}/storefront`;
  const seen = createSpectator(stage.box.github, installationId, stage.now);
  for (const { number } of await seen.issues(repository, "deploy-halt")) {
    const body = "/holdpoint override 1h because the tax fix must go out tonight";
    await control(stage).comment({ repository, number, body, by: PEOPLE.admin });
    await stage.quiet();
  }
  stage.pass(HOUR + 60_000);
  await stage.tick("deadlines");
}

/** The deadline of the first passes, the second counts down, and today's work is not finished. */
async function finishStorefront(
  stage: Stage,
  { ticket, merge, commit }: Tools,
  { installationId, ...begun }: Begun & { readonly installationId: number },
): Promise<World> {
  stage.pass(33 * HOUR);
  await stage.tick("deadlines");
  await overrideForAWhile(stage, installationId);
  const repository = `${OWNER}/storefront`;
  const inReview = ticket({
    summary: "Charge in the currency of the venue",
    status: "In Review",
    checks: "",
  });
  await merge(
    "storefront",
    `${inReview}: Charge in the currency of the venue`,
    [
      `${inReview}: Read the venue's currency`,
      `${inReview}: Charge in it`,
      `${inReview}: Show it on the receipt`,
    ],
    "hubot",
  );
  const withoutChecks = ticket({ summary: "Courier map clusters pins", risk: "low, map only", checks: "" });
  await merge(
    "storefront",
    `${withoutChecks}: Courier map clusters pins`,
    [`${withoutChecks}: Cluster pins`],
    "octocat",
  );
  const unticketed = await commit("storefront", "Tune cache headers", "monalisa");
  const ready = ticket({ summary: "Retry webhooks with back-off", risk: "medium, queue depth on deploy" });
  await merge(
    "storefront",
    `${ready}: Retry webhooks with back-off`,
    [`${ready}: Back off`, `${ready}: Give up after a day`],
    "octocat",
  );
  const checkout = ticket({ summary: "New checkout" });
  const reverted = await commit("storefront", `${checkout}: New checkout`, "monalisa");
  await commit(
    "storefront",
    `Revert "${checkout}: New checkout"\n\nThis reverts commit ${reverted}.`,
    "octocat",
  );
  const head = await commit("storefront", "MINOR: spelling", "hubot");
  await control(stage).finishWorkflowRun({
    repository,
    sha: "main",
    workflow: "ci.yml",
    branch: "main",
    jobs: [
      { name: "unit (node)", conclusion: "success" },
      { name: "unit (browser)", conclusion: null },
    ],
  });
  await stage.quiet();
  return { tickets: { withoutChecks, inReview, ready }, unticketed, head, ...begun };
}

function control(stage: Stage): Stage["box"]["github"]["control"] {
  return stage.box.github.control;
}
