import { Fault } from "../../errors.ts";
import type { ReadsIssues, ReadsPeople, WritesIssues } from "../../ports.ts";

type NotYet = ReadsIssues & Omit<ReadsPeople, "readEmail"> & WritesIssues;

function refuse(doing: string): () => Promise<never> {
  return async () => {
    throw new Fault({ kind: "never-retry", code: "not-built", doing, detail: "" });
  };
}

/** What the adapter does not do yet; each leaves this list when it is built. */
export const notYet: NotYet = {
  readIssue: refuse("reading an issue"),
  readIssueEvents: refuse("reading an issue's events"),
  listIssues: refuse("listing issues"),
  readMembership: refuse("reading a team's members"),
  readCodeOwners: refuse("reading CODEOWNERS"),
  readChangedFiles: refuse("reading changed files"),
  putIssue: refuse("writing an issue"),
  putLabel: refuse("labelling"),
  putIssueState: refuse("closing or opening an issue"),
};
