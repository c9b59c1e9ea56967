import { Fault } from "../../errors.ts";
import type { ReadsIssues, ReadsPeople, WritesIssues } from "../../ports.ts";

type NotYet = ReadsIssues & Omit<ReadsPeople, "readEmail" | "readMembership"> & WritesIssues;

function refuse(doing: string): () => Promise<never> {
  return async () => {
    throw new Fault({ kind: "never-retry", code: "not-built", doing, detail: "" });
  };
}

/** What the adapter does not do yet; each leaves this list when it is built. */
export const notYet: NotYet = {
  readCodeOwners: refuse("reading CODEOWNERS"),
  readChangedFiles: refuse("reading changed files"),
};
