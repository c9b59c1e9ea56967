import type { CheckSelector } from "../domain/policy.ts";
import * as wording from "../domain/wording/policy.ts";
import type { PolicyFile } from "./schema.ts";
import { findSimilar } from "./similar-key.ts";
import { findNode, type SourceNode, type Steps } from "./source-node.ts";

/** Something wrong between keys. */
export interface Conflict {
  /** What it is about, what it is most about first; shown at the first that the repository wrote. */
  readonly steps: readonly Steps[];
  readonly message: string;
  /** Show it at the key instead of the value. */
  readonly atKey?: boolean;
}

type Written = (steps: Steps) => string | null;

/** What single values cannot show, of both files together; `root` is what `file` was made from. */
export function findConflicts(
  file: PolicyFile,
  root: SourceNode,
  environmentNames: readonly string[],
): readonly Conflict[] {
  const written: Written = (steps) => {
    const node = findNode(root, steps);
    return node?.kind === "scalar" ? node.source : null;
  };
  return [
    ...checkEnvironments(file),
    ...checkNames(file),
    ...checkReminders(file, written),
    ...checkDeferred(file, environmentNames),
    ...checkOverride(file, written),
    ...checkLabels(file),
    ...checkSlack(file, root),
  ];
}

const ENVIRONMENTS = ["deploy", "environments"] as const;

function checkEnvironments(file: PolicyFile): readonly Conflict[] {
  const names = Object.keys(file.deploy.environments);
  const baseless = Object.entries(file.deploy.environments).flatMap(([name, { base }]) =>
    base === undefined
      ? [{ steps: [[...ENVIRONMENTS, name]], message: wording.environmentWithoutBase(name), atKey: true }]
      : [],
  );
  const twins = findTwins(names).map(([first, second]) => ({
    steps: [
      [...ENVIRONMENTS, second],
      [...ENVIRONMENTS, first],
    ],
    message: wording.sameEnvironment(first, second),
    atKey: true,
  }));
  return [...baseless, ...twins];
}

/** Pairs of names that differ in case only: each later one with its first. */
function findTwins(names: readonly string[]): readonly (readonly [string, string])[] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const earlier = first.get(name.toLowerCase());
    if (earlier !== undefined) return [[earlier, name] as const];
    first.set(name.toLowerCase(), name);
    return [];
  });
}

function checkNames(file: PolicyFile): readonly Conflict[] {
  const repeated = (names: readonly string[]) =>
    names.flatMap((name, index) => {
      const isRepeated = names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index;
      return isRepeated ? [{ name, index }] : [];
    });
  return [
    ...repeated(file.deferred.checks.map(({ name }) => name)).map(({ name, index }) => ({
      steps: [["deferred", "checks", index, "name"]],
      message: wording.sameCheckName(name),
    })),
    ...repeated(file.tickets.fields.map(({ name }) => name)).map(({ name, index }) => ({
      steps: [["tickets", "fields", index, "name"]],
      message: wording.sameFieldName(name),
    })),
  ];
}

function checkReminders({ deferred }: PolicyFile, written: Written): readonly Conflict[] {
  const grace = ["deferred", "grace"];
  return (deferred.remind ?? []).flatMap((reminder, index) => {
    if (reminder < deferred.grace) return [];
    const steps = ["deferred", "remind", index];
    const message = wording.reminderAfterGrace(written(steps) ?? "", written(grace) ?? "72h");
    return [{ steps: [steps, grace], message }];
  });
}

function checkDeferred(file: PolicyFile, known: readonly string[]): readonly Conflict[] {
  const { checks } = file.deferred;
  const unknown = checks.flatMap(({ environments = [] }, check) =>
    environments.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [
            {
              steps: [["deferred", "checks", check, "environments", index], [...ENVIRONMENTS]],
              message: wording.unknownEnvironment(name, known, findSimilar(name, known)),
            },
          ],
    ),
  );
  const eventful = checks.flatMap(({ match, events }, check) =>
    match.kind === "status" && events !== undefined
      ? [{ steps: [["deferred", "checks", check, "events"]], message: wording.eventsOfStatus() }]
      : [],
  );
  const first = new Map<string, string>();
  const same = checks.flatMap(({ match, name }, check) => {
    const key = describeMatch(match);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, name);
    return earlier === undefined
      ? []
      : [{ steps: [["deferred", "checks", check, "match"]], message: wording.sameMatch(earlier) }];
  });
  return [...unknown, ...eventful, ...same];
}

function describeMatch(match: CheckSelector): string {
  switch (match.kind) {
    case "workflow":
      return JSON.stringify([match.kind, match.workflow, match.job?.pattern ?? null]);
    case "check":
      return JSON.stringify([match.kind, match.check.pattern, match.app]);
    case "status":
      return JSON.stringify([match.kind, match.status.pattern]);
  }
}

function checkOverride(file: PolicyFile, written: Written): readonly Conflict[] {
  if (file.override.expires <= file.override.max) return [];
  const [expires, max] = [
    ["override", "expires"],
    ["override", "max"],
  ] as const;
  const message = wording.expiresAfterMax(written(expires) ?? "24h", written(max) ?? "72h");
  return [{ steps: [expires, max], message }];
}

function checkLabels(file: PolicyFile): readonly Conflict[] {
  const labels = [
    { steps: ["deferred", "label"], label: file.deferred.label },
    { steps: ["deferred", "halt_label"], label: file.deferred.halt_label },
    { steps: ["override", "label"], label: file.override.label },
  ];
  return labels.flatMap(({ steps, label }, index) => {
    const other = labels
      .slice(0, index)
      .find((earlier) => earlier.label.toLowerCase() === label.toLowerCase());
    return other === undefined
      ? []
      : [
          {
            steps: [steps, other.steps],
            message: wording.sameLabel(label, [other.steps.join("."), steps.join(".")]),
          },
        ];
  });
}

function checkSlack(file: PolicyFile, root: SourceNode): readonly Conflict[] {
  const { slack } = file.notify;
  if (slack === undefined) return [];
  const steps = ["notify", "slack"];
  const twins = findTwins(Object.keys(slack.people)).map(([first, second]) => ({
    steps: [[...steps, "people", second]],
    message: wording.samePerson(first, second),
    atKey: true,
  }));
  // An organisation may know people's ids without choosing a channel: repositories that name none have no Slack.
  const isAskedFor = findNode(root, steps)?.origin === "repository";
  return slack.channel === undefined && isAskedFor
    ? [
        { steps: [[...steps, "channel"], steps], message: wording.slackWithoutChannel(), atKey: true },
        ...twins,
      ]
    : twins;
}
