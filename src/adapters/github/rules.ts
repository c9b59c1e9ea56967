import type { Clock } from "../../clock.ts";
import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsRules, RepositoryRef, RequiredStatus } from "../../ports/repository.ts";
import { createBoundedMap } from "./bounded-map.ts";
import { type Fields, fields, list, optionalInteger, text } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

interface Remembered {
  readonly statuses: Reading<readonly RequiredStatus[]>;
  readonly readAt: number;
}

/** A hint for whoever sets the repository up: an hour late is early enough, and a call at every look too much. */
const KEPT_MILLISECONDS = 3_600_000;
const REMEMBERED = 2_000;

/** Rulesets only: the older branch protection is shown to administrators alone. */
export function createRuleReads({
  calls,
  clock,
  appId,
}: {
  readonly calls: RepositoryCalls;
  readonly clock: Clock;
  readonly appId: number;
}): ReadsRules {
  const remembered = createBoundedMap<string, Remembered>(REMEMBERED);

  async function read(
    repository: RepositoryRef,
    branch: string,
  ): Promise<Reading<readonly RequiredStatus[]>> {
    const answer = await calls.rest(repository, {
      route: "GET /repos/{owner}/{repo}/rules/branches/{branch}",
      parameters: { branch, per_page: 100 },
      doing: `reading the rules of ${branch}`,
    });
    if (answer.status !== 200) return { state: "missing", detail: wording.githubObjectGone("rules") };
    const rules = list(answer.data, "rules").map((one) => fields(one, "rule"));
    return { state: "known", value: rules.flatMap(requiredIn) };
  }

  function requiredIn(rule: Fields): readonly RequiredStatus[] {
    if (text(rule, "type") !== "required_status_checks") return [];
    const parameters = fields(rule["parameters"], "parameters");
    return list(parameters["required_status_checks"], "required_status_checks").map((item) => {
      const check = fields(item, "check");
      return {
        context: text(check, "context"),
        onlyOurs: optionalInteger(check, "integration_id") === appId,
      };
    });
  }

  return {
    readRequiredStatuses: async (repository, branch) => {
      const key = `${repository.id} ${branch}`;
      const at = clock.now().getTime();
      const known = remembered.get(key);
      if (known !== undefined && at - known.readAt < KEPT_MILLISECONDS) return known.statuses;
      const statuses = await read(repository, branch);
      remembered.set(key, { statuses, readAt: at });
      return statuses;
    },
  };
}
