import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Clock } from "../clock.ts";
import type { ApiToken } from "../config.ts";
import { gateDocument } from "../domain/gate/gate-document.ts";
import { rolledPast, type ToolRollback } from "../domain/gate/rolled-past.ts";
import * as wording from "../domain/wording/gate-api.ts";
import { plainGateAnswer } from "../domain/wording/gate-reply.ts";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AskedGate, Gate } from "../snapshot/take-gate-facts.ts";
import { createAllowance } from "../allowance.ts";
import { readGateQuestion, readRepositoryName } from "./gate-question.ts";
import { findToken, mayAsk } from "./token-check.ts";

export interface GateAppOptions {
  readonly tokens: readonly ApiToken[];
  readonly gate: Gate;
  /** Puts on record and announces what the gate is open for as a rollback alone. Where it fails, the gate is not open. */
  readonly recordRollback: (rollback: ToolRollback) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What Node's server adds to a request. */
interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
}
type GateContext = Context<{ Bindings: Bindings }>;

const MINUTE = 60_000;
/** What a token may ask in a minute that has to be read from GitHub, or that is not there. */
const LOOK_UPS = 600;
/** Questions without a good token in a minute, from one address. Beyond them nothing but the status changes. */
const REFUSALS = 60;
const REMEMBERED = 10_000;

const PATH = "/api/v1/repos/:owner/:name/gate";

/** The gate's address for deploy tools. Answers of any kind are never kept by anybody in between. */
export function createGateApp(options: GateAppOptions): Hono<{ Bindings: Bindings }> {
  const { tokens, gate, recordRollback, clock, log } = options;
  const lookUps = createAllowance({ limit: LOOK_UPS, window: MINUTE, remembered: REMEMBERED, clock });
  const refusals = createAllowance({ limit: REFUSALS, window: MINUTE, remembered: REMEMBERED, clock });
  const app = new Hono<{ Bindings: Bindings }>();

  app.all(PATH, async (context) => {
    context.header("cache-control", "no-store");
    if (context.req.method !== "GET") {
      context.header("allow", "GET");
      return refuse(context, 405, "method-not-allowed", wording.methodNotAllowed());
    }
    const token = findToken(tokens, context.req.header("authorization"));
    if (token === null) return unauthorised(context);
    const wait = lookUps.waitFor(token.name);
    if (wait !== null) return tooOften(context, wait);
    const answer = await answerAs(context, token);
    if (answer.status === 404) lookUps.spend(token.name);
    return answer;
  });

  async function answerAs(context: GateContext, token: ApiToken): Promise<Response> {
    const named = readRepositoryName(context.req.param("owner") ?? "", context.req.param("name") ?? "");
    const read = readGateQuestion(new URL(context.req.url).searchParams);
    if (!read.ok) return refuse(context, 400, "bad-question", read.problem);
    if (named === null || !mayAsk(token, named.owner, named.name)) {
      log.warn("a token asked about what it may not", { token: token.name });
      return notFound(context);
    }
    const began = clock.now();
    let told: AskedGate;
    try {
      told = await gate.ask({ repository: named, ...read.asked });
      if (told.state === "answered") await recordIfRollback(token, told);
    } catch (error) {
      log.error("the gate could not be asked", { token: token.name, error: asError(error) });
      return refuse(context, 503, "could-not-answer", wording.couldNotAnswer());
    }
    if (told.state === "no-such-repository") return notFound(context);
    const { judgement } = told.facts;
    if (judgement.state !== "known" || judgement.value.readAt >= began) lookUps.spend(token.name);
    const document = gateDocument(told.facts, told.answer);
    return wantsPlainText(context) ? context.text(plainGateAnswer(document)) : context.json(document);
  }

  async function recordIfRollback(
    { name: token }: ApiToken,
    { repository, facts, answer }: Extract<AskedGate, { state: "answered" }>,
  ): Promise<void> {
    const past = rolledPast(facts, answer);
    if (past !== null) await recordRollback({ token, repository, facts, past });
  }

  function unauthorised(context: GateContext): Response {
    const address = context.env.incoming?.socket.remoteAddress ?? "";
    const wait = refusals.waitFor(address);
    if (wait !== null) return tooOften(context, wait);
    refusals.spend(address);
    log.info("a question without a good token was refused", { address });
    if (refusals.waitFor(address) !== null) log.warn("many questions without a good token", { address });
    context.header("www-authenticate", "Bearer");
    return refuse(context, 401, "unauthorized", wording.tokenWanted());
  }

  return app;
}

/** For shells: `Accept: text/plain`, and nothing else. */
function wantsPlainText(context: GateContext): boolean {
  return /^text\/plain\s*(?:;|$)/i.test(context.req.header("accept") ?? "");
}

function notFound(context: GateContext): Response {
  return refuse(context, 404, "not-found", wording.noSuchRepository());
}

function tooOften(context: GateContext, seconds: number): Response {
  context.header("retry-after", String(seconds));
  return refuse(context, 429, "too-often", wording.askedTooOften(seconds));
}

function refuse(context: GateContext, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ schema: "holdpoint.error/1", code, message }, status);
}
