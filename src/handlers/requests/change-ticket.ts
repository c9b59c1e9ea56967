import type { Effect } from "../../domain/effect.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import { refuseTicketWish } from "../../domain/requests/judge-ticket-wish.ts";
import type { StoredRequest, Wish } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { AuditRecord } from "../../store/audit.ts";
import { isTicketCarried } from "../../store/carried-ticket.ts";
import type { HandlerDependencies } from "../dependencies.ts";
import { readGround } from "../read-ground.ts";
import { failRequest, finishRequest } from "./finish-request.ts";

type TicketWish = Extract<Wish, { readonly kind: "fill-fields" | "move-ticket" }>;

/**
 * Decides whether somebody may change a ticket, from GitHub as it is now, and sends the change on its way to Jira. What stands there is
 * compared when it is written, not here.
 */
export async function changeTicket(
  dependencies: HandlerDependencies,
  request: StoredRequest,
  wish: TicketWish,
): Promise<void> {
  const { database, github, jira } = dependencies;
  const ground = await readGround(dependencies, request.repositoryId);
  if (ground === null) return await failRequest(dependencies, request);
  const { repository, policyState } = ground;
  const permission = await github.readPermission(repository, request.by.login);
  const refusal = refuseTicketWish(wish, {
    policy: policyState.state === "in-force" ? policyState.policy : null,
    hasJira: jira !== null,
    mayWrite: permission === "admin" || permission === "write",
    isCarried: await isTicketCarried(database, repository.id, wish.ticket),
  });
  await finishRequest(dependencies, repository, request, async () => {
    const record = describe(wish);
    if (refusal !== null) {
      const refused = { ...record, what: "ticket-change-refused", because: refusal.code };
      return { state: "refused", answer: refusal, record: refused };
    }
    return {
      state: "under-way",
      answer: { code: "on-its-way", message: wording.onItsWay() },
      effects: [effectOf(repository, request, wish)],
      record: { ...record, what: "ticket-change-asked" },
    };
  });
}

/**
 * Which fields, not what was typed: the audit is kept for ever and nothing in it can be taken back, while texts are Jira's, which keeps
 * a history of its own.
 */
function describe(wish: TicketWish): AuditRecord {
  const { ticket } = wish;
  if (wish.kind === "fill-fields") return { ticket, fields: wish.fields.map(({ name }) => ({ name })) };
  return { ticket, from: wish.seen, to: wish.transition.to, transition: wish.transition.name };
}

function effectOf({ id: repositoryId }: RepositoryFacts, request: StoredRequest, wish: TicketWish): Effect {
  const { ticket } = wish;
  const { login } = request.by;
  const common = { kind: "ticket", repositoryId, requestId: request.id, ticket } as const;
  if (wish.kind === "move-ticket") {
    const { transition, seen } = wish;
    const comment = wording.movedComment(login, seen, transition.to);
    return { ...common, change: { kind: "move", transition, seen }, comment };
  }
  const { fields } = wish;
  const comment = wording.filledInComment(
    login,
    fields.map(({ name }) => name),
  );
  return { ...common, change: { kind: "fields", fields }, comment };
}
