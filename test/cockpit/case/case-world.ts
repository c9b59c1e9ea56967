import type { ComplianceCase, RedRun } from "../../../src/domain/compliance/case.ts";
import type { RedRange, TaggedPeople } from "../../../src/domain/compliance/issue-view.ts";
import type { NewCase } from "../../../src/domain/compliance/open-case.ts";
import type { CaseTrack, ShownTrack, TrackCommit } from "../../../src/domain/compliance/shown-track.ts";
import type { Effect } from "../../../src/domain/effect.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { wishEffects } from "../../../src/store/effect.ts";
import { keepCaseTrack, keepTracks } from "../../../src/store/check-track.ts";
import { openCase, saveCase } from "../../../src/store/compliance-case.ts";
import { keepComplianceIssue } from "../../../src/store/compliance-issue.ts";
import { storeJudgement } from "../../../src/store/judgement.ts";
import { storePolicy } from "../../../src/store/policy.ts";
import { sha } from "../../domain/build-snapshot.ts";
import { buildJudgement, finding, verdictOf } from "../../domain/gate/build-gate-facts.ts";
import type { OpenCockpit } from "../open-cockpit.ts";

/** Where it is, and when. */
export type World = Pick<OpenCockpit, "db" | "now">;

export const HOUR = 3_600_000;
export const HEAD = sha("head");
export const RED = sha("commit 5");
export const GREEN = sha("commit 4");

const POLICY = `
deploy: { environments: { production: { base: { branch: live } }, staging: { base: { branch: staged } } } }
deferred: { checks: [{ name: Search nightly, match: { workflow: nightly.yml }, owners: ["@acme/search"] }] }
`;

/** The policy, and a deploy whose head carries no ticket. */
export async function givePolicy(
  { db, now }: World,
  repository: RepositoryFacts,
  text = POLICY,
): Promise<void> {
  const { database } = db;
  const { id } = repository;
  await storePolicy(database, id, { text, sha: "p1", organisationText: null, organisationSha: null }, now());
  const key = `deploy:${id}`;
  await database.query(
    `insert into holdpoint.subject (key, repository_id, subject, head, looked_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [key, id, JSON.stringify({ kind: "deploy", repositoryId: id }), HEAD, now()],
  );
  const verdict = verdictOf(finding("no-ticket", "fail", { message: "1 commit carries no ticket" }));
  for (const environment of ["production", "staging"]) {
    const judgement = buildJudgement({ environment, sha: HEAD, verdict, readAt: now() });
    await storeJudgement(database, id, judgement);
  }
}

const RUN = "https://github.com/acme/storefront/actions/runs/";

/** `g`: green, `r`: red, `.`: no result, `>`: running; oldest first. */
export function commitsOf(picture: string, at: Date, subject = "Change", run = RUN): readonly TrackCommit[] {
  const results = { g: "green", r: "red", ".": "none", ">": "running" } as const;
  return Array.from(picture)
    .map((sign, index): TrackCommit => {
      const result = sign === "g" || sign === "r" || sign === ">" ? results[sign] : "none";
      const when = new Date(at.getTime() - (picture.length - index) * HOUR).toISOString();
      const name = sha(`commit ${index + 1}`);
      return {
        sha: name,
        subject: `${subject} ${index + 1}`,
        committedAt: when,
        result,
        said: result === "none" ? null : result,
        at: result === "none" ? null : when,
        url: result === "none" ? null : `${run}${index + 1}`,
      };
    })
    .toReversed();
}

export interface GivenCase {
  readonly name?: string;
  readonly picture?: string;
  readonly changes?: Partial<ComplianceCase>;
  readonly range?: Partial<RedRange>;
  readonly people?: Partial<TaggedPeople>;
  readonly issueNumber?: number;
  readonly subject?: string;
  /** Where its runs are, but for their number. */
  readonly run?: string;
  readonly firstRed?: RedRun["sha"];
}

/** A case of that repository: red for a day and a half, due in as long. */
export async function giveCase(
  { db, now }: World,
  { id: repositoryId }: RepositoryFacts,
  given: GivenCase = {},
): Promise<ComplianceCase> {
  const { name = "search / nightly", picture = "ggggr.rr", changes = {}, firstRed = RED } = given;
  const at = now().getTime();
  const run: RedRun = {
    sha: firstRed,
    runId: 5,
    sequence: 500,
    said: "failure",
    at: new Date(at - 36 * HOUR),
    url: "https://github.com/acme/storefront/actions/runs/5",
  };
  const fresh: NewCase = {
    repositoryId,
    checkKey: `workflow:nightly.yml:${name}`,
    name,
    source: { kind: "workflow", workflow: ".github/workflows/nightly.yml" },
    policyName: "Search nightly",
    firstRed: run,
    newestRed: { ...run, at: new Date(at - HOUR) },
    reds: 3,
    lastGreen: GREEN,
    openedAt: run.at,
    adopted: false,
    grace: 72 * HOUR,
    verifyGrace: 0,
    environments: null,
    owners: ["@acme/search"],
  };
  return await db.database.transaction(async (transaction) => {
    const opened = await openCase(transaction, { ...fresh, ...changes });
    if (opened === null) throw new Error("the check has an open case already");
    const told = {
      warnedAt: run.at,
      deadline: new Date(at + 36 * HOUR),
      ...changes,
      id: opened.id,
      version: opened.version,
    };
    const made: ComplianceCase = { ...opened, ...told };
    await saveCase(transaction, made);
    await keepComplianceIssue(transaction, {
      repositoryId,
      firstRed,
      openedAt: run.at,
      range: {
        after: GREEN,
        upTo: firstRed,
        commits: [
          { sha: firstRed, subject: "Index in batches", isMerge: false, pullRequest: 4812 },
          { sha: sha("direct"), subject: "Tune the cache", isMerge: false, pullRequest: null },
        ],
        pullRequests: [
          {
            number: 4812,
            title: "Index in batches of 500",
            url: "https://github.com/acme/storefront/pull/4812",
            author: "hubot",
          },
        ],
        incomplete: false,
        ...given.range,
      },
      people: {
        tagged: [
          { kind: "person", name: "hubot", because: "author" },
          { kind: "team", name: "acme/search", because: "owner" },
        ],
        listed: [],
        ownersMayBeIncomplete: false,
        ...given.people,
      },
    });
    const commits = commitsOf(picture, now(), given.subject, given.run);
    const track: CaseTrack = { commits, gap: null };
    await keepCaseTrack(transaction, opened.id, track);
    if (given.issueNumber !== undefined) {
      await transaction.query(
        `insert into holdpoint.effect (target, repository_id, kind, desired, remote_id, updated_at)
         values ($1, $2, 'issue', '{}', $3, $4)`,
        [`issue:${repositoryId}:${firstRed}`, repositoryId, given.issueNumber, now()],
      );
    }
    return made;
  });
}

/** What the deferred checks said on the newest commits. */
export async function giveTracks(
  { db, now }: World,
  { id }: RepositoryFacts,
  pictures: Readonly<Record<string, string>>,
): Promise<void> {
  const tracks = Object.entries(pictures).map(([name, picture]): ShownTrack => ({
    key: `workflow:nightly.yml:${name}`,
    name,
    policyName: "Search nightly",
    source: { kind: "workflow", workflow: ".github/workflows/nightly.yml" },
    commits: commitsOf(picture, now()),
  }));
  await db.database.transaction((transaction) => keepTracks(transaction, id, tracks, now()));
}

/** Something that Holdpoint says outside, on its way there. */
export async function giveEffect({ db, now }: World, effect: Effect): Promise<void> {
  await db.database.transaction((transaction) => wishEffects(transaction, [effect], now()));
}
