/** What a Jira consists of, as far as the sandbox plays it. */

export type FieldKind =
  | "textarea"
  | "text"
  | "number"
  | "date"
  | "select"
  | "multi-select"
  | "cascading-select"
  | "user"
  | "labels";

export interface SandboxField {
  /** `customfield_NNNNN`, or a system field's own name. */
  readonly id: string;
  /** Not unique, as in Jira. */
  readonly name: string;
  readonly kind: FieldKind;
  /** What a select offers. */
  readonly options?: readonly string[] | undefined;
}

export interface SandboxIssueType {
  readonly id: string;
  readonly name: string;
  readonly subtask: boolean;
  /** Ids of the custom fields that issues of this type have. */
  readonly fields: readonly string[];
}

export interface SandboxStatus {
  readonly id: string;
  readonly name: string;
  readonly category: "new" | "indeterminate" | "done";
}

export interface SandboxTransition {
  readonly id: string;
  readonly name: string;
  /** Names of statuses; empty: from anywhere. */
  readonly from: readonly string[];
  readonly to: string;
  /** Ids of fields that its screen insists on. */
  readonly needs?: readonly string[];
}

export interface SandboxProject {
  readonly key: string;
  readonly name: string;
  readonly types: readonly SandboxIssueType[];
}

/** Everything that an administrator sets up. */
export interface SandboxSite {
  readonly projects: readonly SandboxProject[];
  readonly fields: readonly SandboxField[];
  readonly statuses: readonly SandboxStatus[];
  readonly transitions: readonly SandboxTransition[];
}

export interface SandboxComment {
  readonly id: string;
  /** Plain text, or a whole Atlassian document. */
  readonly body: unknown;
  readonly created: string;
}

export interface SandboxIssue {
  readonly id: string;
  readonly key: string;
  /** Keys it had before it was moved; they still lead to it. */
  readonly oldKeys: readonly string[];
  readonly type: SandboxIssueType;
  readonly summary: string;
  readonly status: SandboxStatus;
  readonly parent: string | null;
  /** Under a security level that the account is not in: as good as absent. */
  readonly restricted: boolean;
  /** By field id. Rich text as plain text or as a whole Atlassian document; everything else as the API gives it. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly comments: readonly SandboxComment[];
  readonly created: string;
  readonly updated: string;
}

/** One line of a webhook's changelog. */
export interface IssueChange {
  readonly field: string;
  readonly fieldId: string;
  readonly from: string | null;
  readonly to: string | null;
}

export type IssueEvent = "created" | "updated" | "moved" | "deleted" | "commented";

/** A refusal in Jira's own form; `errors` are by field. */
export interface SandboxRefusal {
  readonly status: 400 | 403 | 404;
  readonly messages: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
}

export type SandboxResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: SandboxRefusal };

export function refuse(
  status: SandboxRefusal["status"],
  messages: readonly string[],
  errors: Readonly<Record<string, string>> = {},
): { readonly ok: false; readonly refusal: SandboxRefusal } {
  return { ok: false, refusal: { status, messages, errors } };
}
