import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import type { PolicyProblem } from "../policy.ts";
import { ofTheOrganisation, policyPlace, problemNotShown } from "../wording/policy-state.ts";

/** One line for each problem of a policy file, safe in a list: where, which setting, what is wrong. */
export function policyProblemRows(
  problems: readonly PolicyProblem[],
  repository: { readonly private: boolean },
): readonly string[] {
  return problems.map((problem) => {
    const whose = problem.file === "organisation" ? ` ${ofTheOrganisation()}` : "";
    const place = `${markdownCode(policyPlace(problem))}${whose}`;
    if (!mayShow(problem, repository)) return `${place} ${problemNotShown()}`;
    const path = problem.path === "" ? "" : ` ${markdownCode(problem.path)}`;
    return `${place}${path}: ${markdownProse(problem.message)}`;
  });
}

/** Readers of a public repository may not see the organisation's `.github` repository, which its problems quote. */
export function mayShow({ file }: PolicyProblem, repository: { readonly private: boolean }): boolean {
  return file !== "organisation" || repository.private;
}
