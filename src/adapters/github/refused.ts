import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";

/** The same call would be refused again: a delivery that GitHub has forgotten, for one. */
export function refused(doing: string, status: number): Fault {
  return new Fault({
    kind: "never-retry",
    code: "github-refused",
    doing,
    status,
    detail: wording.githubAnsweredError(status),
  });
}
