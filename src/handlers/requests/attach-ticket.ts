import type { CommitSha, RepositoryId, TicketKey } from "../../domain/model.ts";
import type { Policy } from "../../domain/policy.ts";
import { type AttachmentGround, refuseAttachment } from "../../domain/requests/judge-attachment.ts";
import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import type { Subject } from "../../domain/subject.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import * as wording from "../../domain/wording/cockpit/attaching.ts";
import { attachTicketToCommit, detachTicketFromCommit } from "../../store/attached-ticket.ts";
import { findDeployContents } from "../../store/deploy-contents.ts";
import type { HandlerDependencies } from "../dependencies.ts";
import { readGround } from "../read-ground.ts";
import { failRequest, finishRequest, type RequestResult } from "./finish-request.ts";

type AttachmentWish = Extract<Wish, { readonly kind: "attach-ticket" | "detach-ticket" }>;

/** Attaches a ticket to a commit that carries none, or takes it off again; the deploy is judged anew. */
export async function attachTicket(
  dependencies: HandlerDependencies,
  request: StoredRequest,
  wish: AttachmentWish,
): Promise<void> {
  const { github } = dependencies;
  const ground = await readGround(dependencies, request.repositoryId);
  if (ground === null) return await failRequest(dependencies, request);
  const { repository, policyState } = ground;
  const permission = await github.readPermission(repository, request.by.login);
  const policy = policyState.state === "in-force" ? policyState.policy : null;
  const refusal = refuseAttachment(wish, {
    policy,
    mayWrite: permission === "admin" || permission === "write",
    knownProjects: await readKnownProjects(dependencies, policy),
    open: await findOpenCommits(dependencies, repository.id, policy),
    ticket: wish.kind === "attach-ticket" ? await findTicket(dependencies, wish.ticket) : "unknown",
  });
  const { sha, ticket } = wish;
  const record = { sha, ticket, ...(wish.kind === "attach-ticket" ? { because: wish.because } : {}) };
  const looks: readonly Subject[] = [{ kind: "deploy", repositoryId: repository.id }];
  await finishRequest(dependencies, repository, request, async (transaction, at): Promise<RequestResult> => {
    if (refusal !== null) {
      const refused = { ...record, what: `${wish.kind}-refused`, because: refusal.code };
      return { state: "refused", answer: refusal, record: refused };
    }
    const given = { repositoryId: repository.id, sha, ticket, at };
    if (wish.kind === "attach-ticket") {
      const { because } = wish;
      const isNew = await attachTicketToCommit(transaction, { ...given, because, by: request.by });
      return isNew
        ? done("attached", wording.attached(ticket, shortSha(sha)))
        : nothing("attached-already", wording.attachedAlready(ticket, shortSha(sha)));
    }
    return (await detachTicketFromCommit(transaction, { ...given, by: request.by.login }))
      ? done("detached", wording.detached(ticket, shortSha(sha)))
      : nothing("not-attached", wording.notAttached(ticket, shortSha(sha)));
  });

  function done(code: string, message: string): RequestResult {
    return { state: "done", answer: { code, message }, looks, record: { ...record, what: `ticket-${code}` } };
  }

  function nothing(code: string, message: string): RequestResult {
    const refused = { ...record, what: `${wish.kind}-refused`, because: code };
    return { state: "refused", answer: { code, message }, record: refused };
  }
}

/** Where the policy lists projects nobody is asked; a Jira that does not answer leaves it open. */
async function readKnownProjects(
  { jira }: Pick<HandlerDependencies, "jira">,
  policy: Policy | null,
): Promise<AttachmentGround["knownProjects"]> {
  if (jira === null || policy === null || policy.tickets.projects.length > 0) return null;
  const projects = await jira.readProjects();
  return projects.state === "known" ? projects.value : null;
}

/** Attached ones need none any more, and may be given another one. */
async function findOpenCommits(
  { database }: Pick<HandlerDependencies, "database">,
  repositoryId: RepositoryId,
  policy: Policy | null,
): Promise<ReadonlySet<CommitSha>> {
  const open = new Set<CommitSha>();
  for (const { name } of policy?.deploy.environments ?? []) {
    const contents = await findDeployContents(database, repositoryId, name);
    for (const sha of contents?.unticketed ?? []) open.add(sha);
    for (const { sha, attached } of contents?.commits ?? []) if (attached.length > 0) open.add(sha);
  }
  return open;
}

async function findTicket(
  { jira }: Pick<HandlerDependencies, "jira">,
  ticket: TicketKey,
): Promise<AttachmentGround["ticket"]> {
  if (jira === null) return "unknown";
  return (await jira.readTickets([ticket], [])).get(ticket)?.state ?? "unknown";
}
