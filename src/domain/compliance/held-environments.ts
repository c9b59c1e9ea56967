import type { ComplianceCase } from "./case.ts";

/** The environments that these cases hold between them, each once; null: all that there are. */
export function heldEnvironments(
  cases: readonly Pick<ComplianceCase, "environments">[],
): readonly string[] | null {
  const named = new Set(cases.flatMap(({ environments }) => environments ?? []));
  return cases.some(({ environments }) => environments === null) ? null : [...named];
}
