import { subjectKey } from "../domain/subject.ts";
import type { JobData, JobKind, JobRequest } from "./jobs.ts";

export const JOB_KINDS = ["delivery", "look", "effect"] as const satisfies readonly JobKind[];

/** Kinds whose jobs are coalesced and serialised by their key. */
export const KEYED_KINDS: ReadonlySet<JobKind> = new Set<JobKind>(["look", "effect"]);

/** A job's kind with its data. */
export type Work = {
  readonly [Kind in JobKind]: { readonly kind: Kind; readonly data: JobData[Kind] };
}[JobKind];

export function keyOf(work: Work): string {
  switch (work.kind) {
    case "delivery":
      return work.data.id;
    case "look":
      return subjectKey(work.data.subject);
    case "effect":
      return work.data.target;
  }
}

/** Whose work it is; null: nobody's in particular. */
export function groupOf(request: JobRequest): string | null {
  if (request.group !== undefined) return request.group;
  switch (request.kind) {
    case "delivery":
      return null;
    case "look":
      return "repositoryId" in request.data.subject
        ? `repository:${String(request.data.subject.repositoryId)}`
        : null;
    case "effect":
      // A Slack that hangs holds up nobody's statuses, whatever repository a message is about.
      if (request.data.target.startsWith("slack:")) return "slack";
      // `effectTarget` puts the repository after the kind.
      return `repository:${request.data.target.split(":")[1] ?? ""}`;
  }
}
