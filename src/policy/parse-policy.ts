import type { Policy, PolicyProblem } from "../domain/policy.ts";
import { notAMap } from "../domain/wording/policy.ts";
import { createPolicy } from "./create-policy.ts";
import { findConflicts } from "./cross-checks.ts";
import { mergeSources } from "./merge-sources.ts";
import { findNotes } from "./policy-notes.ts";
import { ofOrigin, placeConflicts } from "./place-conflicts.ts";
import { checkPolicyText } from "./policy-text.ts";
import { arrangeProblems, createProblem } from "./problem.ts";
import { readYaml } from "./read-yaml.ts";
import { findRepeatedItems } from "./repeated-items.ts";
import { HOUR, scalePolicy } from "./scale-policy.ts";
import { policyFile } from "./schema.ts";
import { readShape, type ShapeRead } from "./shape-problems.ts";
import { findNode, toPlain } from "./source-node.ts";
import type { PolicyOrigin, SourceNode } from "./source-node.ts";

/** The texts of `.github/holdpoint.yml`; null where there is no such file. */
export interface PolicyTexts {
  readonly organisation: string | null;
  readonly repository: string | null;
}

export interface PolicyOptions {
  /** How long an hour of deadlines lasts, in milliseconds; 3,600,000 unless given. */
  readonly hour?: number;
}

export interface ParsedPolicy {
  /** Null when either file has a problem (half of what was asked for is not a policy), or when there is no file. */
  readonly policy: Policy | null;
  /** Everything that is wrong in the repository's file, in its order. */
  readonly problems: readonly PolicyProblem[];
  /** Everything that is wrong in the organisation's file, in its order. */
  readonly organisationProblems: readonly PolicyProblem[];
  /** Sentences to say once in the policy's report; empty where there are problems. */
  readonly notes: readonly string[];
}

/**
 * Makes the policy of a repository: its own file merged over the organisation's defaults. Never throws,
 * whatever the texts are; takes less than 100 ms for a text of any length.
 */
export function parsePolicy(texts: PolicyTexts, { hour = HOUR }: PolicyOptions = {}): ParsedPolicy {
  const organisation = readFile(texts.organisation, "organisation");
  const repository = readFile(texts.repository, "repository");
  const merged = mergeSources(organisation.sound, repository.sound);
  const file = policyFile.safeParse(merged === null ? {} : toPlain(merged)).data;
  const environmentNames = environmentNamesIn(mergeSources(organisation.node, repository.node));
  const conflicts =
    file === undefined || merged === null
      ? []
      : placeConflicts(findConflicts(file, merged, environmentNames), merged, [
          ...organisation.unsound,
          ...repository.unsound,
        ]);
  const problems = arrangeProblems(
    [...repository.problems, ...ofOrigin(conflicts, "repository")],
    repository.more,
  );
  const organisationProblems = arrangeProblems(
    [...organisation.problems, ...ofOrigin(conflicts, "organisation")],
    organisation.more,
  );
  const isThere = texts.organisation !== null || texts.repository !== null;
  if (problems.length > 0 || organisationProblems.length > 0 || file === undefined || !isThere) {
    return { policy: null, problems, organisationProblems, notes: [] };
  }
  const policy = createPolicy(file, environmentNames);
  return { policy: scalePolicy(policy, hour), problems, organisationProblems, notes: findNotes(policy) };
}

interface FileRead extends ShapeRead {
  /** All of it, wrong values included. */
  readonly node: SourceNode | null;
}

/** One file by itself. What the parser refuses as a whole takes part in nothing. */
function readFile(given: string | null, origin: PolicyOrigin): FileRead {
  const nothing: FileRead = { node: null, problems: [], more: 0, sound: null, unsound: [] };
  if (given === null) return nothing;
  const checked = checkPolicyText(given);
  if (!checked.ok) return { ...nothing, problems: [checked.problem], unsound: [""] };
  const { node, problems } = readYaml(checked.text, origin);
  if (node === null) return { ...nothing, problems, unsound: problems.length > 0 ? [""] : [] };
  if (node.kind !== "map")
    return { ...nothing, problems: [createProblem(node.at, "", notAMap())], unsound: [""] };
  const shape = readShape(node);
  return {
    node,
    problems: [...problems, ...shape.problems, ...findRepeatedItems(node)],
    more: shape.more,
    sound: shape.sound,
    unsound: [...problems.map(({ path }) => path), ...shape.unsound],
  };
}

/** In their order; an object would put a name such as 42 first. */
function environmentNamesIn(root: SourceNode | null): readonly string[] {
  const node = root === null ? null : findNode(root, ["deploy", "environments"]);
  return node?.kind === "map" ? [...node.entries.keys()] : [];
}
