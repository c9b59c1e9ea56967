import type { CheckSource, TrunkCommit, TrunkResult, TrunkRun } from "../../domain/compliance/evidence.ts";
import {
  fields,
  type Fields,
  flag,
  integer,
  list,
  optionalFields,
  optionalInteger,
  optionalText,
  sha,
  text,
} from "./json.ts";

const ACTIONS_APP = "github-actions";
/** In the place of an App's number: a check run of Actions that is of no run was written by a step. */
const STEPS = 0;
const OUR_CONTEXTS = "holdpoint/";

/** What was gathered of the trunk so far; grows with every page. */
export interface Gathered {
  readonly results: TrunkResult[];
  readonly runs: TrunkRun[];
}

/** What is ours, and which jobs are no checks. */
export interface TrunkReader {
  /** null when we are nobody's App. */
  readonly appId: number | null;
  /** Lower case. */
  readonly governedEnvironments: ReadonlySet<string>;
  readonly into: Gathered;
}

/** A list that goes on: what to ask for, and who takes the answer, which may go on again. */
export interface Unread {
  readonly id: string;
  readonly after: string;
  readonly take: (node: Fields) => readonly Unread[];
}

export function parseTrunkCommit(node: Fields): TrunkCommit {
  const [parent] = list(fields(node["parents"], "parents")["nodes"], "nodes");
  return {
    sha: sha(node, "oid"),
    parent: parent === undefined ? null : sha(fields(parent, "parent"), "oid"),
    subject: text(node, "messageHeadline"),
    committedAt: time(node, "committedDate"),
  };
}

/** Takes the results of one commit, and says what more there is of it. */
export function takeResults(node: Fields, commit: TrunkCommit, reader: TrunkReader): readonly Unread[] {
  const status = optionalFields(node["status"], "status");
  const contexts = status === null ? [] : list(status["contexts"], "contexts");
  for (const context of contexts) {
    const result = parseContext(fields(context, "context"), commit);
    if (!result.name.toLowerCase().startsWith(OUR_CONTEXTS)) reader.into.results.push(result);
  }
  return takeSuites(text(node, "id"), node["checkSuites"], commit, reader);
}

/** GitHub gives no number of a status, and of each context the newest only: its second says which came later. */
function parseContext(from: Fields, { sha: commit }: TrunkCommit): TrunkResult {
  const state = text(from, "state").toLowerCase();
  const at = time(from, "createdAt");
  return {
    sha: commit,
    name: text(from, "context"),
    source: { kind: "status" },
    runId: 0,
    sequence: Math.floor(at.getTime() / 1_000),
    said: state === "pending" || state === "expected" ? "running" : state,
    at,
    url: optionalText(from, "targetUrl"),
    event: null,
    governed: false,
  };
}

function takeSuites(
  commitId: string,
  connection: unknown,
  commit: TrunkCommit,
  reader: TrunkReader,
): readonly Unread[] {
  const page = fields(connection, "checkSuites");
  const unread = list(page["nodes"], "nodes").flatMap((node) =>
    takeSuite(fields(node, "suite"), commit, reader),
  );
  const after = nextCursor(page);
  if (after === null) return unread;
  return [
    ...unread,
    { id: commitId, after, take: (node) => takeSuites(commitId, node["checkSuites"], commit, reader) },
  ];
}

/** Where the check runs of one suite come from. */
interface Suite {
  readonly id: string;
  readonly source: CheckSource;
  readonly runId: number;
  readonly event: string | null;
  readonly updatedAt: Date;
}

function takeSuite(from: Fields, commit: TrunkCommit, reader: TrunkReader): readonly Unread[] {
  const app = optionalFields(from["app"], "app");
  const appId = app === null ? 0 : (optionalInteger(app, "databaseId") ?? 0);
  if (appId === reader.appId) return [];
  const slug = app === null ? "" : text(app, "slug");
  const run = slug === ACTIONS_APP ? optionalFields(from["workflowRun"], "workflowRun") : null;
  const updatedAt = time(from, "updatedAt");
  const suite: Suite = {
    id: text(from, "id"),
    source:
      run === null
        ? { kind: "app", app: slug, appId: slug === ACTIONS_APP ? STEPS : appId }
        : { kind: "workflow", workflow: workflowPath(run) },
    runId: run === null ? 0 : integer(run, "databaseId"),
    event: run === null ? null : text(run, "event"),
    updatedAt,
  };
  if (run !== null && suite.source.kind === "workflow") {
    reader.into.runs.push({
      sha: commit.sha,
      workflow: suite.source.workflow,
      runId: suite.runId,
      event: text(run, "event"),
      said: saidBy(from),
      at: updatedAt,
      url: optionalText(run, "url"),
    });
  }
  return takeRuns(suite, from["checkRuns"], commit, reader);
}

function takeRuns(
  suite: Suite,
  connection: unknown,
  commit: TrunkCommit,
  reader: TrunkReader,
): readonly Unread[] {
  const page = fields(connection, "checkRuns");
  for (const node of list(page["nodes"], "nodes")) {
    reader.into.results.push(parseRun(fields(node, "check run"), suite, commit, reader));
  }
  const after = nextCursor(page);
  if (after === null) return [];
  return [{ id: suite.id, after, take: (node) => takeRuns(suite, node["checkRuns"], commit, reader) }];
}

function parseRun(from: Fields, suite: Suite, commit: TrunkCommit, reader: TrunkReader): TrunkResult {
  const { source, runId, event } = suite;
  const ended = optionalTime(from, "completedAt");
  const started = optionalTime(from, "startedAt");
  return {
    sha: commit.sha,
    name: text(from, "name"),
    source,
    runId,
    sequence: integer(from, "databaseId"),
    said: saidBy(from),
    at: ended ?? started ?? suite.updatedAt,
    ...(ended === null || started === null ? {} : { startedAt: started }),
    url: optionalText(from, "url"),
    event,
    governed: environmentsOf(from).some((name) => reader.governedEnvironments.has(name.toLowerCase())),
  };
}

/** `running` while there is no conclusion; what is finished without one proves nothing. */
function saidBy(from: Fields): string {
  const conclusion = optionalText(from, "conclusion");
  if (conclusion !== null) return conclusion.toLowerCase();
  return text(from, "status") === "COMPLETED" ? "neutral" : "running";
}

/** GitHub knows the file of a run, but not where the run is old or its file is gone; its page is named after the file. */
function workflowPath(run: Fields): string {
  const file = optionalFields(run["file"], "file");
  if (file !== null) return text(file, "path").split("@")[0] ?? "";
  const page = text(fields(run["workflow"], "workflow"), "resourcePath");
  const name = /\/actions\/workflows\/([^/]+\.ya?ml)$/.exec(page)?.[1];
  return name === undefined ? "" : `.github/workflows/${name}`;
}

function environmentsOf(from: Fields): readonly string[] {
  const deployment = optionalFields(from["deployment"], "deployment");
  const request = optionalFields(from["pendingDeploymentRequest"], "pendingDeploymentRequest");
  const pending = request === null ? null : optionalFields(request["environment"], "environment");
  return [
    deployment === null ? null : optionalText(deployment, "environment"),
    pending === null ? null : optionalText(pending, "name"),
  ].filter((name) => name !== null);
}

export function nextCursor(connection: Fields): string | null {
  const pageInfo = fields(connection["pageInfo"], "pageInfo");
  return flag(pageInfo, "hasNextPage") ? text(pageInfo, "endCursor") : null;
}

function optionalTime(from: Fields, name: string): Date | null {
  return from[name] === null ? null : time(from, name);
}

function time(from: Fields, name: string): Date {
  return new Date(text(from, name));
}
