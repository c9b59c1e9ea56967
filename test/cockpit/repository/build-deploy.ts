import { isCommitSha } from "../../../src/domain/brands.ts";
import { deployContentsOf } from "../../../src/domain/contents/deploy-contents-of.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import type { Commit, CommitSha, RepositoryFacts } from "../../../src/domain/model.ts";
import type { Policy } from "../../../src/domain/policy.ts";
import type { DeploySnapshot } from "../../../src/domain/snapshot.ts";
import { attributeTickets } from "../../../src/domain/tickets/attribute.ts";
import { parsePolicy } from "../../../src/policy/parse-policy.ts";
import { saveDeployContents } from "../../../src/store/deploy-contents.ts";
import { showJudgement } from "../../../src/store/judgement.ts";
import { storePolicy } from "../../../src/store/policy.ts";
import { beginLook, saveLook } from "../../../src/store/subject.ts";
import {
  answers,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildTicket,
  HEAD,
  known,
  sha,
} from "../../domain/build-snapshot.ts";
import type { OpenCockpit } from "../open-cockpit.ts";

export const POLICY = `deploy: { environments: { production: { base: { branch: production } } } }
tickets:
  projects: [PLAY]
  statuses: [Ready to deploy]
  fields: [{ name: Risk assessment }]
`;

/** What a look at the deploy of a repository keeps, without the look. */
export async function keepDeploy(
  { db, now }: Pick<OpenCockpit, "db" | "now">,
  repository: RepositoryFacts,
  changes: Partial<DeploySnapshot> & { readonly policyText?: string } = {},
): Promise<DeploySnapshot> {
  const { policyText = POLICY, ...facts } = changes;
  const policy = await keepPolicy({ db, now }, repository, policyText);
  const snapshot = buildDeploySnapshot({ takenAt: now(), repository, policy, ...facts });
  const { changeSet, head, environment } = snapshot;
  const carriage =
    changeSet.state === "known"
      ? attributeTickets({
          changeSet: changeSet.value,
          policy: policy.tickets,
          knownProjects: null,
          live: [],
          attached: snapshot.attached,
        })
      : null;
  const verdict = evaluate(snapshot, carriage);
  const contents = deployContentsOf({ snapshot, carriage, verdict });
  const run = await beginLook(db.database, { kind: "deploy", repositoryId: repository.id });
  if (run === null) throw new Error("the repository is known");
  await db.database.transaction(async (transaction) => {
    await saveLook(transaction, run, {
      head,
      verdict,
      at: now(),
      lookAgainAt: null,
      tickets: [],
      closed: false,
    });
    await showJudgement(transaction, repository.id, {
      environment,
      sha: head,
      place: "deploy-branch",
      wasLive: false,
      verdict,
      readAt: now(),
    });
    await saveDeployContents(transaction, repository.id, [{ state: "read", contents }]);
  });
  return snapshot;
}

export async function keepPolicy(
  { db, now }: Pick<OpenCockpit, "db" | "now">,
  repository: RepositoryFacts,
  text: string,
): Promise<Policy> {
  const { policy, problems } = parsePolicy({ organisation: null, repository: text }, {});
  if (policy === null) throw new Error(JSON.stringify(problems));
  const stored = { text, sha: sha(text), organisationText: null, organisationSha: null };
  await storePolicy(db.database, repository.id, stored, now());
  return policy;
}

/** So many commits, each with a ticket of its own; the first of them wants a risk assessment. */
export function buildMany(count: number): Partial<DeploySnapshot> {
  const commits = Array.from({ length: count }, (_, index): Commit => ({
    ...buildCommit(
      `many ${index}`,
      `PLAY-${index + 1}: Change number ${index + 1} of the shop, in a few words`,
    ),
    sha: shaOf(index),
    author: { login: `dev-${index % 40}`, name: "dev", proven: true },
  }));
  const tickets = commits.map((_, index) =>
    buildTicket(`PLAY-${index + 1}`, {
      summary: `Change number ${index + 1} of the shop, as the ticket has it`,
      values: {
        "Risk assessment":
          index === 0 ? { state: "empty" } : { state: "filled", text: "low: nothing but words" },
      },
    }),
  );
  return {
    changeSet: known(buildChangeSet({ commits, head: HEAD })),
    tickets: answers(Object.fromEntries(tickets.map((ticket) => [ticket.key, ticket]))),
  };
}

function shaOf(index: number): CommitSha {
  const text = index.toString(16).padStart(40, "0");
  if (isCommitSha(text)) return text;
  throw new Error(`${text} is no sha`);
}

/** The words of a page as a person reads them. */
export function wordsOf(page: string): string {
  return page
    .replaceAll(/<(head|svg)\b[\s\S]*?<\/\1\s*>/g, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ([.,:])/g, "$1")
    .trim();
}

/** One part of the page by its id, up to the next part of the same kind. */
export function partOf(page: string, id: string): string {
  const start = page.indexOf(`id="${id}"`);
  if (start === -1) return "";
  const end = page.indexOf("</section>", start);
  return wordsOf(`<${page.slice(start, end)}`);
}
