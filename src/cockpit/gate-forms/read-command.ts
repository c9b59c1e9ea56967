import { isCommitSha } from "../../domain/brands.ts";
import { parseDuration } from "../../domain/duration.ts";
import type { CockpitCommand, WishPlace } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/gate-forms.ts";
import type { Form } from "../session/read-form.ts";

/** As much of a reason as a command keeps. */
export const LONGEST_REASON = 500;
const LONGEST_NAME = 300;
const MOST_CODES = 50;

/** `stale`: what the page itself had put into the form is missing or is nothing that a page puts there. */
export type CommandRead =
  | { readonly state: "read"; readonly command: CockpitCommand }
  | { readonly state: "wrong"; readonly problems: ReadonlyMap<string, string> }
  | { readonly state: "stale" };

/** What somebody asks for by a form of that command; what was forgotten or not understood is named by its field. */
export function readCommand(kind: CockpitCommand["kind"], form: Form): CommandRead {
  const problems = new Map<string, string>();
  const because = readReason(form, problems);
  switch (kind) {
    case "accept-policy":
      return { state: "read", command: { kind } };
    case "resolve":
    case "resume":
      return read(problems, { kind, because });
    case "halt": {
      const where = form.get("where") ?? "";
      if (where.length > LONGEST_NAME) return { state: "stale" };
      return read(problems, { kind, environment: where === "" ? null : where, because });
    }
    case "extend":
      return read(problems, { kind, duration: readDuration(form, problems), because });
    case "override": {
      const check = form.get("check") ?? "";
      if (check.length > LONGEST_NAME) return { state: "stale" };
      const duration = readDuration(form, problems);
      return read(problems, {
        kind,
        check: check === "" ? null : check,
        duration,
        environment: null,
        because,
      });
    }
    case "rollback": {
      const sha = (form.get("commit") ?? "").trim().toLowerCase();
      if (!/^[0-9a-f]{7,64}$/.test(sha)) problems.set("commit", wording.noSha());
      const environment = form.get("environment") ?? "";
      if (environment === "" || environment.length > LONGEST_NAME) return { state: "stale" };
      return read(problems, { kind, sha, environment, because });
    }
  }
}

/** What the form was shown beside; null: nothing that a page puts there. */
export function readPlace(kind: CockpitCommand["kind"], form: Form): WishPlace | null {
  switch (kind) {
    case "override": {
      const [environment, sha] = [form.get("environment") ?? "", form.get("sha") ?? ""];
      const codes = (form.get("codes") ?? "")
        .split(" ")
        .filter((code) => /^[a-z][a-z0-9-]{0,60}$/.test(code));
      if (environment === "" || environment.length > LONGEST_NAME || !isCommitSha(sha)) return null;
      return codes.length === 0 || codes.length > MOST_CODES
        ? null
        : { kind: "deploy", environment, sha, codes };
    }
    case "resume": {
      const id = Number(form.get("halt") ?? "");
      return Number.isSafeInteger(id) && id > 0 ? { kind: "halt", id } : null;
    }
    case "accept-policy": {
      const since = new Date(form.get("since") ?? "");
      return Number.isNaN(since.getTime()) ? null : { kind: "policy", waitingSince: since.toISOString() };
    }
    case "halt":
    case "rollback":
    case "extend":
    case "resolve":
      return { kind: "repository" };
  }
}

function read(problems: ReadonlyMap<string, string>, command: CockpitCommand): CommandRead {
  return problems.size > 0 ? { state: "wrong", problems } : { state: "read", command };
}

function readReason(form: Form, problems: Map<string, string>): string {
  const because = (form.get("because") ?? "").trim();
  const length = Array.from(because).length;
  if (because === "") problems.set("because", wording.noReason());
  if (length > LONGEST_REASON) problems.set("because", wording.longReason(length, LONGEST_REASON));
  return because;
}

/** Nothing lasts no time at all. The field counts where it is filled in, else the choice. */
function readDuration(form: Form, problems: Map<string, string>): number {
  const other = (form.get("other") ?? "").trim();
  const duration = parseDuration((other === "" ? (form.get("duration") ?? "") : other).toLowerCase());
  if (duration === null || duration === 0) problems.set("other", wording.noDuration());
  return duration ?? 0;
}
