import { parseDuration } from "./domain/duration.ts";
import * as wording from "./domain/wording/config.ts";

/** Environment variables as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One wrong or missing setting, told by the variable's name and never by its value. */
export interface ConfigProblem {
  readonly variable: string;
  readonly message: string;
}

/** A settings value, or everything that is wrong with it at once. */
export type ConfigResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Ten years: what is meant to last longer is meant as for ever, and there is no setting for that. */
const LONGEST = 3_650 * 86_400_000;

/** Reads settings and gathers everything that is wrong with them. */
export interface SettingReader {
  /** The trimmed value; null where unset or blank. */
  readonly text: (variable: string) => string | null;
  readonly list: (variable: string) => readonly string[];
  readonly required: (variable: string, message: string) => string;
  /** An address as given, without the slash at its end; `http` only for loopback. */
  readonly url: (variable: string) => string | null;
  readonly duration: (variable: string, otherwise: number) => number;
  readonly complain: (variable: string, message: string) => void;
  readonly result: <Value>(value: Value) => ConfigResult<Value>;
}

export function createSettingReader(environment: Environment): SettingReader {
  const problems: ConfigProblem[] = [];
  function text(variable: string): string | null {
    const value = environment[variable]?.trim();
    return value === undefined || value === "" ? null : value;
  }
  function complain(variable: string, message: string): void {
    problems.push({ variable, message });
  }
  return {
    text,
    complain,
    list: (variable) =>
      (text(variable) ?? "")
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    required(variable, message) {
      const value = text(variable);
      if (value === null) complain(variable, message);
      return value ?? "";
    },
    url(variable) {
      const value = text(variable);
      if (value === null) return null;
      const problem = problemOfAddress(value);
      if (problem !== null) complain(variable, problem);
      return value.replace(/(?<!\/)\/+$/, "");
    },
    duration(variable, otherwise) {
      const value = text(variable);
      if (value === null) return otherwise;
      const milliseconds = parseDuration(value) ?? 0;
      if (milliseconds < 1 || milliseconds > LONGEST) complain(variable, wording.notADuration());
      return milliseconds;
    },
    result: (value) => (problems.length === 0 ? { ok: true, value } : { ok: false, problems }),
  };
}

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Why an address is refused, or null. Addresses come from the environment only. */
function problemOfAddress(value: string): string | null {
  if (!URL.canParse(value)) return wording.notAnAddress();
  const url = new URL(value);
  if (url.username !== "" || url.password !== "") return wording.credentialsInAddress();
  if (url.search !== "" || url.hash !== "") return wording.queryInAddress();
  if (url.protocol === "https:") return null;
  if (url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname)) return null;
  return wording.httpsOnly();
}
