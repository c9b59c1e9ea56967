import type { GateReply, GateReplyReason } from "../domain/gate/gate-reply.ts";

/** The document as it was sent, and what is shown of it. */
export interface ReadReply {
  readonly reply: GateReply;
  readonly document: unknown;
}

/** What a server answered, if it is a `holdpoint.gate/1` about what was asked; null: anything else. */
export function readGateReply(
  text: string,
  asked: { readonly repository: string; readonly environment: string; readonly sha: string },
): ReadReply | null {
  const document = parse(text);
  if (!isFields(document) || document["schema"] !== "holdpoint.gate/1") return null;
  const { repository, environment, sha, decision, would_be: wouldBe, reasons } = document;
  if (!isText(repository) || !isText(environment) || !isText(sha)) return null;
  // A cache between us may have answered somebody else's question.
  if (sha !== asked.sha || !isSameName(environment, asked.environment)) return null;
  if (!isSameName(repository, asked.repository)) return null;
  if (!isAnswer(decision) || !isAnswer(wouldBe) || !Array.isArray(reasons)) return null;
  const read = reasons.map(readReason);
  const known = read.filter((reason) => reason !== null);
  if (known.length < read.length) return null;
  return { reply: { repository, environment, sha, decision, would_be: wouldBe, reasons: known }, document };
}

/** GitHub takes names in any case, and answers in the one that was chosen. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function readReason(value: unknown): GateReplyReason | null {
  if (!isFields(value)) return null;
  const { kind, code, message, since, until, who, url } = value;
  if (!isText(kind) || !isText(code) || !isText(message) || !isText(who)) return null;
  if (!isTextOrNull(since) || !isTextOrNull(until) || !isTextOrNull(url)) return null;
  return { kind, code, message, since, until, who, url };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isAnswer(value: unknown): value is GateReply["decision"] {
  return value === "open" || value === "held" || value === "unknown";
}
