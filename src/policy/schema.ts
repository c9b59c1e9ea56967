import * as z from "zod";
import * as wording from "../domain/wording/policy.ts";
import { POLICY_KEYS as about } from "../domain/wording/policy-keys.ts";
import * as names from "./name-problems.ts";
import { choice, duration, flag, list, mapOf, section, text, wholeNumber } from "./schema-parts.ts";
import { selector } from "./selector-schema.ts";

const branch = () => text(200, names.findBranchProblem);
/** GitHub refuses longer labels (https://docs.github.com/rest/issues/labels). */
const label = () => text(50);
const environmentName = () => text(100);

/**
 * Events whose runs judge what is on the trunk, or may be told to
 * (https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows).
 */
const EVIDENCE_EVENTS = [
  "push",
  "schedule",
  "merge_group",
  "workflow_dispatch",
  "repository_dispatch",
  "workflow_run",
  "release",
] as const;

const event = () =>
  z
    .string({ error: wording.A_TEXT })
    .superRefine((value, context) => {
      if (value.startsWith("pull_request")) {
        context.addIssue({ code: "custom", message: wording.pullRequestEvent(wording.quote(value)) });
      } else if (!EVIDENCE_EVENTS.some((known) => known === value)) {
        const message = wording.isNot(
          wording.quote(value),
          wording.oneOf("an event that gives evidence", EVIDENCE_EVENTS),
        );
        context.addIssue({ code: "custom", message });
      }
    })
    .meta({ enum: [...EVIDENCE_EVENTS] });

const base = section(
  {
    branch: branch().describe(about.baseBranch).optional(),
    deployment: environmentName().describe(about.baseDeployment).optional(),
  },
  wording.A_BASE,
)
  .meta({ oneOf: [{ required: ["branch"] }, { required: ["deployment"] }] })
  .transform(({ branch, deployment }, context) => {
    if (branch !== undefined && deployment === undefined) return { kind: "branch", branch } as const;
    if (deployment !== undefined && branch === undefined) {
      return { kind: "deployment", environment: deployment } as const;
    }
    const count = branch === undefined ? 0 : 2;
    context.addIssue({ code: "custom", message: wording.baseSources(count) });
    return z.NEVER;
  });

const category = section(
  {
    category: choice("a category of statuses", ["new", "indeterminate", "done"], wording.categoryMissing()),
  },
  wording.A_STATUS,
).transform(({ category }) => ({ kind: "category", category }) as const);

const statusMatch = z.union([text(100).transform((name) => ({ kind: "name", name }) as const), category], {
  error: wording.A_STATUS,
});

const field = section(
  {
    name: text(255, undefined, wording.fieldWithoutName()).describe(about.fieldName),
    types: list(text(100), 100, "that no issue type needs the field").describe(about.fieldTypes).default([]),
  },
  wording.A_FIELD,
);

const deferredCheck = section({
  name: text(100, undefined, wording.checkWithout("name")).describe(about.checkName),
  match: selector(wording.checkWithout("match")),
  grace: duration("1s", "365d").describe(about.grace).optional(),
  environments: list(environmentName(), 50, "that an expired case holds nothing")
    .describe(about.checkEnvironments)
    .optional(),
  events: list(event(), 10, "that no run ever counts").describe(about.checkEvents).optional(),
  confirm: wholeNumber(1, 100).describe(about.confirm).default(1),
  verify_grace: duration("0s", "2h").describe(about.verifyGrace).prefault("0h"),
  owners: list(text(200, names.findOwnerProblem), 50).describe(about.owners).default([]),
});

const allow = section(
  {
    permission: choice("a permission that may lift", ["admin", "write"])
      .describe(about.permission)
      .optional(),
    teams: list(text(200, names.findTeamProblem), 50, "that nobody may lift a hold")
      .describe(about.teams)
      .optional(),
  },
  wording.AN_ALLOWANCE,
)
  .meta({ oneOf: [{ required: ["permission"] }, { required: ["teams"] }] })
  .transform(({ permission, teams }, context) => {
    if (permission !== undefined && teams === undefined) return { kind: "permission", permission } as const;
    if (teams !== undefined && permission === undefined) return { kind: "teams", teams } as const;
    const count = teams === undefined ? 0 : 2;
    context.addIssue({ code: "custom", message: wording.allowanceSources(count) });
    return z.NEVER;
  });

const deploy = section({
  branch: branch().describe(about.deployBranch).optional(),
  allow_diverged: flag().describe(about.allowDiverged).default(false),
  environments: mapOf(
    () => null,
    section({ base: base.describe(about.base).optional() }, wording.AN_ENVIRONMENT),
    50,
  )
    .describe(about.environments)
    .default({}),
});

const tickets = section({
  projects: list(text(10, names.findProjectProblem), 200).describe(about.projects).default([]),
  require: choice("an answer to who needs a ticket", ["commit", "pull-request", "off"])
    .describe(about.require)
    .default("commit"),
  statuses: z
    .union([list(statusMatch, 100), category.transform((match) => [match])], { error: wording.A_LIST })
    .describe(about.statuses)
    .default([]),
  fields: list(field, 50).describe(about.fields).default([]),
  complete: choice("an answer to open work", ["warn", "hold", "off"])
    .describe(about.complete)
    .default("warn"),
  exempt: section({
    authors: list(text(110, names.findLoginProblem), 200).describe(about.exemptAuthors).default([]),
    subjects: list(text(200), 100).describe(about.exemptSubjects).default([]),
  })
    .describe(about.exempt)
    .prefault({}),
  forks: flag().describe(about.forks).default(false),
});

const deferred = section({
  grace: duration("1s", "365d").describe(about.grace).prefault("72h"),
  remind: list(duration("1s", "365d"), 10).describe(about.remind).optional(),
  label: label().describe(about.label).default("deferred-compliance"),
  halt_label: label().describe(about.haltLabel).default("deploy-halt"),
  checks: list(deferredCheck, 100).describe(about.checks).default([]),
});

const override = section({
  label: label().describe(about.overrideLabel).default("halt-override"),
  allow: allow.describe(about.allow).prefault({ permission: "admin" }),
  expires: duration("1s", "365d").describe(about.expires).prefault("24h"),
  max: duration("1s", "365d").describe(about.max).prefault("72h"),
  reason: choice("an answer to whether a reason is needed", ["optional", "required"])
    .describe(about.reason)
    .default("optional"),
  four_eyes: flag().describe(about.fourEyes).default(false),
});

const slack = section({
  channel: text(81, names.findChannelProblem).describe(about.channel).optional(),
  people: mapOf(names.findLoginProblem, text(30, names.findSlackUserProblem), 2_000)
    .describe(about.people)
    .default({}),
});

/**
 * The one definition of the policy file: problems, types, defaults and the JSON Schema come from it. What
 * looks at several keys at once stands in `cross-checks`, because the organisation's file may hold one of them.
 */
export const policyFile = section({
  mode: choice("a mode", ["enforce", "observe"]).describe(about.mode).default("enforce"),
  on_unknown: choice("an answer to the unknown", ["hold", "allow"]).describe(about.onUnknown).default("hold"),
  trunk: branch().describe(about.trunk).optional(),
  deploy: deploy.describe(about.deploy).prefault({}),
  tickets: tickets.describe(about.tickets).prefault({}),
  required_checks: list(selector(), 100).describe(about.requiredChecks).default([]),
  deferred: deferred.describe(about.deferred).prefault({}),
  override: override.describe(about.override).prefault({}),
  gate: section({
    // A waiting job fails by itself after 30 days
    // (https://docs.github.com/actions/managing-workflow-runs/reviewing-deployments).
    max_wait: duration("0s", "30d").describe(about.maxWait).prefault("30m"),
  })
    .describe(about.gate)
    .prefault({}),
  notify: section({ slack: slack.describe(about.slack).optional() })
    .describe(about.notify)
    .prefault({}),
}).describe(about.policy);

/** A policy file that has no problems by itself, defaults filled in, durations in milliseconds, patterns compiled. */
export type PolicyFile = z.output<typeof policyFile>;
