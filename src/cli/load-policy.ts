import { resolve } from "node:path";
import type { Policy } from "../domain/policy.ts";
import { policyFileUnreadable, policyHasProblems } from "../domain/wording/policy-check.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { readPolicyFile } from "./read-policy-file.ts";

export type LoadedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problem: string };

/** The policy of a file named on the command line, or what is wrong with it. */
export async function loadPolicy(folder: string, file: string): Promise<LoadedPolicy> {
  const read = await readPolicyFile(file, resolve(folder, file));
  if (read.state === "unreadable") return { ok: false, problem: policyFileUnreadable(file, read.code) };
  if (read.state === "refused") return { ok: false, problem: policyHasProblems([{ file, ...read.problem }]) };
  const { policy, problems } = parsePolicy({ organisation: null, repository: read.text });
  if (policy !== null) return { ok: true, policy };
  return { ok: false, problem: policyHasProblems(problems.map((problem) => ({ file, ...problem }))) };
}
