import { nameOf } from "../../domain/authority/issue-notes.ts";
import { isDue } from "../../domain/authority/override-label.ts";
import type { ComplianceCase } from "../../domain/compliance/case.ts";
import { concerns } from "../../domain/gate/case-stops.ts";
import { isInForce } from "../../domain/gate/override.ts";
import { isSameEnvironment } from "../../domain/gate/stop.ts";
import * as wording from "../../domain/wording/commands.ts";
import { moment } from "../../domain/wording/counted.ts";
import type { StoredComplianceIssue } from "../../store/compliance-issue.ts";
import { setDeadline } from "../../store/deadline.ts";
import { addOverride, type StoredOverride } from "../../store/override.ts";
import { isOfCases, overrideDeadline } from "../ending-overrides.ts";
import { readAuthorsOf, type StoredIssue } from "../read-issue.ts";
import { tellOfCases } from "../tell-of-cases.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, shownAt, sourceOf } from "./asked.ts";
import { placeOf } from "./environment.ts";
import { refuseAuthor } from "./may-lift.ts";
import type { Lifting } from "./override.ts";

/** Lifts the expired cases of a compliance issue, or those that are named. */
export async function overrideCases(
  asked: AskedUnderPolicy,
  stored: StoredIssue & { readonly compliance: StoredComplianceIssue },
  { because, check, environment: named, lasts, cut }: Lifting,
): Promise<CommandResult> {
  const { dependencies, said, issueNumber, ground, policy, by } = asked;
  const at = dependencies.clock.now();
  const place = placeOf(asked, "override", named);
  if (!place.ok) return place.refusal;
  const environment = named === null ? null : place.environment;
  const meant = stored.openCases.filter((one) => check === null || isCalled(one, check));
  if (meant.length === 0) {
    const names = stored.openCases.map(({ name }) => nameOf(name));
    return refused(asked, "override", "unknown-check", wording.unknownCheck(nameOf(check ?? ""), names));
  }
  const due = meant.filter((one) => isDue(one, at) && (environment === null || concerns(one, environment)));
  if (due.length === 0) return refused(asked, "override", "not-expired", wording.nothingExpired(said.door));
  const authors = await readAuthorsOf(dependencies, ground.repository, policy, stored.compliance);
  const fourEyes = refuseAuthor(asked, "override", authors);
  if (fourEyes !== null) return fourEyes;
  const before = due.map((one) => liftedBy(one, stored.overrides, environment, at));
  const [lifter] = before;
  if (lifter !== undefined && !before.includes(undefined)) {
    const text = wording.liftedAlready(nameOf(lifter.by), moment(lifter.endsAt));
    return refused(asked, "override", "lifted-already", text);
  }
  const source = sourceOf(asked);
  const endsAt = new Date(at.getTime() + lasts);
  const caseIds = due.map(({ id }) => id);
  const { id: repositoryId } = ground.repository;
  return {
    answer: wording.casesLifted(
      due.map(({ name }) => nameOf(name)),
      whereOf(environment),
      moment(endsAt),
      cut,
    ),
    change: async (transaction, now) => {
      const scope = { kind: "cases", caseIds, environment } as const;
      const shared = { repositoryId, source, scope, because, issueNumber, by, awaitsReason: false };
      const added = await addOverride(transaction, { ...shared, beganAt: at, endsAt });
      if (added === null) return false;
      await setDeadline(transaction, overrideDeadline(added));
      const key = `override-began-${source}`;
      const began = { what: "override-began", key, by: by.login, because, until: endsAt } as const;
      const { firstRed } = stored.compliance;
      const telling = { repository: ground.repository, policy, firstRed, announcements: [began], at: now };
      // The answer to the command stands on the issue already.
      await tellOfCases(transaction, dependencies, { ...telling, onSlackOnly: true });
      return true;
    },
    looks: shownAt(asked),
    record: recordOf(asked, "override-began", {
      source,
      cases: caseIds,
      environment,
      because,
      until: endsAt.toISOString(),
    }),
  };
}

function isCalled({ name, policyName }: Pick<ComplianceCase, "name" | "policyName">, check: string): boolean {
  const wanted = check.toLowerCase();
  return name.toLowerCase() === wanted || policyName.toLowerCase() === wanted;
}

function liftedBy(
  { id }: ComplianceCase,
  overrides: readonly StoredOverride[],
  environment: string | null,
  at: Date,
): StoredOverride | undefined {
  return overrides.find((one) => {
    const { scope, awaitsReason } = one;
    if (!isOfCases(scope) || awaitsReason || !isInForce(one, at) || !scope.caseIds.includes(id)) return false;
    if (scope.environment === null) return true;
    return environment !== null && isSameEnvironment(scope.environment, environment);
  });
}

function whereOf(environment: string | null): string | null {
  return environment === null ? null : nameOf(environment);
}
