import type { BasePermission } from "../../../src/domain/authority/authority.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { Fault } from "../../../src/errors.ts";
import type { SignsIn } from "../../../src/ports/sign-in.ts";

export type Seen = readonly (readonly [RepositoryFacts, Exclude<BasePermission, "none">])[];

/** What GitHub says of people, in memory: who sees what is whatever the test said last. */
export interface PretendSignIn extends SignsIn {
  /** From now on that is all that the person sees. */
  readonly shows: (login: string, seen: Seen) => void;
  /** Their token is worth nothing any more. */
  readonly refuses: (login: string) => void;
  /** No call is answered until it `answers` again. */
  readonly isAway: () => void;
  readonly answers: () => void;
  /** What was asked, in order: `listRepositories octocat`. */
  readonly asked: string[];
  readonly tokenOf: (login: string) => string;
}

export function pretendSignIn(): PretendSignIn {
  const people = new Map<string, Seen>();
  const asked: string[] = [];
  let away = false;

  /** null: it is nobody's token. */
  function ask(what: string, accessToken: string): { readonly login: string; readonly seen: Seen } | null {
    const login = accessToken.replace(/^token of /, "");
    asked.push(`${what} ${login}`);
    if (away) throw new Fault({ kind: "retry-later", code: "github-unreachable", doing: "calling GitHub" });
    const seen = people.get(login);
    return seen === undefined ? null : { login, seen };
  }

  return {
    asked,
    tokenOf: (login) => `token of ${login}`,
    shows: (login, seen) => void people.set(login, seen),
    refuses: (login) => void people.delete(login),
    isAway() {
      away = true;
    },
    answers() {
      away = false;
    },
    authorizeUrl: ({ state }) => `https://github.com/login/oauth/authorize?state=${state}`,
    async exchangeCode({ code }) {
      return ask("exchangeCode", `token of ${code}`) === null
        ? null
        : { accessToken: `token of ${code}`, accessEndsAt: null, refreshToken: null };
    },
    refresh: async () => null,
    async readUser(accessToken) {
      const found = ask("readUser", accessToken);
      return found === null ? null : { id: [...people.keys()].indexOf(found.login) + 1, login: found.login };
    },
    async listRepositories(accessToken) {
      const found = ask("listRepositories", accessToken);
      return found === null ? null : found.seen.map(([facts, permission]) => ({ ...facts, permission }));
    },
    async readPermission(accessToken, repository) {
      const found = ask("readPermission", accessToken);
      if (found === null) return null;
      return found.seen.find(([{ id }]) => id === repository)?.[1] ?? "none";
    },
    async revoke(accessToken) {
      ask("revoke", accessToken);
    },
  };
}
