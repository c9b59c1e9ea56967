import { readFile, stat } from "node:fs/promises";
import type { PolicyProblem } from "../domain/policy.ts";
import { fileTooLarge } from "../domain/wording/policy.ts";
import { decodePolicyText, LARGEST_POLICY } from "../policy/policy-text.ts";

/** A policy file named on the command line. */
export type FileRead =
  | { readonly state: "text"; readonly name: string; readonly text: string }
  | { readonly state: "refused"; readonly name: string; readonly problem: PolicyProblem }
  | { readonly state: "unreadable"; readonly name: string; readonly code: string };

/** Reads no more than a policy may have, however large the file is. */
export async function readPolicyFile(name: string, path: string): Promise<FileRead> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_POLICY + 3) {
      const problem = { line: 1, column: 1, path: "", message: fileTooLarge(size, LARGEST_POLICY) };
      return { state: "refused", name, problem };
    }
    const decoded = decodePolicyText(await readFile(path));
    return decoded.ok
      ? { state: "text", name, text: decoded.text }
      : { state: "refused", name, problem: decoded.problem };
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") {
      return { state: "unreadable", name, code: error.code };
    }
    throw error;
  }
}
