import { resolve } from "node:path";
import type { PolicyProblem } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy-check.ts";
import { describePolicy } from "../domain/wording/policy-meaning.ts";
import { createPolicySchema } from "../policy/json-schema.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import type { Command, ExitCode } from "./command.ts";
import { readOptions } from "./read-options.ts";
import { readPolicyFile } from "./read-policy-file.ts";

export interface PolicyCheck {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface PolicyCheckOptions {
  /** Absolute, or relative to the folder. */
  readonly file: string;
  /** The organisation's defaults; null: none. */
  readonly organisation: string | null;
  readonly folder: string;
  readonly json: boolean;
}

/** Checks a policy file: exit code and texts. Files are named in the texts as they were given. */
export async function checkPolicyFile(options: PolicyCheckOptions): Promise<PolicyCheck> {
  const files = await Promise.all(
    [options.organisation, options.file].map(async (file) =>
      file === null ? null : await readPolicyFile(file, resolve(options.folder, file)),
    ),
  );
  const unreadable = files.flatMap((file) => (file?.state === "unreadable" ? [file] : []));
  if (unreadable.length > 0) {
    const err = unreadable.map(({ name, code }) => wording.policyFileUnreadable(name, code)).join("");
    return { exitCode: 2, out: "", err };
  }
  const texts = files.map((file) => (file?.state === "text" ? file.text : null));
  const [organisation = null, repository = null] = texts;
  const parsed = parsePolicy({ organisation, repository });
  const problems = [
    ...files.flatMap((file) => (file?.state === "refused" ? [named(file.name, file.problem)] : [])),
    ...parsed.organisationProblems.map((problem) => named(options.organisation ?? "", problem)),
    ...parsed.problems.map((problem) => named(options.file, problem)),
  ];
  const meaning = problems.length === 0 && parsed.policy !== null ? describePolicy(parsed.policy) : [];
  return {
    exitCode: problems.length === 0 ? 0 : 1,
    out: options.json
      ? `${JSON.stringify({
          schema: "holdpoint.policy-check/1",
          file: options.file,
          valid: problems.length === 0,
          problems,
          notes: parsed.notes,
          meaning,
        })}\n`
      : problems.length === 0
        ? wording.policyIsRight(options.file, meaning, parsed.notes)
        : wording.policyHasProblems(problems),
    err: "",
  };
}

function named(file: string, problem: PolicyProblem) {
  return { file, ...problem };
}

export const policyCheck: Command = {
  help: wording.POLICY_CHECK_HELP,
  async run(input) {
    const given = readOptions(input.arguments, {
      organisation: { type: "string" },
      json: { type: "boolean" },
    });
    if (!given.ok) {
      input.err(given.problem);
      return 2;
    }
    const [file, ...others] = given.positionals;
    if (file === undefined || others.length > 0) {
      input.err(wording.oneFileWanted());
      return 2;
    }
    const checked = await checkPolicyFile({
      file,
      organisation: given.values.organisation ?? null,
      folder: input.folder,
      json: given.values.json === true,
    });
    input.out(checked.out);
    input.err(checked.err);
    return checked.exitCode;
  },
};

export const policySchema: Command = {
  help: wording.POLICY_SCHEMA_HELP,
  async run(input) {
    if (input.arguments.length > 0) {
      input.err(wording.schemaTakesNothing());
      return 2;
    }
    input.out(createPolicySchema());
    return 0;
  },
};
