import type { Clock } from "../../clock.ts";
import {
  refuse,
  type IssueChange,
  type IssueEvent,
  type SandboxField,
  type SandboxIssue,
  type SandboxIssueType,
  type SandboxProject,
  type SandboxResult,
  type SandboxSite,
  type SandboxTransition,
} from "./model.ts";

export interface NewIssue {
  readonly project: string;
  readonly type: string;
  readonly summary: string;
  /** The number is the next free one unless given. */
  readonly key?: string | undefined;
  readonly status?: string | undefined;
  readonly parent?: string | undefined;
  readonly restricted?: boolean | undefined;
  /** By field name or id. A name that several fields share means the first of them. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

export interface IssueEdit {
  readonly summary?: string | undefined;
  readonly restricted?: boolean | undefined;
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

export type ChangeListener = (
  event: IssueEvent,
  issue: SandboxIssue,
  changes: readonly IssueChange[],
) => void;

/** The state of one Jira and what may be done to it. Tells its listener of every change. */
export interface World {
  readonly site: () => SandboxSite;
  readonly addProject: (project: SandboxProject) => void;
  readonly addField: (field: SandboxField, types: readonly string[]) => void;
  /** By any key it ever had; restricted ones included. */
  readonly find: (key: string) => SandboxIssue | null;
  readonly list: () => readonly SandboxIssue[];
  readonly create: (issue: NewIssue) => SandboxResult<SandboxIssue>;
  readonly edit: (key: string, edit: IssueEdit) => SandboxResult<SandboxIssue>;
  readonly transitions: (issue: SandboxIssue) => readonly SandboxTransition[];
  /** By the transition's id or name, or by the name of the status that it leads to. */
  readonly transition: (key: string, to: string) => SandboxResult<SandboxIssue>;
  readonly comment: (key: string, body: unknown) => SandboxResult<SandboxIssue>;
  /** To another project, where it gets the next key. */
  readonly move: (key: string, project: string) => SandboxResult<SandboxIssue>;
  readonly remove: (key: string) => SandboxResult<SandboxIssue>;
}

const GONE = "Issue does not exist or you do not have permission to see it.";

export function createWorld(clock: Clock, initial: SandboxSite, onChange: ChangeListener): World {
  let site = initial;
  let nextId = 10_000;
  const issues = new Map<string, SandboxIssue>();
  /** Every key that an issue has or ever had. */
  const idByKey = new Map<string, string>();
  const lastNumber = new Map<string, number>();

  function find(key: string): SandboxIssue | null {
    return issues.get(idByKey.get(key.toUpperCase()) ?? key) ?? null;
  }

  function save(
    event: IssueEvent,
    issue: SandboxIssue,
    changes: readonly IssueChange[],
  ): SandboxResult<SandboxIssue> {
    const saved = { ...issue, updated: clock.now().toISOString() };
    issues.set(saved.id, saved);
    idByKey.set(saved.key, saved.id);
    onChange(event, saved, changes);
    return { ok: true, value: saved };
  }

  function withIssue(
    key: string,
    work: (issue: SandboxIssue) => SandboxResult<SandboxIssue>,
  ): SandboxResult<SandboxIssue> {
    const issue = find(key);
    return issue === null ? refuse(404, [GONE]) : work(issue);
  }

  function takeKey(project: string): string {
    const number = (lastNumber.get(project) ?? 0) + 1;
    lastNumber.set(project, number);
    return `${project}-${number}`;
  }

  function resolveValues(
    type: SandboxIssueType,
    given: Readonly<Record<string, unknown>>,
  ): SandboxResult<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    const errors: Record<string, string> = {};
    for (const [name, value] of Object.entries(given)) {
      const field =
        site.fields.find((one) => one.id === name) ?? site.fields.find((one) => one.name === name);
      if (field === undefined || !type.fields.includes(field.id)) {
        errors[name] = `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;
      } else values[field.id] = value;
    }
    return Object.keys(errors).length === 0 ? { ok: true, value: values } : refuse(400, [], errors);
  }

  function create(wanted: NewIssue): SandboxResult<SandboxIssue> {
    const project = site.projects.find((one) => one.key === wanted.project);
    if (project === undefined) return refuse(400, [], { project: "valid project is required" });
    const type = project.types.find((one) => one.name === wanted.type);
    if (type === undefined) return refuse(400, [], { issuetype: "The issue type selected is invalid." });
    const status = site.statuses.find((one) => one.name === (wanted.status ?? site.statuses[0]?.name));
    if (status === undefined) return refuse(400, [`There is no status ${wanted.status ?? ""}.`]);
    const values = resolveValues(type, wanted.fields ?? {});
    if (!values.ok) return values;
    if (wanted.key !== undefined && find(wanted.key) !== null)
      return refuse(400, [`${wanted.key} is taken.`]);
    const key = wanted.key ?? takeKey(project.key);
    lastNumber.set(project.key, Math.max(lastNumber.get(project.key) ?? 0, Number(key.split("-").at(-1))));
    nextId += 1;
    const now = clock.now().toISOString();
    return save(
      "created",
      {
        id: String(nextId),
        key,
        oldKeys: [],
        type,
        summary: wanted.summary,
        status,
        parent: wanted.parent ?? null,
        restricted: wanted.restricted ?? false,
        values: values.value,
        comments: [],
        created: now,
        updated: now,
      },
      [],
    );
  }

  return {
    site: () => site,
    addProject(project) {
      site = { ...site, projects: [...site.projects, project] };
    },
    addField(field, types) {
      const projects = site.projects.map((project) => ({
        ...project,
        types: project.types.map((type) =>
          types.includes(type.name) ? { ...type, fields: [...type.fields, field.id] } : type,
        ),
      }));
      site = { ...site, fields: [...site.fields, field], projects };
      const all = projects.flatMap((project) => project.types);
      for (const issue of issues.values()) {
        issues.set(issue.id, { ...issue, type: all.find((type) => type.id === issue.type.id) ?? issue.type });
      }
    },
    find,
    list: () => [...issues.values()],
    create,
    edit: (key, edit) =>
      withIssue(key, (issue) => {
        const values = resolveValues(issue.type, edit.fields ?? {});
        if (!values.ok) return values;
        const changes = describeValues(site.fields, issue, values.value);
        if (edit.summary !== undefined && edit.summary !== issue.summary) {
          changes.push({ field: "summary", fieldId: "summary", from: issue.summary, to: edit.summary });
        }
        const edited = {
          ...issue,
          summary: edit.summary ?? issue.summary,
          restricted: edit.restricted ?? issue.restricted,
          values: { ...issue.values, ...values.value },
        };
        return save("updated", edited, changes);
      }),
    transitions: (issue) => openTransitions(site, issue),
    transition: (key, to) =>
      withIssue(key, (issue) => {
        const taken = openTransitions(site, issue).find((one) => [one.id, one.name, one.to].includes(to));
        const status = site.statuses.find((one) => one.name === taken?.to);
        if (status === undefined) {
          return refuse(400, [
            "It seems that you have tried to perform an illegal workflow operation on this issue.",
          ]);
        }
        const change = { field: "status", fieldId: "status", from: issue.status.name, to: status.name };
        return save("updated", { ...issue, status }, [change]);
      }),
    comment: (key, body) =>
      withIssue(key, (issue) => {
        const id = String(20_000 + issue.comments.length);
        const comments = [...issue.comments, { id, body, created: clock.now().toISOString() }];
        return save("commented", { ...issue, comments }, []);
      }),
    move: (key, to) =>
      withIssue(key, (issue) => {
        const project = site.projects.find((one) => one.key === to);
        const type = project?.types.find((one) => one.name === issue.type.name);
        if (project === undefined || type === undefined) return refuse(400, [`It cannot be moved to ${to}.`]);
        const newKey = takeKey(project.key);
        const change = { field: "Key", fieldId: "issuekey", from: issue.key, to: newKey };
        return save("moved", { ...issue, key: newKey, type, oldKeys: [...issue.oldKeys, issue.key] }, [
          change,
        ]);
      }),
    remove: (key) =>
      withIssue(key, (issue) => {
        issues.delete(issue.id);
        onChange("deleted", issue, []);
        return { ok: true, value: issue };
      }),
  };
}

function openTransitions(site: SandboxSite, issue: SandboxIssue): readonly SandboxTransition[] {
  return site.transitions.filter(
    ({ from, to }) => to !== issue.status.name && (from.length === 0 || from.includes(issue.status.name)),
  );
}

function describeValues(
  fields: readonly SandboxField[],
  issue: SandboxIssue,
  values: Readonly<Record<string, unknown>>,
): IssueChange[] {
  return Object.entries(values).map(([id, value]) => ({
    field: fields.find((field) => field.id === id)?.name ?? id,
    fieldId: id,
    from: show(issue.values[id]),
    to: show(value),
  }));
}

function show(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
