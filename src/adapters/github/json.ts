import type { CommitSha, InstallationId, RepositoryId } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import { isCommitSha, isInstallationId, isRepositoryId } from "../../domain/brands.ts";

/** A JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The answer does not have the shape that GitHub documents. It may be a passing defect of GitHub's: tried again later. */
export function unexpected(field: string): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing: "reading GitHub's answer",
    detail: wording.githubAnswerUnexpected(field),
  });
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fields(value: unknown, name: string): Fields {
  if (isFields(value)) return value;
  throw unexpected(name);
}

/** null for what is null or left out. */
export function optionalFields(value: unknown, name: string): Fields | null {
  return value === null || value === undefined ? null : fields(value, name);
}

export function list(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unexpected(name);
}

export function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value === "string") return value;
  throw unexpected(name);
}

export function optionalText(from: Fields, name: string): string | null {
  const value = from[name];
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  throw unexpected(name);
}

/** "" for what is not there or no text: for messages that are only shown. */
export function shownText(from: Fields, name: string): string {
  const value = from[name];
  return typeof value === "string" ? value : "";
}

export function integer(from: Fields, name: string): number {
  const value = from[name];
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw unexpected(name);
}

export function optionalInteger(from: Fields, name: string): number | null {
  const value = from[name];
  return value === null || value === undefined ? null : integer(from, name);
}

export function flag(from: Fields, name: string): boolean {
  const value = from[name];
  if (typeof value === "boolean") return value;
  throw unexpected(name);
}

export function sha(from: Fields, name: string): CommitSha {
  const value = text(from, name);
  if (!isCommitSha(value)) throw unexpected(name);
  return value;
}

export function repositoryId(from: Fields, name: string): RepositoryId {
  const value = integer(from, name);
  if (!isRepositoryId(value)) throw unexpected(name);
  return value;
}

export function installationId(from: Fields, name: string): InstallationId {
  const value = integer(from, name);
  if (!isInstallationId(value)) throw unexpected(name);
  return value;
}
