import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { Posted } from "../../ports/posts.ts";
import type { Answer } from "./exchange.ts";
import { fields, integer, isFields, shownText } from "./json.ts";

/** Final refusals: the same text will be refused again. */
const REFUSALS = new Set([400, 409, 410, 413, 422, 451]);

export function isRefusal({ status }: Answer): boolean {
  return REFUSALS.has(status);
}

/** What a write came to; `remoteId` is the number in that field of the answer. Throws where nobody can tell. */
export function posted(answer: Answer, doing: string, field: string = "id"): Posted {
  if (answer.status === 200 || answer.status === 201) {
    return { state: "done", remoteId: integer(fields(answer.data, field), field) };
  }
  if (isRefusal(answer)) return refusedPost(answer);
  throw unclear(answer, doing);
}

export function refusedPost(answer: Answer): Posted {
  return { state: "refused", status: answer.status, detail: refusalText(answer) };
}

/** Neither done nor refused: it may go through later. */
export function unclear({ status }: Answer, doing: string): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing,
    status,
    detail: wording.githubAnsweredError(status),
  });
}

/** `Validation Failed: description is too long (maximum is 140 characters)` */
function refusalText({ status, data }: Answer): string {
  if (!isFields(data)) return wording.githubAnsweredError(status);
  const errors: readonly unknown[] = Array.isArray(data["errors"]) ? data["errors"] : [];
  const reasons = errors.map((error) =>
    isFields(error) ? shownText(error, "message") || shownText(error, "code") : String(error),
  );
  const message = typeof data["message"] === "string" ? data["message"] : wording.githubAnsweredError(status);
  return [message, ...reasons.filter((reason) => reason !== "")].join(": ").slice(0, 500);
}
